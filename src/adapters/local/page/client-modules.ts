import { readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { answerBeside } from "#src/beside";

// A process of its own: what strips types takes 40 MB, which are given back when the process ends, and a tenth of a
// second, in which the program opens its data file.

/** Served path → the module's JavaScript. */
export interface ClientModules {
  /** What the page loads, from its entry on. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Runs before the page is drawn, and imports nothing. */
  readonly theme: string;
}

const require = createRequire(import.meta.url);

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Served path → where the module stands. What is not reached by an import is never served. */
const modulePath = (served: string): string =>
  served.startsWith("/core/")
    ? require.resolve(served.replace("/core/", "#core/").replace(/\.ts$/, ""))
    : here(`./${served.slice(1)}`);

const importSpecifier = /(?<=\bfrom\s*")[^"\n]+(?=")/g;

/** Blanks that stood for types: nobody reads them in a browser, and lines keep their numbers. */
const withoutTypes = (path: string): string =>
  stripTypeScriptTypes(readFileSync(path, "utf8")).replace(/[ \t]+$/gm, "");

function modulesFrom(entry: string): Map<string, string> {
  const modules = new Map<string, string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    const from = path;
    const text = withoutTypes(modulePath(path)).replace(importSpecifier, (specifier) => {
      const target = specifier.startsWith("#core/")
        ? `/core/${specifier.slice("#core/".length)}.ts`
        : posix.join(posix.dirname(from), specifier);
      waiting.push(target);
      return target;
    });
    modules.set(path, text);
  }
  return modules;
}

answerBeside(
  (entry: string): ClientModules => ({
    scripts: modulesFrom(entry),
    theme: withoutTypes(here("./client/theme.ts")),
  }),
);
