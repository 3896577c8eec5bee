import { endsAsking, mayAsk } from "./asking.ts";
import type { Line } from "./line.ts";

/** So many questions make a list that may do without answers. */
const LIST = 10;
const MOST_ASK = 0.5;

/** A list of nothing but questions, nested or not: a bank without answers. */
export function headsOfList(lines: readonly Line[]): readonly number[] {
  const items = lines.flatMap((line, at) => (line.kind === "item" && mayAsk(line.text) ? [at] : []));
  const asking = items.filter((at) => endsAsking(lines[at]?.text ?? ""));
  const words = lines.filter(({ kind }) => kind === "text" || kind === "item").length;
  return asking.length >= LIST && asking.length / words >= MOST_ASK ? asking : [];
}
