// What she has typed and not sent is kept in this tab, and offered back: nothing typed is lost by a link, a closed
// session or a line that broke. It is gone when it is sent, when she signs out, and with the tab itself. Who leaves by
// "Avbryt" has decided: she is offered it once more, on the next page, and then it is gone.
// Where she comes back to the form and nothing else stands there it is put back at once; else she is asked.

import { TEXT, VERSION, cameBack, sentTo, wasLedHere } from "./coming-back.js";
import {
  askOfNotes, askTabs, change, discard, drafted, forgetAll, isSame, isTicked, listed, listen, mark, put, store, tellArrived,
} from "./draft-store.js";

const FIRST_WORDS = 6;
const LONGEST_WORDS = 60;
const FRESH = 12 * 3_600_000; // milliseconds: what is older says "nyss" of another day
const CHOICE = 'input:not([type="hidden"], [type="text"], [type="password"], [type="file"]), select';
const SAVED_AS_TYPED = ":is([data-note], [data-keeps]):not([data-refused])"; // by room.js, as long as the register takes it

const forms = () => [...document.querySelectorAll('form[method="post"]')].filter((form) => form.querySelector(TEXT));
// The path that it is sent to, and what it is about where that does not say it: a draft is never offered about another.
const idOf = (form) => [sentTo(form), form.dataset.of].filter(Boolean).join("#");
const isReceived = (field) => Boolean(field.closest("[data-received]")); // what stood there, by room.js, also if the form was refused
const wasRefused = (form) => Boolean(form.querySelector(".error-summary"));

// Keeping

const waiting = new Map(); // by path: the drafts that this page offers and that she has not said what to do with

function typed(form) {
  return [...form.querySelectorAll(TEXT)].filter(
    (field) => field.value.trim() && ((wasRefused(form) && !isReceived(field)) || field.value !== field.defaultValue),
  );
}

function tileOf(form) {
  const tiles = [...form.querySelectorAll(".tiles input:checked")];
  const chosen = tiles.find((tile) => wasRefused(form) || !tile.defaultChecked);
  return chosen?.labels[0].textContent.trim() ?? "";
}

function chosen(form) {
  const fields = [...form.querySelectorAll(CHOICE)].filter((field) => field.name && (field.checked || !isTicked(field)));
  return fields.map((field) => [field.name, field.value]);
}

function choose(form, choices) {
  for (const field of form.querySelectorAll(CHOICE)) {
    const values = choices.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTicked(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

function keep(form, sent = false) {
  const drafts = drafted();
  const path = idOf(form);
  put(drafts, path, [...drawn(form, sent, drafts[path]?.page), ...(waiting.get(path) ?? [])]);
  store(drafts);
}

function drawn(form, sent = false, page = "") {
  const [texts, tile] = [typed(form), tileOf(form)];
  if (!texts.length && !tile) return [];
  const saving = texts.filter((field) => !wasRefused(form) || isReceived(field));
  const lines = [...new Set(saving.map((field) => field.closest(SAVED_AS_TYPED)))].filter(Boolean);
  const beside = lines.flatMap((line) => [...line.querySelectorAll(TEXT)]); // saved together with what has been changed
  const written = [...new Set([...texts, ...beside]), ...form.querySelectorAll(VERSION)];
  const fields = Object.fromEntries(written.map((field) => [field.name, field.value]));
  const saves = lines.map(savedBy);
  const told = texts.some((field) => !beside.includes(field)) && !("toldHereAlone" in form.dataset);
  const title = document.title.replace(/^Rätta: |\.? – [^–]*$/g, "");
  const { part, of } = form.dataset;
  const kept = { page: page || location.pathname, asked: location.search, of, part, at: Date.now(), sent, saves, told, tile };
  return [{ title, ...kept, fields, choices: chosen(form) }];
}

function savedBy(line) {
  const names = [...line.querySelectorAll(TEXT)].map((field) => field.name);
  const unheard = JSON.parse(line.dataset.unheard ?? "[]");
  return { address: line.dataset.note ?? line.dataset.keeps, names, version: line.querySelector(VERSION).name, unheard };
}

// What was sent has arrived when the register leads on to another page; not when the form is shown again, when she came
// back, or when she opened a page by its address after the line broke.
function settle(event) {
  const drafts = drafted();
  const arrived = wasLedHere() && !cameBack(event);
  for (const [path, draft] of Object.entries(drafts)) {
    if (draft.sent && arrived) tellArrived(path, draft);
    if ((draft.sent && arrived) || draft.left === "seen") put(drafts, path, draft.older ?? []);
    if (draft.sent) draft.isDoubtful = true; // it may have been received, and the line have broken on the way back
    draft.sent = false;
    if (draft.left === "now") draft.left = "seen";
  }
  store(drafts);
}

// Offering back

function fieldsOf(form, draft) {
  return Object.entries(draft.fields).map(([name, text]) => [form.querySelector(`[name="${CSS.escape(name)}"]`), text]);
}

function notice(id, path, draft, thrown = () => discard(path, draft)) {
  const shown = document.getElementById(id).content.firstElementChild.cloneNode(true);
  shown.dataset.draft = path;
  shown.querySelector("[data-text]").textContent = textOf(draft);
  const about = shown.querySelector("[data-about]");
  about.textContent = "quoted" in about.dataset ? quoted(draft) : written(draft);
  const thrower = shown.querySelector("[data-discard]");
  if (!textsOf(draft).length) {
    shown.querySelector("details").remove();
    thrower.textContent = thrower.dataset.withoutText;
  }
  thrower?.addEventListener("click", () => {
    thrown();
    shown.remove();
  });
  (closes(draft) ?? document.querySelector(".messages")).append(shown);
  return shown;
}

// Where a page that closes something tells what was written in it.
const closing = () => document.querySelector("[data-closes]");
const closes = (draft) => (draft.part && closing()?.dataset.closes === draft.part ? closing() : null);

const placeOf = (draft) => draft.page + (draft.of ? draft.asked : "");

function textsOf(draft) {
  const texts = Object.entries(draft.fields).filter(([name]) => !/(version|entry|old)$/.test(name));
  return texts.map(([, text]) => text);
}

const textOf = (draft) => textsOf(draft).join("\n\n") || draft.tile;

// Its first words and when it was written, by which one is told from another: ”Tre lampor är …”, i dag 12.59. Only where
// it was written: on another page somebody may look over her shoulder who is not to read it.
function quoted(draft) {
  const words = (textsOf(draft).join(" · ") || draft.tile).split(/\s+/).filter(Boolean);
  const first = words.slice(0, FIRST_WORDS).join(" ").slice(0, LONGEST_WORDS).replace(/ ·? ?$/, "");
  const quote = `”${first}${first.length < words.join(" ").length ? " …" : ""}”`;
  return draft.at ? `${quote}, ${when(new Date(draft.at))}.` : `${quote}.`;
}

const written = (draft) => (draft.at ? `Det skrevs ${when(new Date(draft.at))}.` : "");

function when(at) {
  const daysAgo = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  const day = at.toLocaleDateString("sv-SE", { day: "numeric", month: "long" });
  const time = at.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  return `${["i dag", "i går"][daysAgo] ?? day} ${time}`;
}

function offerHere(form, path, draft) {
  const all = listed(draft).filter((each) => differs(form, each));
  const resumed = all.findIndex((each) => each.left === "resumed");
  const [goesOn] = resumed < 0 ? [] : all.splice(resumed, 1);
  const comesBack = !goesOn && mayComeBack(form, all[0]) ? all.shift() : null;
  waiting.set(path, all);
  if (goesOn) restore(form, path, goesOn);
  else all.forEach((each) => offerOne(form, path, each));
  if (comesBack) putBack(form, path, comesBack);
  keep(form); // what the register has been given since is no draft any longer
}

// Whether nothing else stands in the form, and what was written is about what it shows now: not over a text that another
// has changed, not what was left by "Avbryt", and not what may have been received. A note that saves itself is asked about.
function mayComeBack(form, draft) {
  if (!draft || draft.left || draft.isDoubtful || draft.asked !== location.search) return false;
  if (Date.now() - draft.at > FRESH || drawn(form).length || savesItself(form)) return false;
  return fieldsOf(form, draft).every(([field, text]) => field && (!field.matches(VERSION) || field.value === text));
}

const savesItself = (form) => Boolean(form.querySelector("[data-note]") ?? form.closest("[data-keeps]"));

function putBack(form, path, draft) {
  const line = document.getElementById("utkast-ater").content.firstElementChild.cloneNode(true);
  const [told, emptied] = line.querySelectorAll("[data-told], [data-emptied]");
  line.dataset.draft = path;
  told.querySelector("button").addEventListener("click", () => {
    form.reset();
    keep(form);
    watch();
    [told.hidden, emptied.hidden] = [true, false];
    emptied.querySelector("button").focus();
  });
  emptied.querySelector("button").addEventListener("click", () => {
    restore(form, path, draft);
    [told.hidden, emptied.hidden] = [false, true];
  });
  fill(form, draft);
  watch();
  document.querySelector(".messages").append(line);
}

function differs(form, draft) {
  const texts = fieldsOf(form, draft).filter(([field]) => field?.matches(TEXT));
  if (texts.length) return texts.some(([field, text]) => field.value !== text);
  return Boolean(draft.tile) && draft.tile !== tileOf(form);
}

function offerOne(form, path, draft) {
  const answered = () => waiting.set(path, waiting.get(path).filter((each) => each !== draft));
  const shown = notice("utkast-har", path, draft, () => {
    answered();
    keep(form);
  });
  shown.querySelector("[data-restore]").addEventListener("click", () => {
    answered();
    shown.remove();
    restore(form, path, draft);
  });
}

function fill(form, draft) {
  choose(form, draft.choices);
  for (const field of form.querySelectorAll(CHOICE)) if (isTicked(field) && field.checked !== field.defaultChecked) unfold(field);
  for (const [field, text] of fieldsOf(form, draft)) {
    if (field) field.value = text;
    if (field) unfold(field);
  }
}

// Each fold that it lies in. Not over what was just refused: of those that fold one another only one is open.
function unfold(field) {
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    if (!fold.name || !document.querySelector(`details[name="${CSS.escape(fold.name)}"] .error-summary`)) fold.open = true;
  }
}

// What stands in the form gives place, and is offered in its turn.
function restore(form, path, draft) {
  const [mine] = drawn(form);
  fill(form, draft);
  if (mine && differs(form, mine)) {
    waiting.set(path, [mine, ...waiting.get(path)]);
    offerOne(form, path, mine);
  }
  (fieldsOf(form, draft)[0]?.[0] ?? form.querySelector(".tiles input:checked"))?.focus();
  keep(form);
  watch();
  for (const [field] of fieldsOf(form, draft)) field?.dispatchEvent(new Event("restored"));
}

// Whether it was written here, where its form stands no longer.
function wasHere(path, { page, of, asked }) {
  const isElsewhere = of ? asked !== location.search : forms().some((form) => sentTo(form) === path);
  return page === location.pathname && !isElsewhere;
}

function offerElsewhere(path, draft) {
  if (wasHere(path, draft) && !draft.left) return notice("utkast-kvar", path, draft);
  const shown = notice(draft.left ? "utkast-lamnat" : "utkast-dar", path, draft);
  const link = shown.querySelector("a");
  link.href = placeOf(draft);
  if (draft.left) link.addEventListener("click", () => mark(path, "resumed"));
  else link.textContent = draft.title;
}

// From another tab. Whoever goes there from here takes a copy along, to go on with.
function offerFromTab(path, draft) {
  const told = [...document.querySelectorAll("[data-draft]")].some((shown) => tells(shown, path, draft));
  if (told || !closes(draft)) return;
  const shown = notice("utkast-flik", path, draft);
  const link = shown.querySelector("a");
  Object.assign(link, { href: placeOf(draft), textContent: draft.title });
  link.addEventListener("click", () => change(path, (all) => [...all, draft]));
}

// What another tab has sent is no draft here either, whether it waits or stands in the form.
function forget(path, sent) {
  if (!listed(drafted()[path]).some((each) => isSame(each, sent))) return;
  const standing = forms().filter((form) => idOf(form) === path && drawn(form).some((mine) => isSame(mine, sent)));
  for (const field of standing.flatMap(typed)) field.defaultValue = field.value;
  discard(path, sent);
  offer();
  watch();
}

const tells = (shown, path, draft) =>
  shown.dataset.draft === path && shown.querySelector("[data-text]").textContent === textOf(draft);

function offer() {
  for (const old of document.querySelectorAll("[data-draft]")) old.remove();
  const shownWhole = document.querySelector("[data-typed]"); // a page that failed shows what it could not receive
  waiting.clear();
  const here = new Map(forms().map((form) => [idOf(form), form]));
  for (const [path, draft] of Object.entries(drafted())) {
    if (here.has(path)) offerHere(here.get(path), path, draft);
    else if (!shownWhole) listed(draft).filter((each) => each.told).forEach((each) => offerElsewhere(path, each));
  }
  if (closing()) askTabs(closing().dataset.closes);
}

// Leaving: a link of ours needs no question, for the text waits; closing the tab does, and so does a link when the
// browser's storage is full or forbidden.

let leavingByLink = false;

const waits = (form) => Boolean(form.querySelector("[data-waits]")); // what is written or chosen there, on the register
const isUnsent = (form) => !("sending" in form.dataset) && (typed(form).length > 0 || waits(form));

function isKept(form) {
  if (waits(form) && !drawn(form).length) return false; // a choice alone is no draft of the tab
  return drawn(form).every((mine) => listed(drafted()[idOf(form)]).some((each) => isSame(each, mine)));
}

function ask(event) {
  if (!leavingByLink) event.preventDefault();
}

function watch() {
  (forms().some(isUnsent) ? addEventListener : removeEventListener)("beforeunload", ask);
}

function leave() {
  leavingByLink = forms().filter(isUnsent).every(isKept);
  setTimeout(() => { leavingByLink = false; }, 2000); // a link that opens a file leaves her where she is
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link) leave();
  if (link?.matches("form [data-cancel]")) mark(idOf(link.closest("form")), "now");
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !event.target.matches(`${TEXT}, ${CHOICE}`) || form.getAttribute("method") !== "post") return;
  keep(form);
  watch();
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; // nothing leaves the page, and what was typed stays
  leave();
  if (event.target.matches("[data-forget]")) forgetAll();
  else if (event.target.getAttribute("method") === "post") keep(event.target, true);
});

// The register has said of a note whether it is saved, see room.js.
document.addEventListener("noted", (event) => {
  keep(event.target.form, "sending" in event.target.form.dataset);
  watch();
});

addEventListener("pageshow", (event) => {
  leavingByLink = false;
  listen(offerFromTab, forget);
  settle(event);
  offer();
  watch();
  askOfNotes(forms().map(idOf)).then((asked) => {
    if (asked && closing()) location.reload(); // it tells of what the register has been given since it was made
    else if (asked) offer();
  });
});

// She may have written more in another tab before she came back to this.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && closing() && offer());

// What is told while she writes is fetched where there is something to write, see guard.js.
if (document.querySelector('form[method="post"] [data-guarded]')) import("./guard.js");
