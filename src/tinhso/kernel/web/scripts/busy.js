// A form goes once. The button keeps its width, turns its ring and says what is being done:
//   <button class="btn btn-primary" data-busy="Đang nộp…">Nộp hồ sơ</button>

const buttonOf = (form, submitter) => submitter ?? form.querySelector("button[type=submit], button:not([type])");

export function begin(button) {
  if (!button || button.dataset.label !== undefined) return;
  button.dataset.label = button.innerHTML;
  button.setAttribute("aria-busy", "true");
  if (!button.dataset.busy) return;
  button.style.minWidth = `${button.offsetWidth}px`;
  const ring = document.createElement("span");
  ring.className = "ts-spin";
  button.replaceChildren(ring, button.dataset.busy);
}

export function end(button) {
  if (!button || button.dataset.label === undefined) return;
  button.innerHTML = button.dataset.label;
  button.removeAttribute("aria-busy");
  button.style.minWidth = "";
  delete button.dataset.label;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.sending) {
    if (form.dataset.sending) event.preventDefault();
    return;
  }
  if (form.method.toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
  // What opens beside the page leaves it as it was.
  if (event.submitter?.formTarget === "_blank") return;
  form.dataset.sending = "yes";
  // After the browser has taken the pressed button's value into the form.
  setTimeout(() => begin(buttonOf(form, event.submitter)));
});

// The page comes back from the browser's memory as it was left: let it be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-busy]").forEach(end);
  }
});

const sender = (event) => {
  const source = event.detail.elt;
  return source.matches("form") ? buttonOf(source, event.detail.requestConfig?.triggeringEvent?.submitter) : source;
};
document.addEventListener("htmx:beforeRequest", (event) => {
  const button = sender(event);
  if (button?.getAttribute("aria-busy") === "true") event.preventDefault();
  else if (button?.matches("button")) begin(button);
});
document.addEventListener("htmx:afterRequest", (event) => end(sender(event)));
