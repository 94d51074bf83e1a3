// Open menus close on Escape, on a press elsewhere, and when the keyboard leaves them.

const openMenus = () => document.querySelectorAll("details.ts-drop[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
