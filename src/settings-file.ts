import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Refusal } from "#core/refusal";

/** Where settings may stand beside the program. */
export const SETTINGS_FILE = ".env";

/** What Windows editors put before the first name, which Node would take for a part of it. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * The text of a file with settings; null where there is none.
 *
 * @throws Refusal where it is a folder, is not to be read, or is not text in UTF-8
 */
export function settingsText(file: string): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new Refusal(
      (say) => (code === "EISDIR" ? say.start.envFolder(file) : say.start.envUnreadable(file)),
      {
        cause: error,
      },
    );
  }
  // Windows PowerShell writes UTF-16, in which every other byte of a name is 0.
  if (bytes.includes(0)) throw new Refusal((say) => say.start.envEncoding(file));
  const text = bytes.toString("utf8");
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/**
 * Takes settings out of a file; what is set already counts more.
 *
 * @throws Refusal as `settingsText`
 */
export function loadSettings(
  environment: Record<string, string | undefined> = process.env,
  file = SETTINGS_FILE,
): void {
  const text = settingsText(file);
  if (text === null) return;
  for (const [name, value] of Object.entries(parseEnv(text))) environment[name] ??= value;
}

/** Names that a text of settings sets more than once. */
export function namesTwiceIn(text: string): readonly string[] {
  const names = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,99})[ \t]*=/gm)].map(
    ([, name = ""]) => name,
  );
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}
