// File drop. With an address each file is sent at once and its row shows how far it got; without one the chosen
// names are listed and the files travel with the form.

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

function rowFor(zone, file) {
  const row = zone.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  zone.querySelector(".files").append(row);
  return row;
}

function refuse(zone, row, sentence) {
  row.classList.add("bad");
  row.querySelector("small").textContent = sentence;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "link";
  again.textContent = zone.dataset.again;
  again.addEventListener("click", () => {
    row.remove();
    zone.querySelector("input[type=file]").click();
  });
  row.querySelector("[data-percent]").replaceWith(again);
}

function send(zone, file) {
  const row = rowFor(zone, file);
  const request = new XMLHttpRequest();
  request.open("POST", zone.dataset.upload);
  request.setRequestHeader("Accept", "text/html, application/problem+json");
  request.setRequestHeader("X-Fragment", "true");
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("X-CSRFToken", token());
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.round((event.loaded / event.total) * 100);
    row.querySelector("progress").value = percent;
    row.querySelector("[data-percent]").textContent = `${percent} %`;
  });
  request.addEventListener("error", () => refuse(zone, row, zone.dataset.failed));
  request.addEventListener("load", () => {
    if (request.status < 300) {
      row.outerHTML = request.responseText;
      zone.dispatchEvent(new CustomEvent("ts:filed", { bubbles: true }));
      return;
    }
    refuse(zone, row, sentenceOf(request) || zone.dataset.failed);
  });
  const form = new FormData();
  form.append("file", file);
  request.send(form);
}

function sentenceOf(request) {
  const kind = request.getResponseHeader("Content-Type") ?? "";
  if (kind.includes("json")) return JSON.parse(request.responseText).detail;
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  return answer.querySelector("[data-toast] span")?.textContent;
}

function list(zone, files) {
  const rows = zone.querySelector(".files");
  rows.replaceChildren();
  for (const file of files) {
    const row = rowFor(zone, file);
    row.querySelector("small").textContent = "";
    row.querySelector("[data-percent]").remove();
  }
}

function start(zone) {
  const input = zone.querySelector("input[type=file]");
  const box = zone.querySelector(".drop");
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, () => box.classList.add("over"));
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("over"));
  input.addEventListener("change", () => {
    if (!zone.dataset.upload) return list(zone, input.files);
    for (const file of input.files) send(zone, file);
    input.value = "";
  });
}

const startAll = (root) => root.querySelectorAll("[data-drop]:not([data-started])").forEach((zone) => {
  zone.dataset.started = "yes";
  start(zone);
});
startAll(document);
document.addEventListener("htmx:afterSwap", () => startAll(document));
