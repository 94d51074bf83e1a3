// Tabler cut down to what the pages use, then our layer, as one file per face of the product.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";
import { MODULES, WEB } from "./paths.mjs";

const TABLER = join(MODULES, "@tabler/core/dist/css/tabler.css");
const TARGET = ["chrome80", "firefox78", "safari13"];

/** Classes, ids and tags a text may bring into a page: every word, as PurgeCSS reads them. */
const words = (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [];

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

async function purge(css, sources) {
  const [result] = await new PurgeCSS().purge({
    content: sources.map(({ text }) => ({ raw: text, extension: "txt" })),
    css: [{ raw: css }],
    extractors: [{ extractor: words, extensions: ["txt"] }],
    safelist: { standard: ["html", "body", ":root"] },
    variables: true,
    keyframes: true,
  });
  return result.css;
}

/**
 * @param {string} entry  file in styles/
 * @param {{path: string, text: string}[]} sources  what the face of the product may contain
 */
export async function makeStyles(entry, sources) {
  const tabler = await readFile(TABLER, "utf8");
  const ours = await bundle(entry);
  const css = await purge(`${tabler}\n${ours}`, sources);
  return (await transform(css, { loader: "css", minify: true, target: TARGET, legalComments: "none" })).code;
}
