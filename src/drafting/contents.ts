import { asks } from "./asking.ts";
import type { Line } from "./line.ts";

/** A table of contents stands near one of a document's ends. */
const NEAR = 400;
const LONGEST = 160;
const FEWEST_ENTRIES = 2;
const MOST_TITLES = 0.5;

/** A title as it may be written twice: without its page number, marks and spaces. */
const letters = (text: string): string =>
  text
    .replace(/(?:\s|\.|…|·){1,40}\d{1,4}$/u, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

const mayBeEntry = ({ kind, text }: Line): boolean =>
  (kind === "item" || kind === "heading" || kind === "text") && text.length <= LONGEST;

/** Runs of neighbouring lines of which each has a twin somewhere in the document. */
function runsOfTwins(
  lines: readonly Line[],
  twins: ReadonlyMap<string, readonly number[]>,
): readonly number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.kind === "blank" || line.kind === "furniture") continue;
    const isNear = at < NEAR || at >= lines.length - NEAR;
    const key = isNear ? letters(line.text) : "";
    const isTwin = isNear && mayBeEntry(line) && (twins.get(key)?.length ?? 0) > 1;
    const last = lines[run.at(-1) ?? -1];
    const goesOn =
      isTwin &&
      (last === undefined || (last.kind === "heading") === (line.kind === "heading")) &&
      !run.some((other) => letters(lines[other]?.text ?? "") === key);
    if (!goesOn) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (isTwin) run.push(at);
  }
  if (run.length > 0) runs.push(run);
  return runs.filter(({ length }) => length >= FEWEST_ENTRIES);
}

/** Lines with the entries of a table of contents as furniture: titles in a row that stand apart elsewhere. */
export function withoutContents(lines: readonly Line[]): readonly Line[] {
  const twins = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    if ((at >= NEAR && at < lines.length - NEAR) || !mayBeEntry(line)) continue;
    const key = letters(line.text);
    if (key.length > 4) twins.set(key, []);
  }
  for (const [at, line] of lines.entries()) {
    const isNear = at < NEAR || at >= lines.length - NEAR;
    // Far from both ends only titles count, and there are many other lines.
    const isTitle = line.kind === "heading" || line.bold || /[?？]$/u.test(line.text);
    if (mayBeEntry(line) && (isNear || isTitle)) twins.get(letters(line.text))?.push(at);
  }
  const runs = runsOfTwins(lines, twins);
  const inRuns = new Set(runs.flat());
  const entries = new Set(
    runs.flatMap((run) => {
      const listed = run.filter((at) =>
        twins.get(letters(lines[at]?.text ?? ""))?.some((twin) => !inRuns.has(twin)),
      );
      const titles = listed.filter((at) => isTitleElsewhere(at, lines, twins));
      const isContents =
        listed.length >= FEWEST_ENTRIES &&
        listed.length / run.length >= MOST_TITLES &&
        titles.length / listed.length >= MOST_TITLES;
      return isContents ? run : [];
    }),
  );
  if (entries.size === 0) return lines;
  return lines.map((line, at) => (entries.has(at) ? { ...line, kind: "furniture", level: 0 } : line));
}

function isTitleElsewhere(
  at: number,
  lines: readonly Line[],
  twins: ReadonlyMap<string, readonly number[]>,
): boolean {
  const text = lines[at]?.text ?? "";
  return (
    asks(text) ||
    (twins.get(letters(text)) ?? []).some((twin) => {
      const other = lines[twin];
      return twin !== at && other !== undefined && (other.kind === "heading" || other.bold);
    })
  );
}
