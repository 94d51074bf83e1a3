// The desk: command palette, keys on rows, acts on many, panes as tabs on a phone.
import "./palette.js";
import "./rows.js";
import "./panes.js";
import "./pile.js";
