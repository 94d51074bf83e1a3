// Makes static/built from styles, scripts, assets and the packages. Same tree in, same bytes out.
//   npm run build            once
//   npm run watch            again on every change
import { watch } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";
import { makeSprite } from "./icons.mjs";
import { BUILD, MODULES, OUT, PACKAGE, WEB } from "./paths.mjs";
import { readSources } from "./sources.mjs";
import { makeStyles } from "./styles.mjs";

const FONTS = join(MODULES, "@fontsource/be-vietnam-pro");
/** @tabler/core ships its MIT notice only as a comment in the style sheet. */
const LICENCES = {
  "@tabler/core": join(BUILD, "tabler-licence.txt"),
  "@tabler/icons": join(MODULES, "@tabler/icons/LICENSE"),
  "htmx.org": join(MODULES, "htmx.org/LICENSE"),
  "Be Vietnam Pro, Tinh So Figures": join(FONTS, "LICENSE"),
};

/** The citizen's pages carry no desk; the kit page, which shows everything, has a sheet of its own. */
const FACES = {
  "citizen.css": (path) => !path.endsWith("web/kit.html") && !path.includes("/desk/"),
  "desk.css": (path) => !path.endsWith("web/kit.html"),
  "kit.css": () => true,
};

async function copyAssets(out) {
  for (const name of ["drum.svg", "star.svg", "band.svg", "check.svg", "favicon.svg"]) {
    await cp(join(WEB, "assets", name), join(out, name));
  }
  for (const weight of [400, 500, 600]) {
    await cp(join(BUILD, "figures", `figures-${weight}.woff2`), join(out, `figures-${weight}.woff2`));
    for (const subset of ["vietnamese", "latin"]) {
      const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      await cp(join(FONTS, "files", name), join(out, `bvp-${subset}-${weight}.woff2`));
    }
  }
}

async function makeScripts(out) {
  await bundle({
    entryPoints: ["app", "desk"].map((name) => join(WEB, "scripts", `${name}.js`)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020"],
    nodePaths: [MODULES],
    legalComments: "none",
    logLevel: "error",
  });
}

async function makeLicences(out) {
  const texts = [];
  for (const [name, path] of Object.entries(LICENCES)) {
    texts.push(`${name}\n\n${await readFile(path, "utf8")}`);
  }
  await writeFile(join(out, "licences.txt"), texts.join("\n\n----\n\n"));
}

async function run() {
  const started = Date.now();
  const out = await mkdtemp(join(MODULES, ".web-"));
  await chmod(out, 0o755);
  try {
    await make(out);
    await rm(OUT, { recursive: true, force: true });
    await mkdir(dirname(OUT), { recursive: true });
    await rename(out, OUT);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
  console.log(`web: static/built made in ${Date.now() - started} ms`);
}

async function make(out) {
  const sources = await readSources();
  await writeFile(join(out, "icons.svg"), await makeSprite(sources));
  await Promise.all(
    Object.entries(FACES).map(async ([name, belongs]) => {
      const css = await makeStyles(name, sources.filter(({ path }) => belongs(path)));
      await writeFile(join(out, name), css);
    }),
  );
  await makeScripts(out);
  await copyAssets(out);
  await makeLicences(out);
}

await run();

if (process.argv.includes("--watch")) {
  let timer;
  watch(PACKAGE, { recursive: true }, (_, name) => {
    if (!/\.(html|py|js|css|svg)$/.test(name ?? "") || name.includes("static/built")) return;
    clearTimeout(timer);
    timer = setTimeout(() => run().catch((error) => console.error(error.message)), 150);
  });
}
