// The button says how many are chosen: "Maskera på 47 ställen". Without this it says how many were as the page came.

function count(button) {
  const names = button.dataset.counts.split(" ");
  const boxes = [...button.form.querySelectorAll('input[type="checkbox"]:checked')];
  const number = boxes.filter((box) => names.includes(box.name)).length;
  const { none, one, many } = button.dataset;
  button.textContent = number > 1 ? many.replace("{}", number) : number ? one : none;
}

for (const button of document.querySelectorAll("button[data-counts]")) {
  const update = () => count(button);
  button.form.addEventListener("input", update);
  addEventListener("pageshow", update);
  update();
}
