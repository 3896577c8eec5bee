import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { ClientModules } from "./client-modules.ts";

export interface ClientFile {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

export interface Client {
  /** Changes with anything that an old tab could be too old for. */
  readonly build: string;
  readonly files: ReadonlyMap<string, ClientFile>;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/** The modules as JavaScript: types stripped, no bundle. */
export async function readClientModules(): Promise<ClientModules> {
  const worker = new Worker(new URL("./client-modules.ts", import.meta.url), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  // An error in the thread is thrown here.
  const [modules] = await once(worker, "message");
  await worker.terminate();
  return modules as ClientModules;
}

/**
 * Everything that a browser loads, prepared once at the start.
 *
 * @param more what belongs to the build beside the files, like the list of commands
 * @param locale the language of the first visit
 */
export function clientOf({ scripts, theme }: ClientModules, more: string, locale: Locale): Client {
  const styles = ["base", "question", "replies", "around", "screens"].map(
    (name) => [`/style/${name}.css`, read(`./style/${name}.css`)] as const,
  );
  const shell = read("./page.html");
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
