// The marks in the queue stand when another row is sorted meanwhile: in the tab, for as long as one sorts.

import { read, tab, write } from "./coming-back.js";

const MARKS = "markerade"; // { member, at, marked }
const KEPT = 30 * 60 * 1000; // milliseconds: older ones are forgotten, for what is marked is sorted together

const { member } = document.body.dataset;
const boxes = () => [...document.querySelectorAll('input[type="checkbox"][name="o"]')];

const kept = read(tab, MARKS);
if (kept?.member === member && Date.now() - kept.at < KEPT) {
  for (const box of boxes()) if (kept.marked.includes(box.value)) box.checked = true;
}

addEventListener("pagehide", () => {
  const marked = boxes().filter((box) => box.checked).map((box) => box.value);
  write(tab, MARKS, marked.length ? { member, at: Date.now(), marked } : null);
});
