// htmx under a strict content policy: no style it adds, nothing it evaluates, no page kept in local storage.
import htmx from "htmx.org/dist/htmx.esm.js";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
// A page kept in the browser would outlive the session on a shared machine.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// A refusal names its own place, the corner of toasts; any other failure leaves the page as it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400) event.detail.shouldSwap = xhr.getResponseHeader("HX-Retarget") !== null;
});
