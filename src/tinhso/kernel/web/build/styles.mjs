// Tabler cut down to what the pages use, then our layer, as one file per face of the product.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";
import { MODULES, WEB } from "./paths.mjs";

const TABLER = join(MODULES, "@tabler/core/dist/css/tabler.css");
const TARGET = ["chrome80", "firefox78", "safari13"];

const ATTRIBUTES = ["href", "type", "disabled", "readonly", "multiple", "size", "hidden", "class", "title", "open"];

/**
 * Tags and class names a template may bring into a page. Prose and Python are left out: the word "card" in a
 * docstring would otherwise keep Tabler's whole card.
 */
function marks(text) {
  const plain = text.replace(/\{[%{][^%}]*[%}]\}/g, (tag) => ` ${(tag.match(/['"][^'"]*['"]/g) ?? []).join(" ").replace(/['"]/g, " ")} `);
  const tags = [...plain.matchAll(/<([a-z][a-z0-9]*)/g)].map((hit) => hit[1]);
  const classes = [...plain.matchAll(/class="([^"]*)"/g)].flatMap((hit) => hit[1].split(/\s+/));
  return { tags, classes, ids: [], undetermined: [], attributes: { names: ATTRIBUTES, values: [] } };
}

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(WEB, "styles", entry)],
    bundle: true,
    write: false,
    external: ["*.woff2", "*.svg"],
    logLevel: "error",
  });
  return result.outputFiles[0].text;
}

/** Tabler declares hundreds of custom properties; one that nothing reads is only weight. Ours follow in the text. */
function dropUnusedVariables(css) {
  for (;;) {
    const read = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((hit) => hit[1]));
    const kept = css.replace(/(--tblr-[\w-]+)\s*:[^;{}]*;?/g, (text, name) => (read.has(name) ? text : ""));
    if (kept === css) return css;
    css = kept;
  }
}

async function takeFromTabler(ours, sources) {
  const tabler = await readFile(TABLER, "utf8");
  const templates = sources.filter(({ path }) => path.endsWith(".html"));
  const [result] = await new PurgeCSS().purge({
    content: templates.map(({ text }) => ({ raw: text, extension: "html" })),
    css: [{ raw: tabler }],
    extractors: [{ extractor: marks, extensions: ["html"] }],
    safelist: { standard: ["html", "body", ":root"] },
    keyframes: true,
  });
  return dropUnusedVariables(`${result.css}\n${ours}`);
}

/**
 * @param {string} entry  file in styles/
 * @param {{path: string, text: string}[]} sources  what the face of the product may contain
 */
export async function makeStyles(entry, sources) {
  const css = await takeFromTabler(await bundle(entry), sources);
  return (await transform(css, { loader: "css", minify: true, target: TARGET, legalComments: "none" })).code;
}
