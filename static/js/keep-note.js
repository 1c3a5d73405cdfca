/* The note of an agenda item, saved as one types. Without this file the same form has its button "Spara".
   Somebody else's words are never written over: when two write, both texts stand on the page and saving waits for
   the button. What is not saved is a draft like any other: drafts.js is told of every reply, and
   tells of what it has put back. What the guard has found comes with the reply, for guard.js to show, and what she keeps
   all the same is sent once, with the note. */

import { AWAY, sendNote } from "./draft-store.js";

const PAUSE = 1200; // milliseconds without a key
const AGAIN = 5000; // and until it is sent once more to a register that did not answer

const KEPT = '[data-found] [value="keep"]:checked:not([data-sent])';
const freeFromBar = (told) => told.scrollIntoView({ block: "nearest" }); // the bar that saves, at the foot of the window
const status = document.querySelector(".sending");
document.querySelectorAll("[data-note]").forEach(keep);

function keep(line) {
  const form = line.closest("form");
  const [note, version, message, theirs] = ["textarea", "[name=version]", "[data-message]", "[data-theirs]"].map((part) =>
    line.querySelector(part),
  );
  let kept = note.value;
  let sending = null; // one at a time, for each carries the version that the one before it gave
  let timer = 0;

  if (!waits() && !kept) message.textContent = message.dataset.waiting;
  note.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  note.addEventListener("blur", save);
  line.addEventListener("change", save);
  note.addEventListener("restored", () => {
    if (!isUnsaved()) return;
    tell(message.dataset.restored, true);
    save();
  });
  addEventListener("online", save);
  addEventListener("pageshow", (event) => event.persisted && save()); // what was sent on leaving has a newer version
  addEventListener("pagehide", () => isUnsaved() && navigator.sendBeacon(line.dataset.note, typed()));
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) return; // nothing leaves the page; the note goes when there is a line again
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    status.textContent = status.dataset.words;
    sending.then(() => goOn(event.submitter));
  });

  /* Two have written and a person puts the texts together; or the whole form is on its way, see sending.js. */
  function waits() {
    return !theirs.hidden || "sending" in form.dataset;
  }

  function isUnsaved() {
    return !waits() && !sending && (note.value !== kept || answers().length > 0);
  }

  /* The button was pressed while the note was on its way, and the answer may be words that she has not seen. */
  function goOn(submitter) {
    status.textContent = "";
    if (theirs.hidden) form.requestSubmit(submitter);
    else note.focus();
  }

  function answers() {
    return [...line.querySelectorAll(KEPT)];
  }

  function typed() {
    const fields = new FormData();
    for (const field of [note, version, form.elements.csrfmiddlewaretoken, ...answers()]) fields.set(field.name, field.value);
    return fields;
  }

  async function save() {
    clearTimeout(timer);
    if (!isUnsaved()) return;
    const [text, answered] = [note.value, answers()];
    sending = sendNote(line.dataset.note, typed());
    const reply = await sending;
    sending = null;
    if (reply === AWAY) return comeBack();
    if (reply) show(reply, text);
    else tell(message.dataset.lost, true);
    if (reply?.kept) for (const answer of answered) answer.dataset.sent = "";
    line.toggleAttribute("data-refused", !reply?.kept);
    note.dispatchEvent(new Event("noted", { bubbles: true }));
    if (reply && note.value === text) note.dispatchEvent(new CustomEvent("found", { detail: reply.found }));
    if (reply && (note.value !== text || (reply.kept && answers().length > 0))) timer = setTimeout(save, PAUSE);
  }

  function comeBack() {
    tell(navigator.onLine ? message.dataset.away : message.dataset.offline, true);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }

  /* What is not saved must not look like what is. */
  function tell(words, isUnsaved) {
    message.textContent = words;
    message.toggleAttribute("data-unsaved", isUnsaved);
    if (isUnsaved && document.activeElement === note) freeFromBar(message);
  }

  function show(reply, text) {
    tell(reply.kept ? reply.message : `${message.dataset.refused} ${reply.message}`, !reply.kept);
    theirs.hidden = !reply.theirs;
    theirs.querySelector("blockquote").textContent = reply.theirs;
    if (reply.kept || reply.theirs) version.value = reply.version; // a text refused is still written on the same version
    if (reply.kept) note.defaultValue = kept = text;
    if (reply.theirs) freeFromBar(theirs.parentElement);
  }
}
