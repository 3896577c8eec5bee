import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A Lua script as the server is given it. */
export interface Script {
  readonly name: string;
  readonly source: string;
  readonly sha: string;
  /** How many keys and arguments its header lists. */
  readonly keys: number;
  readonly args: number;
}

const FOLDER = new URL("./lua/", import.meta.url);
const COMMON = "common";

const read = (name: string): string => readFileSync(new URL(`${name}.lua`, FOLDER), "utf8");

/** How many lines of a header name `KEYS[n]` or `ARGV[n]`, which must be numbered from 1 without a gap. */
const listed = (header: readonly string[], what: "KEYS" | "ARGV", name: string): number => {
  const numbers = header.flatMap((line) => {
    const number = new RegExp(`^-- ${what}\\[(\\d{1,2})\\] \\S`).exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  if (numbers.some((number, at) => number !== at + 1))
    throw new Error(`lua/${name}.lua lists ${what} as ${numbers.join(", ")}`);
  return numbers.length;
};

/** Reads a script: a shebang, then a header of comments, then the body, before which come the parts it goes with. */
const scriptIn = (name: string): Script => {
  const [shebang = "", ...lines] = read(name).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("--"));
  const header = lines.slice(0, end);
  const [first = ""] = header.filter((line) => !line.startsWith("-- With: "));
  if (!shebang.startsWith("#!lua") || !header.some((line) => line.startsWith("-- Returns ")) || first === "")
    throw new Error(`lua/${name}.lua has no header that says what it does, takes and returns`);
  if (!header.join(" ").includes("One step"))
    throw new Error(`lua/${name}.lua does not say why it is one step`);
  const parts = header.flatMap((line) => /^-- With: ([a-z-]+)$/.exec(line)?.[1] ?? []);
  const source = [
    shebang,
    `local NAME = '${parts.includes("answers") ? "answer" : name}'`,
    ...[COMMON, ...parts].map(read),
    lines.slice(end).join("\n"),
  ].join("\n");
  return {
    name,
    source,
    sha: createHash("sha1").update(source).digest("hex"),
    keys: listed(header, "KEYS", name),
    args: listed(header, "ARGV", name),
  };
};

/** All scripts in the folder by name; a file without a shebang is a part of others. */
export const readScripts = (): ReadonlyMap<string, Script> =>
  new Map(
    readdirSync(FOLDER)
      .map((file) => file.replace(/\.lua$/, ""))
      .filter((name) => read(name).startsWith("#!"))
      .map((name) => [name, scriptIn(name)]),
  );
