/* The meeting as it is run: the clock, where those who write are, the keys of the room, and what is saved as one types.
   Each does nothing where the page has nothing of it. One file, for a page asks for few. */

import { AWAY, isTicked, sendOverOwn } from "./draft-store.js";

/* The clock, moved on each minute by what the register has said that it will be. Without this file it says what it was
   when the page was shown. */

function run(clock) {
  const shown = performance.now() - Number(clock.dataset.seconds) * 1000;
  const words = clock.dataset.clock.split("|");

  function tick() {
    const minute = Math.floor((performance.now() - shown) / 60_000);
    clock.textContent = words[Math.min(minute, words.length - 1)];
  }

  setInterval(tick, 5000);
  document.addEventListener("visibilitychange", tick);
}

document.querySelectorAll("[data-clock]").forEach(run);

/* Tells the register which item those who write are at, for the wall to follow. Asked for where one may write. */

function tellTheWall(here) {
  const token = document.querySelector('[name="csrfmiddlewaretoken"]');

  function tellIt() {
    if (document.visibilityState !== "visible") return;
    const typed = new FormData();
    typed.set("csrfmiddlewaretoken", token.value);
    navigator.sendBeacon(here.dataset.wallHere, typed);
  }

  tellIt();
  document.addEventListener("visibilitychange", tellIt);
}

document.querySelectorAll("[data-wall-here]").forEach(tellTheWall);

/* A long agenda beside the item stands where the item is in it. */

function showPlace(agenda) {
  const here = [...agenda.querySelectorAll("[aria-current]")].at(-1);
  if (here) agenda.scrollTop = here.offsetTop - agenda.clientHeight / 2;
}

document.querySelectorAll(".agenda").forEach(showPlace);

/* The keyboard of the room: everything that is done once for each item has a way without the mouse. Always with Ctrl
   or Alt, so that no key that is typed does anything else. On a Mac Alt alone writes signs (@ is Alt+2) and moves by words:
   there Ctrl is held too. The digits of the numpad write signs by their numbers in Windows. */

const IS_MAC = /^(Mac|iP)/.test(navigator.platform);

const press = (button) => () => document.querySelector(`button[name="then"][value="${button}"]`)?.click();
const write = (...fields) => () => reach(fields.map((field) => document.querySelector(`[name="${field}"]`)).find(Boolean));

const KEYS = {
  "Ctrl Enter": press("next"),
  "Alt ArrowDown": press("skip"),
  "Alt ArrowUp": press("back"),
  "Alt KeyN": write("note"),
  "Alt KeyB": write("text"),
  "Alt KeyG": write("what"),
  "Alt KeyA": write("responsible"),
  "Alt KeyS": write("answer_due"),
  "Alt KeyR": write("title", "opens"),
  "Alt KeyK": write("kind"),
  "Alt KeyV": () => reach(nextRow()),
};

/* The first answer at the table, or from one the next. */
function nextRow() {
  const rows = [...document.querySelectorAll(".at-table")];
  const here = rows.indexOf(document.activeElement.closest(".at-table"));
  return rows[(here + 1) % rows.length]?.querySelector("select");
}

/* What is folded away is unfolded first: nothing hidden takes the focus. */
function reach(field) {
  for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field?.focus();
}

/* The heading of that number; what is typed here is saved as it is left, see keep() below. */
function goTo(number) {
  const numbers = [...document.querySelectorAll(".agenda > ol > li > a > .no")];
  numbers.find((each) => each.textContent.trim() === number)?.parentElement.click();
}

function actOf(held, code) {
  const digit = held === "Alt" && code.match(/^Digit([1-9])$/);
  return digit ? () => goTo(digit[1]) : KEYS[`${held} ${code}`];
}

function heldIn({ ctrlKey, metaKey, altKey }) {
  if (IS_MAC && altKey) return ctrlKey ? "Alt" : "";
  return ctrlKey || metaKey ? "Ctrl" : altKey ? "Alt" : "";
}

/* What is held, as it stands on the keys of a Mac. */
function sayItAsOnMac() {
  for (const key of document.querySelectorAll("[data-room-keys] kbd, .chord")) {
    key.textContent = key.textContent.replace(/^Alt\+?/, "Ctrl+⌥");
  }
}

function listen(event) {
  const held = heldIn(event);
  const act = actOf(held, event.code);
  if (!act || event.shiftKey || (event.target.matches("select") && event.code.startsWith("Arrow"))) return; // that opens a list
  event.preventDefault();
  act();
}

if (document.querySelector("[data-room-keys]")) addEventListener("keydown", listen);
if (IS_MAC) sayItAsOnMac();

/* What belongs to a kind of decision is unfolded when that is chosen. */
document.querySelector('select[name="kind"]')?.addEventListener("change", ({ target }) => {
  const more = target.closest(".flow")?.querySelector("details.more");
  if (more && (more.dataset.kinds ?? "").split(" ").includes(target.value)) more.open = true;
});

/* What is written on an agenda item, saved as one types: its note, and what is not yet a decision, an action or an issue.
   Each part of the form by itself, over its own version. Without this file the same form has its button "Spara".
   Somebody else's words are never written over: when two write, both texts stand on the page and saving waits for
   the button. What is not saved is a draft like any other: drafts.js is told of every reply, and
   tells of what it has put back. What the guard has found in a note comes with the reply, for guard.js to show, and what
   she keeps all the same is sent once, with the note. */

const PAUSE = 1200; // milliseconds without a key
const AGAIN = 5000; // and until it is sent once more to a register that did not answer
const MOST_UNHEARD = 20;

const KEPT = '[data-found] [value="keep"]:checked:not([data-sent])';
const FIELD = 'textarea[name], select[name], input[name]:not([type="hidden"])';
const isText = (field) => "defaultValue" in field && !isTicked(field);
const freeFromBar = (told) => told.scrollIntoView({ block: "nearest" }); // the bar that saves, at the foot of the window
const status = document.querySelector(".sending");
document.querySelectorAll("[data-note], [data-keeps]").forEach(keep);

function keep(line) {
  const address = line.dataset.note ?? line.dataset.keeps;
  const fields = [...line.querySelectorAll(FIELD)].filter((field) => !field.closest("[data-found]"));
  const note = fields[0];
  const form = note.form;
  const [version, message, theirs] = ['[name$="version"]', "[data-message]", "[data-theirs]"].map((part) =>
    line.querySelector(part),
  );
  // Of a form that is shown again, and of what the register did not answer, nobody here knows what it has.
  let kept = form.querySelector(".error-summary") ? null : state();
  let sending = null; // one at a time, for each carries the version that the one before it gave
  let timer = 0;
  let again = false; // something was chosen, or a field left, while it was on its way
  let unheard = []; // what may have arrived, though no answer came: met again it is her own

  if (!waits() && "waiting" in message.dataset && !note.value) message.textContent = message.dataset.waiting;
  line.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  line.addEventListener("focusout", save);
  line.addEventListener("change", save);
  for (const field of fields) field.addEventListener("restored", putBack);
  if (kept === null) timer = setTimeout(save);
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save()); // the phone is put away
  addEventListener("pageshow", (event) => event.persisted && save()); // what was sent on leaving has a newer version
  addEventListener("pagehide", () => isUnsaved() && navigator.sendBeacon(address, typed()));
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) return; // nothing leaves the page; the note goes when there is a line again
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    status.textContent = status.dataset.words;
    sending.then(() => goOn(event.submitter));
  });

  /* What stands in the fields: the names and values as they are sent. */
  function stands() {
    return fields.filter((field) => !isTicked(field) || field.checked).map((field) => [field.name, field.value]);
  }

  function state() {
    return JSON.stringify(stands());
  }

  /* Two have written and a person puts the texts together; or the whole form is on its way, see sending.js. */
  function waits() {
    return !theirs.hidden || "sending" in form.dataset;
  }

  function isUnsaved() {
    return !waits() && !sending && (state() !== kept || answers().length > 0);
  }

  function putBack() {
    if (!isUnsaved()) return;
    tell(message.dataset.restored, true);
    save();
  }

  /* The button was pressed while it was on its way, and the answer may be words that she has not seen. */
  function goOn(submitter) {
    status.textContent = "";
    if (theirs.hidden) form.requestSubmit(submitter);
    else note.focus();
  }

  function answers() {
    return [...line.querySelectorAll(KEPT)];
  }

  function typed() {
    const sent = new FormData();
    for (const [name, value] of stands()) sent.append(name, value);
    for (const field of [form.elements.csrfmiddlewaretoken, ...answers()]) sent.set(field.name, field.value);
    sent.set("version", version.value);
    return sent;
  }

  async function save() {
    clearTimeout(timer);
    again = Boolean(sending);
    if (!isUnsaved()) return settle();
    const [was, answered, texts] = [state(), answers(), fields.map((field) => [field, field.value])];
    sending = sendOverOwn(address, typed(), unheard);
    mayArrive([...unheard.filter((fields) => JSON.stringify(fields) !== was), stands()]);
    const reply = await sending;
    sending = null;
    if (reply === AWAY) return comeBack();
    mayArrive([]);
    if (reply) show(reply, was, texts);
    else tell(message.dataset.lost, true);
    if (reply?.kept) for (const answer of answered) answer.dataset.sent = "";
    line.toggleAttribute("data-refused", !reply?.kept);
    if (reply?.kept) line.dataset.received = "";
    note.dispatchEvent(new Event("noted", { bubbles: true }));
    if (reply && state() === was) note.dispatchEvent(new CustomEvent("found", { detail: reply.found }));
    if (reply && (state() !== was || (reply.kept && answers().length > 0))) timer = setTimeout(save, again ? 0 : PAUSE);
  }

  /* She has put back what the register has: nothing is unsaved any longer. */
  function settle() {
    if (waits() || sending || !("unsaved" in message.dataset)) return;
    tell("", false);
    line.removeAttribute("data-refused");
    note.dispatchEvent(new Event("noted", { bubbles: true }));
  }

  /* Known to drafts.js too, for a page that is left meanwhile. */
  function mayArrive(sent) {
    unheard = sent.slice(-MOST_UNHEARD);
    line.dataset.unheard = JSON.stringify(unheard);
  }

  function comeBack() {
    kept = null;
    tell(navigator.onLine ? message.dataset.away : message.dataset.offline, true);
    note.dispatchEvent(new Event("noted", { bubbles: true }));
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }

  /* What is not saved must not look like what is. */
  function tell(words, isUnsaved) {
    message.textContent = words;
    message.toggleAttribute("data-unsaved", isUnsaved);
    line.toggleAttribute("data-waits", isUnsaved); // and what is only chosen stands nowhere else, see drafts.js
    if (isUnsaved && line.contains(document.activeElement)) freeFromBar(message);
  }

  function show(reply, was, texts) {
    tell(reply.kept ? reply.message : `${message.dataset.refused} ${reply.message}`, !reply.kept);
    theirs.hidden = !reply.theirs;
    theirs.querySelector("blockquote").textContent = reply.theirs;
    if (reply.kept || reply.theirs) version.value = reply.version; // a text refused is still written on the same version
    if (reply.kept) kept = was;
    if (reply.kept) for (const [field, text] of texts) if (isText(field)) field.defaultValue = text;
    if (reply.theirs) freeFromBar(theirs.parentElement);
  }
}
