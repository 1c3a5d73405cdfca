/* The note of an agenda item, saved as one types. Without this file the same form has its button "Spara".
   Somebody else's words are never written over: when two write, both texts stand on the page and saving waits for
   the button. */

const PAUSE = 1200; // milliseconds without a key
const GIVEN_UP = 8000; // and until a line that does not answer counts as none
const AGAIN = 5000; // and until it is sent once more to a register that did not answer
const AWAY = "away";

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
    return !waits() && !sending && note.value !== kept;
  }

  /* The button was pressed while the note was on its way, and the answer may be words that she has not seen. */
  function goOn(submitter) {
    status.textContent = "";
    if (theirs.hidden) form.requestSubmit(submitter);
    else note.focus();
  }

  function typed() {
    const fields = new FormData();
    for (const field of [note, version, form.elements.csrfmiddlewaretoken]) fields.set(field.name, field.value);
    return fields;
  }

  async function save() {
    clearTimeout(timer);
    if (!isUnsaved()) return;
    const text = note.value;
    sending = send();
    const reply = await sending;
    sending = null;
    if (reply === AWAY) return comeBack();
    if (reply) show(reply, text);
    else tell(message.dataset.lost, true);
    if (reply && note.value !== text) timer = setTimeout(save, PAUSE);
  }

  function comeBack() {
    tell(navigator.onLine ? message.dataset.away : message.dataset.offline, true);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }

  /* What the register says of it; AWAY when it, or the line to it, is down; nothing when one has been signed out. */
  async function send() {
    try {
      const signal = AbortSignal.timeout(GIVEN_UP);
      const answer = await fetch(line.dataset.note, { method: "POST", body: typed(), signal });
      if (answer.status >= 502) return AWAY; // the database, or what serves the register
      return answer.ok && answer.headers.get("Content-Type").includes("json") ? await answer.json() : null;
    } catch {
      return AWAY;
    }
  }

  /* What is not saved must not look like what is. */
  function tell(words, isUnsaved) {
    message.textContent = words;
    message.toggleAttribute("data-unsaved", isUnsaved);
  }

  function show(reply, text) {
    tell(reply.kept ? reply.message : `${message.dataset.refused} ${reply.message}`, !reply.kept);
    theirs.hidden = !reply.theirs;
    theirs.querySelector("blockquote").textContent = reply.theirs;
    if (reply.kept || reply.theirs) version.value = reply.version; // a text refused is still written on the same version
    if (reply.kept) note.defaultValue = kept = text;
  }
}
