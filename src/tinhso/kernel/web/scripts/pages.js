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

// The head of a printed page says when it was printed, in the province's time.
window.addEventListener("beforeprint", () => {
  const isEnglish = document.documentElement.lang === "en";
  const inProvince = (options) =>
    new Intl.DateTimeFormat(isEnglish ? "en-GB" : "vi-VN", { timeZone: "Asia/Ho_Chi_Minh", ...options }).format();
  const time = inProvince({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = inProvince(
    isEnglish
      ? { day: "numeric", month: "short", year: "numeric" }
      : { day: "2-digit", month: "2-digit", year: "numeric" },
  );
  for (const place of document.querySelectorAll("[data-print-time]")) place.textContent = `${time}, ${day}`;
});
