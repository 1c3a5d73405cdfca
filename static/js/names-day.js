// The button says what it binds to: "Svara ja, klart 18 december". Without this it says "Svara ja", which is as true.

const written = new Intl.DateTimeFormat("sv-SE", { day: "numeric", month: "long" });
const thisYear = new Date().getFullYear();

function inWords(day) {
  const date = new Date(`${day}T12:00`);
  if (Number.isNaN(date.valueOf())) return "";
  return date.getFullYear() === thisYear ? written.format(date) : `${written.format(date)} ${date.getFullYear()}`;
}

// What is chosen: the words of the choice, or the day that is typed instead, in words where those are given.
function chosen(form, name) {
  const choice = form.querySelector(`input[name="${name}"]:checked`);
  if (!choice) return "";
  if (choice.value !== "other") return choice.parentElement.textContent.trim();
  const other = name.replace(/[^-]+$/, "other_day");
  return form.elements[`${other}_words`]?.value.trim() || inWords(form.elements[other]?.value);
}

function name(button) {
  const day = chosen(button.form, button.dataset.names);
  button.dataset.label ??= button.textContent;
  const runsOn = new RegExp(`^(?:${button.dataset.runsOn})(?![\\p{L}\\p{N}_])`, "iu");
  const joined = runsOn.test(day) ? day : `klart ${day}`;
  button.textContent = day ? `${button.dataset.label}, ${joined}` : button.dataset.label;
}

for (const button of document.querySelectorAll("button[data-names]")) {
  const update = () => name(button);
  button.form.addEventListener("input", update);
  addEventListener("pageshow", update);
  update();
}
