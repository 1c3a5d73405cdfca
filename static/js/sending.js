// A form is sent whole and once: Enter goes on to the next field, a second press does nothing, and what takes more than a
// moment is told in words.
// The server does the same work once anyway; this is for the one who waits.

const SLOW = 1000; // milliseconds until she is told
const GIVEN_UP = 15000; // and until she may press again, for the line may be gone
const GIVEN_UP_LONG = 60000; // where the form says itself what takes its time, and how long

const status = document.querySelector(".sending");
let timers = [];

function settle() {
  timers.forEach(clearTimeout);
  status.textContent = "";
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
}

// Without a line the browser would leave the page for one of its own, and with it all that was chosen.
function wait(event) {
  event.preventDefault();
  settle();
  status.textContent = status.dataset.offline;
  document.activeElement.scrollIntoView({ block: "nearest" }); // from under the words
}

// Who writes on has read it.
document.addEventListener("input", () => {
  if (status.textContent === status.dataset.offline) status.textContent = "";
});

// Whom the page was shown to: should another be signed in when it arrives, she is asked before it is sent in her name.
function sign(form) {
  const writer = form.querySelector('input[name="writer"]') || form.appendChild(document.createElement("input"));
  Object.assign(writer, { type: "hidden", name: "writer", value: document.body.dataset.member });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if ("sending" in form.dataset) return event.preventDefault();
  if (!navigator.onLine) return wait(event);
  form.dataset.sending = "";
  sign(form);
  timers = [
    setTimeout(() => { status.textContent = form.dataset.takes ?? status.dataset.words; }, SLOW),
    setTimeout(settle, "takes" in form.dataset ? GIVEN_UP_LONG : GIVEN_UP),
  ];
});

// Enter in a line, or a phone's "Gå", goes on to the next field and does not send what is half filled in; from the last
// it sends. The browser presses the first button for her, and that press is known by the key that is still down.

const LINE = "input:not([type=hidden], [type=radio], [type=checkbox], [type=file], [type=search])";
const FIELD = `${LINE}, select, textarea, input[type=radio]`;
let entered = null;

document.addEventListener("keydown", (event) => {
  const alone = !(event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
  entered = event.key === "Enter" && alone && event.target.matches?.(LINE) ? event.target : null;
});
document.addEventListener("keyup", () => { entered = null; });
document.addEventListener("click", (event) => {
  const form = entered?.form;
  if (event.detail || !event.isTrusted || form?.getAttribute("method") !== "post" || event.target.form !== form) return;
  const next = following(form, entered);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

function following(form, line) {
  const fields = [...form.elements].filter((field) => field.matches(FIELD) && !field.disabled && field.checkVisibility());
  const next = fields[fields.indexOf(line) + 1];
  return next?.type === "radio" ? form.querySelector(`[name="${CSS.escape(next.name)}"]:checked`) || next : next;
}

for (const line of document.querySelectorAll(`form[method=post] :is(${LINE})`)) {
  if (following(line.form, line)) line.enterKeyHint = "next";
}

// The back button shows the page as it was left, in the middle of a sending.
addEventListener("pageshow", (event) => event.persisted && settle());
addEventListener("online", settle);
