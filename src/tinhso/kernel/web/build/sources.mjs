// Every file of the package that may name a class or an icon.
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { PACKAGE } from "./paths.mjs";

const SKIPPED = new Set(["node_modules", "__pycache__", "static", "migrations", "tests", "locale", "build"]);

async function* walk(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* walk(path);
    } else if (/\.(html|py|js|svg)$/.test(entry.name)) {
      yield path;
    }
  }
}

/** @returns {Promise<{path: string, text: string}[]>} in the order of their paths */
export async function readSources() {
  const found = [];
  for await (const path of walk(PACKAGE)) {
    found.push({ path: relative(PACKAGE, path), text: await readFile(path, "utf8") });
  }
  return found;
}
