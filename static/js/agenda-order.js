/* The agenda in an order of her own: a line is dragged by its handle, or moved with the arrow keys, to any place, and
   saved where it is let go. The page stays where it is: of the answer only the agenda is shown, and the line keeps the
   focus. Without this file each line has "Flytta till …" and its steps, whose answer is the whole page. */

const EDGE = 72; // pixels from the edge of the window where it rolls
const ROLLS = 14; // pixels a frame
const SLACK = 5; // pixels before a press is a drag
const ORDER = "ordning";
const AWAY = "Det gick inte att spara, för registret svarade inte. Punkten står där den stod. Försök igen om en stund.";
const REFUSED = "Det gick inte att spara. Punkten står där den stod. Ladda om sidan, logga in om det behövs, och försök igen.";
const status = document.getElementById("flyttat");
const order = () => document.getElementById(ORDER);
const lists = () => [...order().querySelectorAll("[data-heading]")];
const linesOf = (list) => [...list.querySelectorAll(":scope > [data-line]")];
const handleOf = (line) => line.querySelector("[data-handle]");
const say = (words) => { status.textContent = words; };
let moving = null; // the line, and what it stood before
let isPlacing = false;
let isSending = false;

// Places: a line stands in a list, before another line or last. What is restricted stands last under its heading.

function alikeIn(list, line) {
  return linesOf(list).filter((other) => other !== line && "last" in other.dataset === "last" in line.dataset);
}

function placesFor(line) {
  const taking = lists().filter((list) => !("ended" in list.dataset && "open" in line.dataset));
  return taking.flatMap((list) => {
    const alike = alikeIn(list, line);
    const end = "last" in line.dataset ? null : linesOf(list).find((other) => "last" in other.dataset && other !== line);
    return [...alike, end ?? null].map((before) => ({ list, before }));
  });
}

function placeOf(line) {
  const after = linesOf(line.parentElement);
  return { list: line.parentElement, before: after[after.indexOf(line) + 1] ?? null };
}

const isSame = (one, other) => one.list === other.list && one.before === other.before;

function lineBefore({ list, before }, line) {
  const alike = alikeIn(list, line);
  const place = alike.indexOf(before);
  return alike.at(place < 0 ? alike.length - 1 : place - 1 < 0 ? alike.length : place - 1);
}

const named = (place, line) => lineBefore(place, line)?.dataset.line ?? place.list.dataset.heading;

function inWords(place, line) {
  const before = lineBefore(place, line);
  return before ? `Efter ${before.dataset.title}, under ${place.list.dataset.title}.` : `Först under ${place.list.dataset.title}.`;
}

// Moving

function begin(line) {
  if (!moving) moving = { line, from: placeOf(line), seen: named(placeOf(line), line) };
}

function put(place) {
  isPlacing = true;
  place.list.insertBefore(moving.line, place.before);
  handleOf(moving.line).focus({ preventScroll: true });
  moving.line.scrollIntoView({ block: "nearest" });
  isPlacing = false;
}

function putBack() {
  if (!moving) return;
  put(moving.from);
  say(`Tillbaka. ${inWords(moving.from, moving.line)}`);
  moving = null;
}

function letGo() {
  if (!moving || isSending) return;
  const { line, from, seen } = moving;
  const place = placeOf(line);
  if (isSame(place, from)) {
    moving = null;
    return;
  }
  const form = order().querySelector("[data-move]");
  form.elements.after.value = named(place, line);
  form.elements.seen_at.value = seen;
  send(handleOf(line).dataset.handle, new FormData(form), line.dataset.line).finally(() => { moving = null; });
}

function step(line, direction) {
  begin(line);
  const places = placesFor(line);
  const here = places.findIndex((place) => isSame(place, placeOf(line)));
  const next = places[here + direction];
  if (!next) return say(direction < 0 ? "Punkten står redan först." : "Punkten står redan sist.");
  put(next);
  say(inWords(next, line));
}

// Saving

async function send(address, fields, key, pressed = "") {
  fields.set("writer", document.body.dataset.member);
  isSending = true;
  order().setAttribute("aria-busy", "true");
  try {
    const page = await read(address, { method: "POST", body: fields, keepalive: true });
    const refusal = page.querySelector(".error-summary");
    show(refusal ? await read(location.href) : page, key, pressed, refusal?.textContent);
  } catch (error) {
    const why = error.message === REFUSED ? REFUSED : AWAY;
    order().removeAttribute("aria-busy");
    putBack();
    say(why);
    tell(why, key);
  }
  isSending = false;
}

async function read(address, how = {}) {
  const answer = await fetch(address, how);
  if (answer.status >= 502) throw new Error(AWAY);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isRefused(answer, page)) throw new Error(REFUSED);
  return page;
}

/* Whether the answer says nothing of the agenda: a fault, a key that is too old, or the page to sign in. */
function isRefused({ ok }, page) {
  return !page.getElementById(ORDER) && !page.querySelector(".error-summary") && (!ok || page.querySelector('[type="password"]'));
}

/* The agenda of the page that came, in the place of the one that stands, without moving what she looks at. */
function show(page, key, pressed, refusal) {
  const fresh = page.getElementById(ORDER);
  if (!fresh) return location.reload(); // the meeting is under way
  const find = (name = key) => document.querySelector(`[data-line="${CSS.escape(name)}"]`);
  const gone = whereSheIs(key, pressed);
  const top = find()?.getBoundingClientRect().top;
  fresh.append(...page.querySelectorAll('form[id^="angra-"]'));
  const told = page.querySelector(".messages .notice");
  if (told && !fresh.contains(told)) fresh.prepend(told);
  isPlacing = true;
  document.querySelectorAll('form[id^="angra-"]').forEach((form) => form.remove());
  order().replaceWith(fresh);
  isPlacing = false;
  showHandles();
  if (find() && top !== undefined) scrollBy(0, find().getBoundingClientRect().top - top);
  if (gone) {
    const line = find(gone.key) ?? told?.closest("li") ?? fresh.querySelector("[data-line]");
    const same = [...(line?.querySelectorAll("button, a") ?? [])].find((each) => each.textContent === gone.words);
    (same ?? (find(gone.key) ? handleOf(line) : line))?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: "nearest" });
  }
  if (refusal) tell(refusal, key);
  say((refusal ?? told?.querySelector("p")?.textContent ?? "").trim());
}

/* The line and the words of the button that lose the focus, which she may have moved on meanwhile; nothing elsewhere. */
function whereSheIs(key, pressed) {
  const here = document.activeElement;
  if (here !== document.body && !order().contains(here)) return null;
  const other = here.closest("[data-line]")?.dataset.line;
  return other && other !== key ? { key: other, words: here.textContent } : { key, words: pressed };
}

function tell(words, key) {
  const line = document.querySelector(`[data-line="${CSS.escape(key)}"]`);
  const notice = Object.assign(document.createElement("div"), { className: "notice" });
  notice.dataset.kind = "error";
  notice.append(Object.assign(document.createElement("p"), { textContent: words.trim() }));
  line?.querySelector(".notice")?.remove();
  line?.prepend(notice);
}

function showHandles() {
  document.getElementById("sa-flyttar-du").hidden = false;
  for (const handle of order().querySelectorAll("[data-handle]")) handle.hidden = false;
}

// What she does

const ARROWS = { ArrowUp: -1, ArrowDown: 1 };

document.addEventListener("keydown", (event) => {
  if (isSending) return;
  if (event.key === "Escape" && moving) return putBack();
  const line = event.target.closest?.("[data-handle]")?.closest("[data-line]");
  if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key in ARROWS) step(line, ARROWS[event.key]);
  else if (event.key === "Enter" || event.key === " ") letGo();
  else return;
  event.preventDefault();
});
document.addEventListener("focusout", (event) => {
  if (!isPlacing && event.target === handleOf(moving?.line ?? document.body)) letGo();
});

// The steps, the removals and "Ångra" are forms of the page: their answer is shown in the same way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (isSending && order().contains(form)) return event.preventDefault();
  if (event.defaultPrevented || !order().contains(form) || form.getAttribute("method") !== "post") return;
  event.preventDefault();
  const line = event.submitter?.closest("[data-line]")?.dataset.line ?? "";
  const pressed = event.submitter?.textContent ?? "";
  send(form.getAttribute("action"), new FormData(form, event.submitter), line, pressed);
}, { capture: true });

// Dragging, with a mouse, a pen or a finger: where it would stand is shown by a rule, and the line is put there when it is
// let go. At the edge of the window the page rolls on.

let drag = null;

addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (!handle || event.button || drag || handle.closest('[aria-busy="true"]')) return;
  handle.setPointerCapture(event.pointerId);
  const { pointerId, clientY } = event;
  drag = { pointerId, handle, line: handle.closest("[data-line]"), from: clientY, y: clientY, place: null };
});

const isAnother = ({ pointerId }) => pointerId !== drag?.pointerId; // finger, or a palm on the screen

addEventListener("pointermove", (event) => {
  if (isAnother(event)) return;
  drag.y = event.clientY;
  if (!drag.rule && Math.abs(drag.y - drag.from) < SLACK) return;
  if (!drag.rule) start();
  aim();
});

addEventListener("pointerup", (event) => {
  if (isAnother(event)) return;
  const { place, line } = drag;
  end();
  if (!place || moving?.line !== line) return;
  put(place);
  letGo();
});

addEventListener("pointercancel", (event) => {
  if (isAnother(event)) return;
  end();
  putBack();
});
addEventListener("keydown", (event) => event.key === "Escape" && end());

function start() {
  begin(drag.line);
  drag.rule = Object.assign(document.createElement("li"), { className: "agenda-rule", ariaHidden: "true" });
  drag.line.dataset.dragged = "";
  drag.places = placesFor(drag.line);
  requestAnimationFrame(roll);
}

function heightOf({ list, before }) {
  if (before) return before.getBoundingClientRect().top;
  const last = linesOf(list).at(-1);
  return last ? last.getBoundingClientRect().bottom : list.getBoundingClientRect().top;
}

/* The nearest of the places, as they lie now. */
function aim() {
  const away = (place) => Math.abs(heightOf(place) - drag.y);
  const nearest = drag.places.reduce((best, place) => (away(place) < away(best) ? place : best));
  if (nearest === drag.place) return;
  drag.place = nearest;
  nearest.list.insertBefore(drag.rule, nearest.before);
}

function roll() {
  if (!drag?.rule) return;
  const by = drag.y < EDGE ? -ROLLS : drag.y > innerHeight - EDGE ? ROLLS : 0;
  if (by) {
    scrollBy({ top: by, behavior: "instant" });
    aim();
  }
  requestAnimationFrame(roll);
}

function end() {
  drag?.rule?.remove();
  if (drag) delete drag.line.dataset.dragged;
  drag = null;
}

showHandles();
