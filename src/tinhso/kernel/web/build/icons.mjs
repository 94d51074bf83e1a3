// One sprite with only the icons that templates and Python name, and the signs that are ours.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MODULES, WEB } from "./paths.mjs";

const OUTLINE = join(MODULES, "@tabler/icons/icons/outline");
const NAMED = [
  /\{%\s*icon\s+["']([a-z0-9-]+)["']/g,
  /\bicon=["']([a-z0-9-]+)["']/g,
  /["']icon["']:\s*["']([a-z0-9-]+)["']/g,
  /\bicon: str = ["']([a-z0-9-]+)["']/g,
];
const TABLE = /\bICONS?\b[^={]*=\s*\{([^}]*)\}/g;
const VALUE = /:\s*["']([a-z0-9-]+)["']/g;
/** Python calls that may take an icon by position: there any word that is an icon counts. */
const CALLS = /\b(?:MenuItem|SearchHit|TimelineEntry)\(/g;
const WORD = /["']([a-z][a-z0-9-]*)["']/g;

function namesIn(text) {
  const names = NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map((hit) => hit[1]));
  for (const [, body] of text.matchAll(TABLE)) names.push(...[...body.matchAll(VALUE)].map((hit) => hit[1]));
  return names;
}

function* wordsOfCalls(text) {
  for (const call of text.matchAll(CALLS)) {
    let depth = 1;
    let end = call.index + call[0].length;
    while (end < text.length && depth > 0) depth += { "(": 1, ")": -1 }[text[end++]] ?? 0;
    for (const hit of text.slice(call.index, end).matchAll(WORD)) yield hit[1];
  }
}

const isIcon = (name) => existsSync(join(OUTLINE, `${name}.svg`));

function toSymbol(name, svg) {
  const inner = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
}

/** @param {{path: string, text: string}[]} sources */
export async function makeSprite(sources) {
  const signs = (await readFile(join(WEB, "assets/signs.svg"), "utf8")).replace(/\s*\n\s*/g, "");
  const ours = new Set([...signs.matchAll(/<symbol id="([^"]+)"/g)].map((hit) => hit[1]));
  const wanted = new Map();
  for (const { path, text } of sources) {
    const certain = namesIn(text);
    const likely = path.endsWith(".py") ? [...wordsOfCalls(text)].filter(isIcon) : [];
    for (const name of [...certain, ...likely]) if (!ours.has(name) && !wanted.has(name)) wanted.set(name, path);
  }
  const missing = [...wanted].filter(([name]) => !isIcon(name));
  if (missing.length) {
    throw new Error(missing.map(([name, path]) => `${path}: no Tabler outline icon "${name}"`).join("\n"));
  }
  const symbols = [];
  for (const name of [...wanted.keys()].sort()) {
    symbols.push(toSymbol(name, await readFile(join(OUTLINE, `${name}.svg`), "utf8")));
  }
  return signs.replace("</svg>", `${symbols.join("")}</svg>`);
}
