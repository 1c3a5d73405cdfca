// The button says what it binds to: "Svara ja, klart 18 december", "Utse Tekniska förvaltningen". Without this it says
// "Svara ja" and "Utse ansvarig", which is as true.

const written = new Intl.DateTimeFormat("sv-SE", { day: "numeric", month: "long" });
const thisYear = new Date().getFullYear();

function inWords(day) {
  const date = new Date(`${day}T12:00`);
  if (Number.isNaN(date.valueOf())) return "";
  return date.getFullYear() === thisYear ? written.format(date) : `${written.format(date)} ${date.getFullYear()}`;
}

// What is chosen: the words of the choice, or the day that is typed instead, in words where those are given.
function chosen(form, name) {
  const select = form.elements[name];
  if (select instanceof HTMLSelectElement) return select.value && select.selectedOptions[0].textContent.trim();
  const choice = form.querySelector(`input[name="${name}"]:checked`);
  if (!choice) return "";
  if (choice.value !== "other") return choice.parentElement.textContent.trim();
  const other = name.replace(/[^-]+$/, "other_day");
  return form.elements[`${other}_words`]?.value.trim() || inWords(form.elements[other]?.value);
}

const month = new Intl.DateTimeFormat("sv-SE", { month: "long" });
const months = Array.from({ length: 12 }, (_, number) => month.format(new Date(2026, number, 1)));
const inAMonth = new RegExp(`^(?:${[...months, "början", "mitten", "slutet"].join("|")})(?!\\p{L})`, "iu");

function withDay(button, day) {
  const runsOn = new RegExp(`^(?:${button.dataset.runsOn})(?![\\p{L}\\p{N}_])`, "iu");
  return `${button.dataset.label}, ${runsOn.test(day) ? day : `klart ${inAMonth.test(day) ? "i " : ""}${day}`}`;
}

function name(button) {
  const words = chosen(button.form, button.dataset.names);
  button.dataset.label ??= button.textContent;
  const named = () => button.dataset.says?.replace("{}", () => words) ?? withDay(button, words);
  button.textContent = words ? named() : button.dataset.label;
}

for (const button of document.querySelectorAll("button[data-names]")) {
  const update = () => name(button);
  button.form.addEventListener("input", update);
  addEventListener("pageshow", update);
  update();
}
