/** What a form of the review asks for, where somebody types it behind a command instead. */
const FIELD = /\s(title|statement|aliases|hint1|hint2|hint|text|model|answer)\s{0,2}[=＝]\s{0,2}/gu;
const QUOTED = /^(?:"([\s\S]*)"|“([\s\S]*)”|'([\s\S]*)')$/u;
/** A form has lines; whoever types one line writes them so. */
const LINE_END = /\s{0,3}(?:\\n|\|)\s{0,3}/gu;

/**
 * The fields that were typed behind a step of a review, each up to the next, with or without quotation marks, and the
 * text before them. A bar between sentences begins a new line.
 */
export function typedFields(text: string): {
  readonly rest: string;
  readonly fields: Readonly<Record<string, string>>;
} {
  const marks = /\sop\s{0,2}=/u.test(` ${text}`) ? [...text.matchAll(FIELD)] : [];
  const [first] = marks;
  if (first === undefined) return { rest: text, fields: {} };
  const fields = marks.map(({ 0: mark, 1: name = "", index }, at): [string, string] => {
    const value = text.slice(index + mark.length, marks[at + 1]?.index).trim();
    const quoted = QUOTED.exec(value);
    return [name, (quoted?.[1] ?? quoted?.[2] ?? quoted?.[3] ?? value).replace(LINE_END, "\n")];
  });
  return { rest: text.slice(0, first.index), fields: Object.fromEntries(fields) };
}
