// A draft saves itself: <form data-autosave="/ho-so/…/luu-nhap"> with a <span class="saved" data-saved …> on the page.
// Sends the form a second after the last change; the answer is JSON {"saved_at": "10:31"}. The words come from the
// element: data-saved="Đã lưu nháp", data-saving="Đang lưu…", data-unsaved="Chưa lưu được, sẽ thử lại".

const PAUSE = 1000;
const RETRY = 8000;

function start(form) {
  const sign = document.querySelector("[data-saved]");
  let timer;
  let isSending = false;
  let isChanged = false;

  const say = (word, tone, time = "") => {
    if (!sign) return;
    sign.className = `saved ${tone}`;
    const text = sign.querySelector("[data-text]") ?? sign;
    text.textContent = time ? `${word} ${time}` : word;
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  async function save() {
    if (isSending || form.dataset.sending) return;
    isSending = true;
    isChanged = false;
    say(sign?.dataset.saving, "waiting");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      say(sign?.dataset.saved, "", (await answer.json()).saved_at);
      if (isChanged) later(PAUSE);
    } catch {
      isChanged = true;
      say(sign?.dataset.unsaved, "failed");
      later(RETRY);
    } finally {
      isSending = false;
    }
  }
  form.addEventListener("input", () => {
    isChanged = true;
    later(PAUSE);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !form.dataset.sending) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);
