// Rows: J and K walk, X selects, Enter opens. The bar of acts appears with the first selected row; Esc leaves it.
//   <form> <table class="wl"> <tr> <input type="checkbox" name="id" …>
//          <div class="bulk" data-bulk> <b data-count="{n} hồ sơ" data-one="1 hồ sơ"> <button …> <button data-clear>
import { hasModifier, isModalOpen, isWriting } from "./keys.js";

function start(table) {
  const scope = table.closest("form") ?? document;
  const bar = scope.querySelector("[data-bulk]");
  const all = table.querySelector("input[data-all]");
  const rows = () => [...table.querySelectorAll("tbody tr:not(.grp)")];
  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const current = () => table.querySelector("tr.cur");

  function settle() {
    const chosen = rows().filter((row) => boxOf(row)?.checked);
    for (const row of rows()) row.classList.toggle("on", Boolean(boxOf(row)?.checked));
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === rows().length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    }
    if (!bar) return;
    bar.hidden = chosen.length === 0;
    document.body.classList.toggle("has-bulk", !bar.hidden);
    const count = bar.querySelector("[data-count]");
    if (count) count.textContent = chosen.length === 1 ? count.dataset.one : count.dataset.count.replace("{n}", chosen.length);
  }

  function go(row) {
    if (!row) return;
    for (const other of rows()) {
      other.classList.toggle("cur", other === row);
      other.tabIndex = other === row ? 0 : -1;
    }
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function clear() {
    for (const row of rows()) if (boxOf(row)) boxOf(row).checked = false;
    settle();
  }

  const acts = {
    j: () => go(rows()[rows().indexOf(current()) + 1] ?? current() ?? rows()[0]),
    k: () => go(rows()[Math.max(0, rows().indexOf(current()) - 1)]),
    x: () => {
      if (!current()) go(rows()[0]);
      const box = current() && boxOf(current());
      if (box) box.checked = !box.checked;
      settle();
    },
    Enter: () => current()?.querySelector("a[href]")?.click(),
    Escape: clear,
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || hasModifier(event) || isWriting(event) || isModalOpen()) return;
    if (event.key === "Enter" && document.activeElement !== current()) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
  table.addEventListener("change", (event) => {
    if (event.target === all) for (const row of rows()) if (boxOf(row)) boxOf(row).checked = all.checked;
    settle();
  });
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr:not(.grp)");
    if (!row || event.target.closest("a, button, input, label")) return;
    row.querySelector("a[href]")?.click();
  });
  bar?.querySelector("[data-clear]")?.addEventListener("click", clear);
  bar?.classList.add("is-live");
  bar?.addEventListener("toggle", ({ target }) => target.open && target.querySelector("select")?.focus(), true);
  settle();
}

const startAll = () => document.querySelectorAll("table.wl:not([data-started])").forEach((table) => {
  table.dataset.started = "yes";
  start(table);
});
startAll();
document.addEventListener("htmx:afterSwap", startAll);
