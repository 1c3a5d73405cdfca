// What she has typed and not sent is kept in this tab, and offered back: nothing typed is lost by a link, a closed
// session or a line that broke. It is gone when it is sent, when she signs out, and with the tab itself. Who leaves by
// "Avbryt" has decided: she is offered it once more, on the next page, and then it is gone.
//
// A draft: {title, page, sent, told, left, fields: {name: text}, choices: [[name, value]]}, by the path that its form is
// sent to. `left` goes from "now" by "seen" to nothing, or is "resumed".

const STORE = "utkast";
const TEXT = 'textarea[name], input[type="text"][name]';
const CHOICE = 'input:not([type="hidden"], [type="text"], [type="password"], [type="file"]), select';
const SAVED_AS_TYPED = "[data-note] *"; // by keep-note.js: such a text is offered where it stands, not told of elsewhere
const SEEN = 'input[type="hidden"][name$="version"], input[type="hidden"][name$="seen"]'; // what the text was written over

const member = document.body.dataset.member;
const forms = () => [...document.querySelectorAll('form[method="post"]')].filter((form) => form.querySelector(TEXT));
const sentTo = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const wasRefused = (form) => Boolean(form.querySelector(".error-summary"));

// The store

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE)) || {};
    return kept.member === member ? kept.drafts : {};
  } catch {
    return {}; // no storage, or not ours
  }
}

function write(drafts) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ member, drafts }));
  } catch {
    // A full or forbidden storage: then the question on leaving is all there is.
  }
}

function forget(path) {
  const drafts = read();
  delete drafts[path];
  write(drafts);
}

function forgetAll() {
  try {
    sessionStorage.removeItem(STORE);
  } catch {
    // Nothing could be kept.
  }
}

function mark(path, left) {
  const drafts = read();
  if (drafts[path]) drafts[path].left = left;
  write(drafts);
}

// Keeping

function typed(form) {
  return [...form.querySelectorAll(TEXT)].filter(
    (field) => field.value.trim() && (wasRefused(form) || field.value !== field.defaultValue),
  );
}

const isTicked = (field) => ["radio", "checkbox"].includes(field.type);

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
  const drafts = read();
  const path = sentTo(form);
  const texts = typed(form);
  if (texts.length) {
    const fields = Object.fromEntries([...texts, ...form.querySelectorAll(SEEN)].map((f) => [f.name, f.value]));
    const told = texts.some((field) => !field.matches(SAVED_AS_TYPED));
    const title = document.title.replace(/ – [^–]*$/, "");
    const page = drafts[path]?.page || location.pathname;
    drafts[path] = { title, page, sent, told, fields, choices: chosen(form) };
  } else {
    delete drafts[path];
  }
  write(drafts);
}

// What was sent has arrived when the register leads on to another page; not when the form is shown again, when she came
// back, or when she opened a page by its address after the line broke.
function settle(cameBack) {
  const drafts = read();
  const ledHere = document.referrer && performance.getEntriesByType("navigation")[0]?.redirectCount !== 0;
  for (const [path, draft] of Object.entries(drafts)) {
    if (draft.sent && ledHere && !cameBack) delete drafts[path];
    draft.sent = false;
    if (draft.left === "seen") delete drafts[path];
    if (draft.left === "now") draft.left = "seen";
  }
  write(drafts);
}

// Offering back

function fieldsOf(form, draft) {
  return Object.entries(draft.fields).map(([name, text]) => [form.querySelector(`[name="${CSS.escape(name)}"]`), text]);
}

function notice(id, path) {
  const shown = document.getElementById(id).content.firstElementChild.cloneNode(true);
  shown.dataset.draft = path;
  shown.querySelector("[data-discard]").addEventListener("click", () => {
    forget(path);
    shown.remove();
  });
  document.querySelector(".messages").append(shown);
  return shown;
}

function offerHere(form, path, draft) {
  const differing = fieldsOf(form, draft).filter(([field, text]) => field?.matches(TEXT) && field.value !== text);
  if (!differing.length) return;
  if (draft.left === "resumed") return restore(form, draft);
  const shown = notice("utkast-har", path);
  shown.querySelector("[data-restore]").addEventListener("click", () => {
    shown.remove();
    restore(form, draft);
  });
}

function restore(form, draft) {
  choose(form, draft.choices);
  for (const [field, text] of fieldsOf(form, draft)) {
    if (field) field.value = text;
    field?.closest("details")?.setAttribute("open", "");
  }
  fieldsOf(form, draft)[0][0]?.focus();
  keep(form);
  watch();
}

function offerElsewhere(path, draft) {
  const shown = notice(draft.left ? "utkast-lamnat" : "utkast-dar", path);
  const link = shown.querySelector("a");
  link.href = draft.page;
  if (draft.left) link.addEventListener("click", () => mark(path, "resumed"));
  else link.textContent = draft.title;
  const texts = Object.entries(draft.fields).filter(([name]) => !/(version|seen)$/.test(name));
  shown.querySelector("[data-text]").textContent = texts.map(([, text]) => text).join("\n\n");
}

function offer() {
  for (const old of document.querySelectorAll("[data-draft]")) old.remove();
  const shownWhole = document.querySelector("[data-typed]"); // a page that failed shows what it could not receive
  const here = new Map(forms().map((form) => [sentTo(form), form]));
  for (const [path, draft] of Object.entries(read())) {
    if (here.has(path)) offerHere(here.get(path), path, draft);
    else if (draft.told && !shownWhole) offerElsewhere(path, draft);
  }
}

// Leaving: a link of ours needs no question, for the text waits; closing the tab does.

let leavingByLink = false;

function ask(event) {
  if (!leavingByLink) event.preventDefault();
}

function watch() {
  const unsent = forms().some((form) => !("sending" in form.dataset) && typed(form).length);
  (unsent ? addEventListener : removeEventListener)("beforeunload", ask);
}

function leave() {
  leavingByLink = true;
  setTimeout(() => { leavingByLink = false; }, 2000); // a link that opens a file leaves her where she is
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (link) leave();
  if (link?.matches("[data-cancel]")) mark(sentTo(link.closest("form")), "now");
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

// What was saved while she typed is no draft any longer.
addEventListener("pagehide", () => {
  if (document.querySelector("[data-draft]")) return; // she has not said yet what to do with an older one
  for (const form of forms()) if (form.querySelector(SAVED_AS_TYPED) && !typed(form).length) forget(sentTo(form));
});

addEventListener("pageshow", (event) => {
  leavingByLink = false;
  settle(event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward");
  offer();
  watch();
});
