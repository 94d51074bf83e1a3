// Small things of a page: focus on the errors, a password that shows itself, dialogs, the moment of printing.

function focusErrors(root) {
  const summary = root.querySelector?.("[data-focus]");
  if (summary) summary.focus();
}
document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.elt.parentElement ?? document));

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-reveal]");
  if (toggle) {
    const field = document.getElementById(toggle.dataset.reveal);
    const isShown = field.type === "password";
    field.type = isShown ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(isShown));
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens).showModal();
  }
  const closer = event.target.closest("dialog [data-closes]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  if (event.target.matches("dialog.sheet-r, dialog.confirm, dialog.pal")) event.target.close();
  if (event.target.closest("[data-print]")) window.print();
});

// A filter answers as soon as it is chosen.
document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-autosubmit] select")) event.target.form.requestSubmit();
});

// Controls that only a script can serve are hidden until one runs.
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;

window.addEventListener("beforeprint", () => {
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  for (const time of document.querySelectorAll("[data-print-time]")) {
    const day = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "vi-VN", {
      day: document.documentElement.lang === "en" ? "numeric" : "2-digit",
      month: document.documentElement.lang === "en" ? "short" : "2-digit",
      year: "numeric",
    }).format(now);
    time.textContent = `${two(now.getHours())}:${two(now.getMinutes())}, ${day}`;
  }
});
