// Command palette: Ctrl K or / opens it; records and places come from the server, acts from the page itself
// (every element with data-key). ">" in front of the words keeps to the acts.
import { hasModifier, isWriting } from "./keys.js";

const PAUSE = 120;
const MARKS = /[\u0300-\u036f]/g;
const fold = (text) => text.normalize("NFKD").replace(MARKS, "").replace(/[đĐ]/g, "d").toLowerCase().trim();

function labelOf(source) {
  const bare = source.cloneNode(true);
  bare.querySelectorAll("kbd").forEach((key) => key.remove());
  return (source.dataset.act ?? source.getAttribute("aria-label") ?? bare.textContent).trim();
}

function start(dialog) {
  const input = dialog.querySelector("input[name=q]");
  const list = dialog.querySelector(".pal-list");
  const heading = dialog.querySelector("template[data-palette-acts]");
  let timer;
  let lastAsked = 0;

  const rows = () => [...list.querySelectorAll(".pal-r")];
  function mark(row) {
    for (const other of rows()) {
      other.classList.toggle("on", other === row);
      other.setAttribute("aria-selected", String(other === row));
    }
    if (!row) return input.removeAttribute("aria-activedescendant");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  function acts(words) {
    const part = document.createDocumentFragment();
    for (const source of document.querySelectorAll("[data-key]")) {
      const label = labelOf(source);
      if (source.closest("dialog, [hidden]") || !words.every((word) => fold(label).includes(word))) continue;
      if (!part.childNodes.length) part.append(heading.content.cloneNode(true));
      const row = document.createElement("button");
      row.type = "button";
      row.className = "pal-r";
      const icon = source.querySelector(".ts-i")?.cloneNode(true) ?? document.createElement("span");
      const text = document.createElement("span");
      const name = document.createElement("b");
      name.textContent = label;
      text.append(name);
      const key = document.createElement("kbd");
      key.className = "ts-kbd";
      key.textContent = source.dataset.key.toUpperCase();
      row.append(icon, text, key);
      row.addEventListener("click", () => {
        dialog.close();
        source.click();
      });
      part.append(row);
    }
    return part;
  }

  function settle() {
    rows().forEach((row, index) => {
      row.id = `pal-${index}`;
      row.setAttribute("role", "option");
    });
    mark(rows()[0]);
  }

  async function ask() {
    const typed = input.value;
    const isActsOnly = typed.trimStart().startsWith(">");
    const words = fold(typed.replace(">", "")).split(/\s+/).filter(Boolean);
    const own = acts(words);
    if (isActsOnly) {
      list.replaceChildren(own);
      return settle();
    }
    const asked = ++lastAsked;
    const answer = await fetch(`${dialog.dataset.palette}?q=${encodeURIComponent(typed)}`, {
      headers: { "X-Fragment": "true" },
    });
    if (asked !== lastAsked || !answer.ok) return;
    const html = document.createElement("template");
    html.innerHTML = await answer.text();
    const places = html.content.querySelector("[data-places]");
    list.replaceChildren(html.content);
    if (places) list.insertBefore(own, list.querySelector("[data-places]"));
    else list.append(own);
    settle();
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector(".pal-r.on")?.click();
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = rows();
    const now = all.findIndex((row) => row.classList.contains("on"));
    mark(all[(now + step + all.length) % all.length]);
  });
  list.addEventListener("mousemove", (event) => {
    const row = event.target.closest(".pal-r");
    if (row && !row.classList.contains("on")) mark(row);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette-open]")) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (event.key === "/" && !hasModifier(event) && !isWriting(event)) {
      event.preventDefault();
      open();
    }
  });
}

const dialog = document.querySelector("dialog[data-palette]");
if (dialog) start(dialog);

// A single letter does the act that carries it: data-key="E" on the button or link.
document.addEventListener("keydown", (event) => {
  if (hasModifier(event) || isWriting(event) || document.querySelector("dialog[open]")) return;
  const wanted = event.key.length === 1 ? event.key.toUpperCase() : "";
  const source = wanted && document.querySelector(`[data-key="${CSS.escape(wanted)}" i]:not([disabled], [hidden] *)`);
  if (!source || source.closest("[hidden]")) return;
  event.preventDefault();
  source.click();
});
