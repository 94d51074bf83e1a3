// What every page carries: htmx and the small habits of the product.
import "./htmx.js";
