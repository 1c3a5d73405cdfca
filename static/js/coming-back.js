// The browser's back button shows a page as it was left. It must also be true: hers who is signed in now, and not older
// than what she has saved since. What she was typing and has not sent stands as she left it.

// On every page, so what drafts.js asks alike of a form, of how a page was come to and of a store, it takes from here.

const WHO = "medlem"; // in the browser: who is signed in, by what the last page was shown to
const RECEIVED = "mottaget"; // in the tab: the keys of the forms that have been received
const ON_ITS_WAY = "pa-vag"; // in the tab: the key of the form that was just sent
const REMEMBERED = 50;
// In the page's own entry of the browser's history: the last one received when it was shown, and its forms' keys.

const shownTo = document.body.dataset.member; // "" is nobody; a page that failed does not say

export const TEXT = 'textarea[name], input[type="text"][name]';
// Which version of the thing the text was written over: its row's, the state it was in, or the day that was promised.
export const VERSION = ["version", "entry", "old"].map((name) => `input[type="hidden"][name$="${name}"]`).join();

const forms = () => [...document.querySelectorAll('form[method="post"]')];
export const sentTo = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const keyField = (form) => form.querySelector('input[name="key"]');
const texts = (form) => [...form.querySelectorAll(TEXT)];

// A store is asked for by a function, for the mere naming of one that is forbidden is a fault.
const browser = () => localStorage;
export const tab = () => sessionStorage;

export function read(store, name, otherwise = null) {
  try {
    return JSON.parse(store().getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // no storage, or not ours
  }
}

export function write(store, name, value) {
  try {
    if (value === null) store().removeItem(name);
    else store().setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: then the page is as the browser has it, and she is asked before she leaves it.
  }
}

export const received = () => read(tab, RECEIVED, []);
const isRefused = () => Boolean(document.querySelector(".error-summary"));

// A page on its first showing

function note() {
  if (shownTo !== undefined) write(browser, WHO, shownTo);
  if (shownTo === "") write(tab, RECEIVED, null);
  const sent = read(tab, ON_ITS_WAY);
  write(tab, ON_ITS_WAY, null);
  if (sent && shownTo && wasLedHere() && !isRefused()) write(tab, RECEIVED, [...received(), sent].slice(-REMEMBERED));
  const keys = forms().filter(keyField).map((form) => [sentTo(form), keyField(form).value]);
  const state = { received: received().at(-1), keys: Object.fromEntries(keys) };
  history.replaceState(state, "", isRefused() ? whereItStands() : "");
}

// The register leads on from what it has received; a page opened by its address after the line broke proves nothing.
export function wasLedHere() {
  return document.referrer && performance.getEntriesByType("navigation")[0]?.redirectCount !== 0;
}

export function cameBack(event) {
  return event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

// Not every address that takes a form has a page of its own; the one where the form stands can be shared and reloaded.
function whereItStands() {
  return document.referrer.startsWith(`${location.origin}/`) ? document.referrer : "";
}

// A page that she came back to

function look() {
  write(tab, ON_ITS_WAY, null); // it did not get through, for then another page would have been shown
  if (shownTo !== undefined && read(browser, WHO, shownTo) !== shownTo) {
    document.documentElement.hidden = true;
    return location.reload();
  }
  const written = forms().filter((form) => texts(form).some((field) => field.value !== field.defaultValue));
  written.forEach(putKeyBack);
  const keys = received();
  if (history.state?.received === keys.at(-1) && !document.querySelector("[data-note]")) return;
  if (!written.every((form) => keys.includes(keyField(form)?.value))) return;
  if (written.some(makesSomethingNew) && !isRefused()) tellThatItIsSaved(written);
  else if (navigator.onLine) location.reload();
}

// The browser may have fetched the page anew and filled in what she typed: it is still the form that she sent.
function putKeyBack(form) {
  const key = history.state?.keys?.[sentTo(form)];
  if (key && keyField(form)) keyField(form).value = key;
}

// On a page of its own and over nothing that was there: the next thing that she writes may be much like it.
function makesSomethingNew(form) {
  return sentTo(form) === location.pathname && !form.querySelector(VERSION);
}

function tellThatItIsSaved(written) {
  for (const field of written.flatMap(texts)) field.defaultValue = field.value;
  const shown = document.getElementById("redan-sparat").content.firstElementChild.cloneNode(true);
  shown.querySelector("[data-afresh]").addEventListener("click", () => location.reload());
  for (const old of document.querySelectorAll("[data-saved]")) old.remove();
  document.querySelector(".messages").append(shown);
  shown.scrollIntoView({ block: "center" }); // she left the page at its button, far below
}

// On the window: after those who may stop it.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return;
  write(tab, ON_ITS_WAY, keyField(form)?.value || String(Date.now()));
});

addEventListener("pageshow", (event) => {
  if (cameBack(event)) look();
  else note();
});
