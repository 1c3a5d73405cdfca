/* The keyboard of the room: everything that is done once for each item has a way without the mouse. Always with Ctrl
   or Alt, so that no key that is typed does anything else. */

const press = (button) => () => document.querySelector(`button[name="then"][value="${button}"]`)?.click();
const write = (field) => () => document.querySelector(`[name="${field}"]`)?.focus();

const KEYS = {
  "Ctrl Enter": press("next"),
  "Alt ArrowDown": press("skip"),
  "Alt ArrowUp": press("back"),
  "Alt KeyN": write("note"),
  "Alt KeyB": write("text"),
  "Alt KeyG": write("what"),
};

addEventListener("keydown", (event) => {
  const held = event.ctrlKey || event.metaKey ? "Ctrl" : event.altKey ? "Alt" : "";
  const act = KEYS[`${held} ${event.code}`];
  if (!act || event.shiftKey || event.target.matches("select")) return; // Alt and an arrow open a list
  event.preventDefault();
  act();
});
