import type { Complete } from "#core/completion";
import type { Locale } from "#core/language";

/** `/settings on zone=上`: the command, its last option and what is typed of it. */
const OPTION_AT_END = /^\/(\S{1,100})\s(?:.*\s)?([^\s=]{1,100})=(\S{0,100})$/u;

type Done = (error: Error | null, found?: [string[], string]) => void;

/**
 * What Tab offers at a prompt: a command's name, or what an option of it could become.
 *
 * @param names of everything that can be typed behind a slash
 * @param complete absent where nothing is known of options
 */
export function completerOf(
  names: readonly string[],
  complete: Complete | undefined,
  locale: () => Locale,
): (line: string, done: Done) => void {
  const offered = async (line: string): Promise<[string[], string]> => {
    const [, command = "", option = "", typed = ""] = OPTION_AT_END.exec(line) ?? [];
    if (option !== "") {
      const found = (await complete?.(command, option, typed, locale())) ?? [];
      return [found.map(({ value }) => value), typed];
    }
    const all = names.map((name) => `/${name} `);
    return [line.startsWith("/") ? all.filter((name) => name.startsWith(line)) : [], line];
  };
  return (line, done) => {
    offered(line).then(
      (found) => done(null, found),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };
}
