// A pile to be signed: <form data-pile> with a box in each row. The button says how many, and is there for some only;
// X ticks the one being read.
import { hasModifier, isModalOpen, isWriting } from "./keys.js";

function start(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox][name]")];
  const button = form.querySelector("[data-pile-sign]");
  const words = button.querySelector("[data-words]");
  const hint = form.querySelector("[data-pile-hint]");
  const all = form.querySelector("[data-pile-all]");
  const choose = all.textContent;

  function settle() {
    const count = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest(".sg-r").classList.toggle("on", box.checked);
    words.textContent = count === 1 ? button.dataset.one : button.dataset.pileSign.replace("{n}", count);
    button.hidden = count === 0;
    hint.hidden = count > 0;
    all.textContent = count === boxes.length ? all.dataset.clear : choose;
  }
  function tickAll(isTicked) {
    for (const box of boxes) box.checked = isTicked;
    settle();
  }

  form.addEventListener("change", settle);
  all.addEventListener("click", () => tickAll(boxes.some((box) => !box.checked)));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || hasModifier(event) || isWriting(event) || isModalOpen()) return;
    if (event.key === "Escape") tickAll(false);
    if (event.key.toLowerCase() !== "x") return;
    const box = form.querySelector(".sg-r.cur input");
    if (box) box.checked = !box.checked;
    settle();
  });
  settle();
}

for (const form of document.querySelectorAll("form[data-pile]")) start(form);
