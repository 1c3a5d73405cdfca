// Keys for those who keep their hands on the keyboard: / searches, ? tells the keys, g and a letter goes to a page.
// Loaded only for a member who has them on. Never while she types, never together with Ctrl, Alt or Meta.

const TYPING = "input, textarea, select, [contenteditable]";
const PATIENCE = 1500; // milliseconds between g and its letter

const help = document.getElementById("kortkommandon");
const search = document.getElementById("sok-allt");
const searchField = document.querySelector("main [data-search]");
let goingSince = -PATIENCE;

const keys = {
  "/": () => (searchField ? searchField.focus() : search.showPopover()),
  "?": () => help.togglePopover(),
  g: (event) => { goingSince = event.timeStamp; },
};

function go(key) {
  const link = help.querySelector(`[data-key="${CSS.escape(key)}"]`);
  goingSince = -PATIENCE;
  link?.click();
  return Boolean(link);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.target.closest(TYPING)) return;
  const key = event.key.toLowerCase();
  const wasGoing = event.timeStamp - goingSince < PATIENCE;
  const went = wasGoing && go(key);
  const isSpent = wasGoing && /^[a-zåäö]$/.test(key); // also where no page has the letter: no row acts on it
  if (!went && !isSpent && !Object.hasOwn(keys, key)) return;
  event.preventDefault(); // the letter is not typed into the field that gets focus
  if (!went) keys[key]?.(event);
});
