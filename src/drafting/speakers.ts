import { asks } from "./asking.ts";
import { isPageLine } from "./furniture.ts";
import type { Line } from "./line.ts";

/** So many of the answers begin with the name of whoever answers. */
const MOST_HAVE = 0.5;

/** Who speaks, or what part begins, before a colon or in brackets at the margin: 面试官：, 【题目】. */
const LABEL = /^(?:【([^】]{1,8})】|([\p{L}]{1,16})\s?[:：](?!\/\/))\s*(?=\S)/u;

/** The label without its number: 议题一 and 议题二 are alike. */
export const labelOf = (text: string): string | null => {
  const match = LABEL.exec(text);
  const label = match?.[1] ?? match?.[2] ?? null;
  return label?.replace(/\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})$/u, "") || label;
};

/** A question's words without the label that stands before all of them. */
export const withoutLabel = (line: Line): Line => ({ ...line, text: line.text.replace(LABEL, "") });

/** What a speaker says before asking. */
const INTERJECTION =
  /^(?:(?:great|ok(?:ay)?|good|right|well|so|and|then|now|thanks|i see|好的?|嗯+|那么?|行|对|明白|接下来|下一个问题)[,，.。!！、\s]{1,3}){1,3}/iu;
export const asksAfterLabel = (text: string): boolean =>
  asks(text.replace(LABEL, "").replace(INTERJECTION, ""));

/**
 * Lines without the label of whoever answers, where the first line of most answers has the same.
 *
 * @param bodies the lines below each question
 */
export function withoutSpeaker(bodies: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const count = new Map<string, number>();
  for (const body of bodies) {
    const first = body.find((line) => line.kind === "text" && !isPageLine(line));
    const label = first === undefined ? null : labelOf(first.text);
    if (label !== null) count.set(label, (count.get(label) ?? 0) + 1);
  }
  const [speaker, times] = [...count].sort((one, other) => other[1] - one[1])[0] ?? ["", 0];
  if (times < 2 || times / bodies.length < MOST_HAVE) return bodies;
  return bodies.map((body) =>
    body.map((line) => (line.kind === "text" && labelOf(line.text) === speaker ? withoutLabel(line) : line)),
  );
}
