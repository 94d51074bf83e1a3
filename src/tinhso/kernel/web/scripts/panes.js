// On a phone the panes of a work screen become tabs: <nav class="seg only-phone-flex" data-panes><a href="#to-khai">.
// Without a script the panes stand one below the other and the links lead down to them.

function show(links, wanted) {
  for (const link of links) {
    const isWanted = link === wanted;
    if (isWanted) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    document.querySelector(link.hash)?.classList.toggle("is-away", !isWanted);
  }
}

for (const nav of document.querySelectorAll("[data-panes]")) {
  const links = [...nav.querySelectorAll("a[href^='#']")];
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    show(links, link);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pane-link]");
    const wanted = link && links.find((one) => one.hash === link.hash);
    if (wanted) show(links, wanted);
  });
  show(links, links.find((link) => link.hasAttribute("aria-current")) ?? links[0]);
}
