// A toast goes by itself after six seconds (the style sheet sees to it) or when dismissed; errors wait.

function prepare(root) {
  for (const button of root.querySelectorAll?.("[data-toast] [data-dismiss]") ?? []) button.hidden = false;
}
document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:afterSwap", (event) => prepare(event.detail.target.parentElement ?? document));
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove();
});
// A toast that has faded would still be read out again by some screen readers.
document.addEventListener("animationend", (event) => {
  if (event.animationName === "ts-pass") event.target.remove();
});
