// <button data-copy="H25.12-261118-0041" data-copied="Đã chép">: copies, and says so for two seconds.

// Browsers give the clipboard to secure pages only.
if (!navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = true;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  await navigator.clipboard.writeText(button.dataset.copy);
  const before = button.getAttribute("aria-label");
  button.setAttribute("aria-label", button.dataset.copied ?? "");
  button.classList.add("is-done");
  setTimeout(() => {
    if (before === null) button.removeAttribute("aria-label");
    else button.setAttribute("aria-label", before);
    button.classList.remove("is-done");
  }, 2000);
});
