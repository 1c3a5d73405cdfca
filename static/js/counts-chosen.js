// The button says how many are chosen: "Maskera på 47 ställen". Without this it says how many were as the page came.
// What was asked about others than those chosen now is gone, and its tick with it: the page asks again where it has to.

function count(button) {
  const names = button.dataset.counts.split(" ");
  const boxes = [...button.form.querySelectorAll('input[type="checkbox"]')].filter((box) => names.includes(box.name));
  const number = boxes.filter((box) => box.checked).length;
  const isAsked = boxes.every((box) => box.checked === box.defaultChecked);
  const { none, one, many } = button.dataset;
  button.textContent = number > 1 ? many.replace("{}", number) : number ? one : none;
  for (const asked of button.form.querySelectorAll("[data-asked]")) {
    asked.hidden = !isAsked;
    for (const box of asked.querySelectorAll("input")) box.checked &&= !asked.hidden;
  }
}

for (const button of document.querySelectorAll("button[data-counts]")) {
  const update = () => count(button);
  button.form.addEventListener("input", update);
  addEventListener("pageshow", update);
  update();
}
