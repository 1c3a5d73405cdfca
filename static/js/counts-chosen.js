// The button says how many are chosen: "Maskera på 47 ställen". Without this it says how many were as the page came.
// What was asked about another number of them is gone, and its tick with it: the page asks again where it has to.

function count(button) {
  const names = button.dataset.counts.split(" ");
  const boxes = [...button.form.querySelectorAll('input[type="checkbox"]:checked')];
  const number = boxes.filter((box) => names.includes(box.name)).length;
  const { none, one, many } = button.dataset;
  button.textContent = number > 1 ? many.replace("{}", number) : number ? one : none;
  for (const asked of button.form.querySelectorAll("[data-asked]")) {
    asked.hidden = Number(asked.dataset.asked) !== number;
    for (const box of asked.querySelectorAll("input")) box.checked &&= !asked.hidden;
  }
}

for (const button of document.querySelectorAll("button[data-counts]")) {
  const update = () => count(button);
  button.form.addEventListener("input", update);
  addEventListener("pageshow", update);
  update();
}
