// Single keys in a list whose rows can have focus: J and K move, the others press what the row shows with that data-key.
// Loaded only for a member who has turned them on. Never while she types, never together with Ctrl, Alt or Meta.

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, [popover]";
const rows = [...document.querySelectorAll("li[id][tabindex]")];
const current = () => rows.findIndex((row) => row.contains(document.activeElement));

function move(steps) {
  const here = current();
  const row = rows[here < 0 ? 0 : Math.min(Math.max(here + steps, 0), rows.length - 1)];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// Nothing is done with a row that does not have the focus: the first key brings it there.
const press = (key) => (current() < 0 ? move(0) : rows[current()].querySelector(`[data-key="${key}"]`)?.click());

// What stands beside the rows may hold buttons of its own, as a draft's that throws it away: only a receipt is undone.
const UNDO = '.notice button[form^="angra-"]';
const undo = () => (rows[current()]?.querySelector(UNDO) ?? [...document.querySelectorAll(UNDO)].at(-1))?.click();
const keys = { j: () => move(1), k: () => move(-1), z: undo };
for (const key of "fmnotv") keys[key] = () => press(key);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const key = event.key.toLowerCase();
  if (event.target.closest(TYPING) || !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]();
});
