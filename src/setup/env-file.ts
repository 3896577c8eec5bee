import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Refusal } from "#core/refusal";

/** Values that need no quotes and mean themselves to every reader of such files. */
const plain = /^[\w./:+-]*$/;

/** Sets variables in the text of an environment file; every other line stays as it is. */
function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const left = new Map(Object.entries(variables));
  const written = lines.flatMap((line) => {
    const name = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
    if (name === undefined || !Object.hasOwn(variables, name)) return [line];
    const value = left.get(name);
    // Of a variable that is set twice the last would count.
    if (value === undefined) return [];
    left.delete(name);
    return [`${name}=${value}`];
  });
  const added = [...left].map(([name, value]) => `${name}=${value}`);
  return `${[...written, ...added].join("\n")}\n`;
}

/**
 * Writes variables into an environment file, which from then on only its owner can read.
 *
 * @throws Refusal where the file cannot be written; it is then as it was
 */
function writeVariables(file: string, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!plain.test(value)) throw new Error(`the value of ${name} does not fit an environment file`);
  }
  const draft = `${file}.new`;
  try {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    writeFileSync(draft, withVariables(text, variables), { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Refusal((say) => say.setup.unwritable(file), { cause: error });
  }
}

/**
 * As `writeVariables`; where nothing can be written, as in a container, that is no trouble if all of it is set already.
 *
 * @returns whether the file was written
 */
export function keepVariables(
  file: string,
  variables: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  try {
    writeVariables(file, variables);
    return true;
  } catch (error) {
    const isSet = Object.entries(variables).every(([name, value]) => (environment[name] ?? "") === value);
    if (!(error instanceof Refusal) || !isSet) throw error;
    return false;
  }
}
