import { endsAsking } from "./asking.ts";
import { isIdle, isSmallTalk } from "./furniture.ts";
import type { Line } from "./line.ts";
import { lengthOf } from "./sentences.ts";

/** `Ana: …`, who says something. */
const SPEECH = /^([\p{L}][\p{L}\p{N}_. 「」『』“”"-]{0,23}?)\s?[:：]\s*(?=\S)/u;
/** Who says what stands below, and when: `Ana  10:03 AM`, `张三 2026-03-02 10:01`. */
const SPEAKER_ABOVE =
  /^([\p{L}][\p{L}\p{N}_. -]{0,23}?)[\s,，|·]{1,4}[[(（]?(?:(?:\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?|today|yesterday|今天|昨天|上午|下午)[\s,]{0,3}){0,2}(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?[\])）]?$/iu;
const MOST_SPEECH = 0.6;
/** Where one of them asks so much of what is asked, it is an interview. */
const MOST_ASKED = 0.75;
const FEWEST_LINES = 2;
/** Shorter questions ask back: 真的吗？ */
const SHORTEST_QUESTION = 5;

interface Said {
  readonly at: number;
  readonly speaker: string;
  readonly text: string;
}

const speakerOf = (text: string): string | null => SPEECH.exec(text)?.[1]?.trim() ?? null;

/** Lines below a line that names who speaks, as lines that begin with the name. */
function withNames(lines: readonly Line[]): readonly Line[] {
  const above = lines.map(({ kind, text, level }) =>
    (kind === "text" || kind === "item") && level === 0
      ? (SPEAKER_ABOVE.exec(text)?.[1]?.trim() ?? null)
      : null,
  );
  if (above.filter((name) => name !== null).length <= FEWEST_LINES) return lines;
  let name: string | null = null;
  return lines.map((line, at): Line => {
    const named = above[at] ?? null;
    if (named !== null) {
      name = named;
      return { ...line, kind: "furniture" };
    }
    const isFirst = name !== null && (line.kind === "text" || line.kind === "item");
    const words = isFirst ? `${name}: ${line.text}` : line.text;
    if (isFirst) name = null;
    return words === line.text ? line : { ...line, kind: "text", marker: null, text: words };
  });
}

/**
 * A conversation of several people as marked questions and answers. Where only one of them asks, it is an interview,
 * which needs no such help.
 */
export function withTranscript(lines: readonly Line[]): readonly Line[] {
  const named = withNames(lines);
  const filled = named.filter(({ kind }) => kind === "text" || kind === "item" || kind === "heading").length;
  const said: Said[] = named.flatMap((line, at) => {
    const speaker = line.kind === "text" && line.indent <= 1 ? speakerOf(line.text) : null;
    return speaker === null ? [] : [{ at, speaker, text: line.text.replace(SPEECH, "") }];
  });
  if (said.length / Math.max(1, filled) < MOST_SPEECH) return lines;
  const times = Map.groupBy(said, ({ speaker }) => speaker);
  const isTalk = [...times.values()].filter(({ length }) => length >= FEWEST_LINES);
  const asking = said.filter(({ text }) => endsAsking(text) && lengthOf(text) >= SHORTEST_QUESTION);
  const askers = new Set(asking.map(({ speaker }) => speaker));
  if (isTalk.length < 2 || asking.length < FEWEST_LINES) return lines;
  const isInterview = [...askers].some((asker) => {
    const asked = asking.filter(({ speaker }) => speaker === asker).length;
    return asked / asking.length >= MOST_ASKED && asked * 2 >= (times.get(asker)?.length ?? 0);
  });
  if (isInterview && isTalk.length === 2 && named === lines) return lines;
  const ask = new Set(asking);
  const told = said.filter(({ text }) => !isSmallTalk(text));
  const questions = new Set(
    told.filter((one, index) => {
      const next = told[index + 1];
      const isAnswered = next !== undefined && next.speaker !== one.speaker && !ask.has(next);
      return ask.has(one) && (isAnswered || isIdle(one.text));
    }),
  );
  // Whoever leads through a talk neither asks nor is asked.
  const replying = new Set(
    told.flatMap((one, index) => (questions.has(one) ? (told[index + 1]?.speaker ?? []) : [])),
  );
  const byPlace = new Map(said.map((one) => [one.at, one]));
  let asker: string | null = null;
  return named.map((line, at): Line => {
    const one = byPlace.get(at);
    if (one === undefined) return line;
    if (questions.has(one)) {
      asker = one.speaker;
      return { ...line, kind: "item", marker: { style: "asked", value: null, depth: 1 }, text: one.text };
    }
    // What whoever asked says next is no answer.
    const isAside =
      one.speaker === asker || !replying.has(one.speaker) || isSmallTalk(one.text) || lengthOf(one.text) < 2;
    return isAside
      ? { ...line, kind: "furniture" }
      : { ...line, kind: "item", marker: { style: "•", value: null, depth: 1 }, lead: null, text: one.text };
  });
}
