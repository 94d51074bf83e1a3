import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const BUILD = dirname(fileURLToPath(import.meta.url));
export const WEB = resolve(BUILD, "..");
export const PACKAGE = resolve(WEB, "../..");
export const ROOT = resolve(PACKAGE, "../..");
export const MODULES = resolve(ROOT, "node_modules");
export const OUT = resolve(WEB, "static/built");
