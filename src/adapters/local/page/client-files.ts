import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";

export interface ClientFile {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

const require = createRequire(import.meta.url);

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Served path → where the module stands. What is not reached by an import is never served. */
const modulePath = (served: string): string =>
  served.startsWith("/core/")
    ? require.resolve(served.replace("/core/", "#core/").replace(/\.ts$/, ""))
    : here(`./${served.slice(1)}`);

const importSpecifier = /(?<=\bfrom\s*")[^"\n]+(?=")/g;

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/** Blanks that stood for types: nobody reads them in a browser, and lines keep their numbers. */
const withoutTypes = (source: string): string => stripTypeScriptTypes(source).replace(/[ \t]+$/gm, "");

/** The modules that the page loads, from its entry on, as JavaScript. */
function modulesFrom(entry: string): Map<string, string> {
  const modules = new Map<string, string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    const from = path;
    const text = withoutTypes(readFileSync(modulePath(path), "utf8")).replace(
      importSpecifier,
      (specifier) => {
        const target = specifier.startsWith("#core/")
          ? `/core/${specifier.slice("#core/".length)}.ts`
          : posix.join(posix.dirname(from), specifier);
        waiting.push(target);
        return target;
      },
    );
    modules.set(path, text);
  }
  return modules;
}

export interface Client {
  /** Changes with anything that an old tab could be too old for. */
  readonly build: string;
  readonly files: ReadonlyMap<string, ClientFile>;
}

/**
 * Everything that a browser loads, prepared once at the start: types stripped, no bundle.
 *
 * @param more what belongs to the build beside the files, like the list of commands
 * @param locale the language of the first visit
 */
export function loadClient(more: string, locale: Locale): Client {
  const scripts = modulesFrom("/client/main.ts");
  const theme = withoutTypes(readFileSync(here("./client/theme.ts"), "utf8"));
  const styles = ["base", "question", "replies", "around", "screens"].map(
    (name) => [`/style/${name}.css`, readFileSync(here(`./style/${name}.css`), "utf8")] as const,
  );
  const shell = readFileSync(here("./page.html"), "utf8");
  const build = hash([shell, theme, more, ...[...styles, ...scripts].flat()].join("\0"));
  const values: Readonly<Record<string, unknown>> = {
    ...messagesFor(locale).page,
    locale,
    build,
    preloads: [...scripts.keys()].map((path) => `<link rel="modulepreload" href="${path}">`).join("\n    "),
  };
  const html = shell.replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key] ?? ""));
  const file = (type: string, text: string): ClientFile => ({
    type: `${type}; charset=utf-8`,
    text,
    etag: `"${hash(text)}"`,
  });
  return {
    build,
    files: new Map([
      ["/", file("text/html", html)],
      ...styles.map(([path, text]) => [path, file("text/css", text)] as const),
      ["/client/theme.ts", file("text/javascript", theme)],
      ...[...scripts].map(([path, text]) => [path, file("text/javascript", text)] as const),
    ]),
  };
}
