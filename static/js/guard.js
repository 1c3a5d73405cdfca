// What the guard finds in a text is told beside it while she writes: the register is asked when she pauses and when she
// leaves the field, and answers with the part of the page that it shows when the form is sent. It keeps nothing of what
// is asked. No rule stands here. Where there is no line, or no answer in time, nothing is told: the form asks when it is sent.

const PAUSE = 700; // milliseconds without a key
const GIVEN_UP = 5000;

const told = document.querySelector("[data-guard]"); // what those hear who do not see the page
const boxOf = (field) => document.getElementById(`${field.id}_found`);
const fieldOf = (box) => document.getElementById(box.id.replace(/_found$/, ""));
const answerOf = (part) => part.querySelector("input").name; // the same for the same words, whatever is written around them
const wordsOf = (part) => part.querySelector("mark").textContent;
const partsOf = (box) => [...box.querySelectorAll("fieldset")];
const markedOf = (box) => partsOf(box).filter((part) => part.querySelector("mark")); // less those that are many together
const keysOf = (part) => [`${part.dataset.kind} ${part.dataset.start}`, answerOf(part)];
const lookedAt = new Map(); // by field: the text that what is shown was found in
const heard = new Map(); // by field: what has been said of it

for (const field of document.querySelectorAll('form[method="post"] [data-guarded]')) {
  if (field.closest("[data-note]")) hear(field);
  else watch(field);
  field.addEventListener("blur", () => tell(field));
}
for (const box of document.querySelectorAll(".found")) {
  offerRemoval(box);
  heard.set(fieldOf(box), new Set(markedOf(box).flatMap(keysOf)));
}

// What comes up between the press and its end would move the button from under her.

let released = null;

document.addEventListener("pointerdown", () => {
  released = new Promise((resolve) => {
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(resolve), { once: true });
  });
});

// Asking

function watch(field) {
  // Of a form that is shown again nobody here knows what stood in it at first.
  const initial = field.form.querySelector(".error-summary") ? "" : field.defaultValue;
  lookedAt.set(field, boxOf(field) ? field.value : initial);
  let asked = null;
  let timer = 0;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  field.addEventListener("blur", look);
  field.addEventListener("restored", look);

  async function look() {
    clearTimeout(timer);
    const text = field.value;
    if (text === lookedAt.get(field)) return;
    asked?.abort();
    asked = new AbortController();
    const found = text === initial ? "" : await ask(field, text, initial, asked);
    await released;
    if (found === null || field.value !== text || "sending" in field.form.dataset) return;
    lookedAt.set(field, text);
    show(field, found);
  }
}

/* A note that is saved as it is typed has it with the answer, see room.js. */
function hear(note) {
  note.addEventListener("found", async ({ detail }) => {
    await released;
    show(note, detail);
  });
}

/* The part of the page, empty where nothing was found; null where the register did not say. */
async function ask(field, text, initial, asked) {
  setTimeout(() => asked.abort(), GIVEN_UP);
  const typed = new FormData();
  const { guarded: kind, writtenIn: place = "" } = field.dataset;
  if (!navigator.onLine) return null;
  const token = document.querySelector('[name="csrfmiddlewaretoken"]').value;
  const all = { text, initial, field: field.name, control: field.id, kind, written_in: place, csrfmiddlewaretoken: token };
  for (const [name, value] of Object.entries(all)) typed.set(name, value);
  try {
    const sent = { method: "POST", body: typed, redirect: "manual", signal: asked.signal };
    const answer = await fetch(told.dataset.guard, sent);
    const part = answer.ok ? await answer.text() : null;
    return !part || part.includes("data-found") ? part : null; // the page of the sign-in is no answer
  } catch {
    return null;
  }
}

// Showing

function show(field, found) {
  const fresh = new DOMParser().parseFromString(found, "text/html").querySelector(".found");
  const box = boxOf(field);
  if (!fresh) box?.remove();
  else {
    offerRemoval(fresh);
    if (box) change(box, fresh);
    else field.after(fresh);
  }
  tell(field);
}

/* A later sign stands after it, or she has left the field. */
function hasEnded(field, part) {
  const words = wordsOf(part);
  const end = nearest(field.value, words, Number(part.dataset.start)) + words.length;
  return end < field.value.length || document.activeElement !== field;
}

/* Make the box tell what the fresh one does. What she has answered stands, and so does where she is. */
function change(box, fresh) {
  const standing = new Map(partsOf(box).map((part) => [answerOf(part), part]));
  const found = partsOf(fresh);
  const names = found.map(answerOf);
  for (const [name, part] of standing) if (!names.includes(name)) part.remove();
  let next = box.querySelector("fieldset");
  for (const part of found) {
    const same = standing.get(answerOf(part));
    if (same) {
      Object.assign(same.dataset, part.dataset);
      same.querySelector("legend").replaceWith(part.querySelector("legend"));
    }
    if (same && same === next) next = next.nextElementSibling;
    else box.insertBefore(same ?? part, next);
  }
}

/* Say each once, when its word has ended: of one who types slowly every letter is a pause. */
function tell(field) {
  const box = boxOf(field);
  const there = box ? markedOf(box) : [];
  const before = heard.get(field) ?? new Set();
  const isHeard = (part) => keysOf(part).some((key) => before.has(key));
  const parts = there.filter((part) => !isHeard(part) && hasEnded(field, part));
  heard.set(field, new Set(there.filter((part) => isHeard(part) || parts.includes(part)).flatMap(keysOf)));
  if (parts.length) told.textContent = parts.map((part) => `”${wordsOf(part)}” ${part.querySelector(".why").textContent}`).join(" ");
}

// Removing: at once, where it stands. What is kept is an answer like any other, sent with the form.

/* A button does it at once, where an answer waits until the form is sent. */
function offerRemoval(box) {
  for (const button of box.querySelectorAll("[data-remove]")) {
    button.parentElement.querySelector('[value="remove"]').closest("label").remove();
    button.hidden = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  const part = button.closest("fieldset");
  const box = part.closest(".found");
  const field = fieldOf(box);
  const words = wordsOf(part);
  const start = nearest(field.value, words, Number(part.dataset.start));
  part.remove();
  if (!partsOf(box).length) box.remove();
  for (const line of document.querySelectorAll(".error-summary li")) if (line.textContent.includes(`”${words}”`)) line.remove();
  lookedAt.delete(field); // the browser may take it back
  if (start < 0) return;
  told.textContent = `${part.dataset.neutral} ${told.dataset.removed}`;
  replace(field, start, start + words.length, part.dataset.neutral, event.pointerType === "touch");
});

/* Where the words begin nearest to the place: she may have written before them since they were found. */
function nearest(text, words, place) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - place) < Math.abs(best - place)) best = at;
  }
  return best;
}

/* As if she had typed it, so that her draft is kept and the browser can take it back. Under a thumb the field gets no
   focus: the phone's keyboard would come up over the next answer. */
function replace(field, start, end, words, byThumb) {
  if (!byThumb) {
    field.focus();
    field.setSelectionRange(start, end);
    if (document.execCommand("insertText", false, words)) return;
  }
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
