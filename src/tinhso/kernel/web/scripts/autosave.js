// A form keeps itself: <form data-autosave="/to-khai/…/luu"> and one sign on the page,
//   <span class="saved" role="status" data-saved="Đã lưu lúc {time}" data-saving="…" data-unsaved="…"><span data-text>
// What is typed stays in this tab until the server has it: sent a moment after the last key, again and again while
// the line is down, and put back after a reload. The answer is JSON {"saved_at": "14:05"}; a refusal is problem+json.
import { begin, end } from "./busy.js";

const PAUSE = 1000;
const SLOW = 800;
const PATIENCE = 20000;
const RETRIES = [3000, 6000, 15000, 30000];
const SHELF = "tinhso:draft:";

/** Session storage is the tab's own and ends with it; in a private window it may be refused. */
const shelf = {
  read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(SHELF + key) ?? "null");
    } catch {
      return null;
    }
  },
  keep(key, entries) {
    try {
      sessionStorage.setItem(SHELF + key, JSON.stringify(entries));
    } catch {
      // Full or refused: the page itself still holds what was typed.
    }
  },
  drop(key) {
    try {
      sessionStorage.removeItem(SHELF + key);
    } catch {
      // Nothing was kept.
    }
  },
};

const isToken = (name) => name === "csrfmiddlewaretoken";
/** Files travel with the form itself. */
const typedIn = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

function putBack(form, entries) {
  const told = new Map();
  for (const [name, value] of entries) told.set(name, [...(told.get(name) ?? []), value]);
  for (const box of form.elements) {
    if (!box.name || isToken(box.name) || box.type === "file" || box.type === "submit" || box.type === "hidden") continue;
    const values = told.get(box.name);
    if (box.type === "checkbox" || box.type === "radio") box.checked = values?.includes(box.value) ?? false;
    else if (values) box.value = values[0];
  }
  // Lists that depend on another list arrive later: the communes of a province.
  form.addEventListener("htmx:afterSwap", ({ target }) => {
    const value = told.get(target.name)?.[0];
    if (value && !target.value) target.value = value;
  });
  for (const box of form.querySelectorAll("select, input[type=radio]:checked")) {
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.sign = document.querySelector("[data-saved]");
    this.isChanged = false;
    this.isSending = false;
    this.failures = 0;
  }

  say(words, tone) {
    if (!this.sign) return;
    this.sign.className = `saved ${tone}`;
    const text = this.sign.querySelector("[data-text]") ?? this.sign;
    // The same words again would be read out again.
    if (text.textContent !== words) text.textContent = words;
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  typed() {
    this.isChanged = true;
    this.failures = 0;
    shelf.keep(this.url, typedIn(this.form).filter(([name]) => !isToken(name)));
    this.later(PAUSE);
  }

  post(options = {}) {
    return fetch(this.url, {
      method: "POST",
      body: new URLSearchParams(typedIn(this.form)),
      headers: { Accept: "application/json" },
      ...options,
    });
  }

  /** Whether the server has everything that was typed. */
  async save() {
    if (this.isSending) return false;
    clearTimeout(this.timer);
    this.isSending = true;
    this.isChanged = false;
    const slow = setTimeout(() => this.say(this.sign?.dataset.saving, "waiting"), SLOW);
    const patience = new AbortController();
    const giveUp = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await this.post({ signal: patience.signal });
      if (answer.ok) await this.told(answer);
      else await this.refused(answer);
    } catch {
      this.failed();
    } finally {
      clearTimeout(slow);
      clearTimeout(giveUp);
      this.isSending = false;
    }
    return !this.isChanged;
  }

  async told(answer) {
    const { saved_at: time } = await answer.json();
    this.failures = 0;
    if (this.isChanged) this.later(PAUSE);
    else shelf.drop(this.url);
    this.say(this.sign?.dataset.saved.replace("{time}", time), "");
  }

  /** Trying again would be refused again: say why, and keep what was typed. */
  async refused(answer) {
    if (answer.status >= 500 || answer.status === 429) return this.failed();
    this.isChanged = true;
    const { detail } = await answer.json().catch(() => ({}));
    this.say(detail ?? this.sign?.dataset.unsaved, "failed");
  }

  failed() {
    this.isChanged = true;
    this.say(this.sign?.dataset.unsaved, "failed");
    this.later(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
  }

  /** The form leaves the page only when nothing typed could be lost on the way. */
  leave(event) {
    if (event.defaultPrevented || (!this.isChanged && !this.isSending && navigator.onLine)) return;
    event.preventDefault();
    if (this.isLeaving) return;
    this.isLeaving = true;
    begin(event.submitter);
    this.settle(event.submitter);
  }

  async settle(submitter) {
    while (this.isSending) await new Promise((resolve) => setTimeout(resolve, 50));
    const isKept = this.isChanged || !navigator.onLine ? await this.save() : true;
    this.isLeaving = false;
    end(submitter);
    if (isKept) (submitter ?? this.form.querySelector("[type=submit]")).click();
  }

  /** The tab is closed or put aside: a last try that outlives the page. */
  flush() {
    if (this.isChanged && !this.isSending) this.post({ keepalive: true }).catch(() => {});
  }

  start() {
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.isChanged && this.later(0));
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.isChanged && this.failures > 0) event.preventDefault();
    });
    const kept = shelf.read(this.url);
    if (!kept) return;
    putBack(this.form, kept);
    this.typed();
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) new Keeper(form).start();
});

// Whoever signs out leaves nothing behind in the tab of a shared machine.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept.
  }
});
