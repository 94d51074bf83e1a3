// What every page carries: htmx and the small habits of the product. Each degrades to plain HTML.
import "./htmx.js";
import "./autosave.js";
import "./busy.js";
import "./copy.js";
import "./drop.js";
import "./menus.js";
import "./pages.js";
import "./toasts.js";
