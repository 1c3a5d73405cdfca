// A form of choices alone has no text to keep, and its choices are not offered back as a draft's are: she is asked before
// she leaves what she has chosen and not sent, by a link too.

import { received } from "./coming-back.js";

const form = document.querySelector("form[data-choices]");
const wasRefused = () => Boolean(form.querySelector(".error-summary"));
const shown = (list) => list.querySelector("option[selected]") ?? list.options[0];
const isChanged = (list) => !shown(list)?.selected;

function isUnsent() {
  if ("sending" in form.dataset || received().includes(form.querySelector('input[name="key"]').value)) return false;
  return wasRefused() || [...form.querySelectorAll("select")].some(isChanged);
}

const ask = (event) => isUnsent() && event.preventDefault();
const watch = () => (isUnsent() ? addEventListener : removeEventListener)("beforeunload", ask);

form.addEventListener("change", watch);
addEventListener("pageshow", watch);
