import { asks, endsAsking, namesTopic } from "./asking.ts";
import type { Line } from "./line.ts";
import { plainWords } from "./plain-words.ts";

const UNDERLINE = /^([=\-~^"+])\1{2,}$/u;
/** Titles are short; what is longer and underlined is a paragraph above a rule. */
const LONGEST_TITLE = 100;
const ENDS_SENTENCE = /[。；;，,.:：]["”’）)]?$/u;

const isBlank = (line: Line | undefined): boolean => line === undefined || line.kind === "blank";

/**
 * Makes headings of lines that are underlined, and gives a question's mark that stands alone (`Question 3`) the words of
 * the line below it.
 */
export function withTitles(lines: readonly Line[]): readonly Line[] {
  const levels: string[] = ["=", "-"];
  return lines.map((line, at) => {
    const next = lines[at + 1];
    const above = lines[at - 1];
    const under = isBlank(next) ? lines[at + 2] : next;
    const over = isBlank(above) ? lines[at - 2] : above;
    if (
      (line.kind === "text" || line.kind === "item") &&
      next?.kind === "furniture" &&
      isBlank(above) &&
      line.indent === 0 &&
      line.text.length <= LONGEST_TITLE &&
      !ENDS_SENTENCE.test(line.text)
    ) {
      const mark = UNDERLINE.exec(next.text)?.[1];
      if (mark === undefined) return line;
      if (!levels.includes(mark)) levels.push(mark);
      return { ...line, kind: "heading" as const, level: levels.indexOf(mark) + 1 };
    }
    if (next !== undefined && goesOn(line, next)) return { ...line, text: `${line.text} ${next.text}` };
    if (above !== undefined && goesOn(above, line)) return { ...line, kind: "furniture" as const };
    if (
      isLoneMark(line) &&
      under !== undefined &&
      (under.kind === "text" || under.kind === "heading" || under.kind === "item") &&
      under.text.length <= LONGEST_TITLE * 3
    )
      return { ...line, kind: line.level > 0 ? ("heading" as const) : ("item" as const), text: under.text };
    // Its words are the title's now.
    if (over !== undefined && isLoneMark(over) && (line.kind === "text" || line.kind === "heading"))
      return { ...line, kind: "furniture" as const };
    return line;
  });
}

/** Behind a question on its own line: `A: …`, or simply what follows the question mark. */
const MARKED_ANSWER = /^(.{4,260}?)\s+(?:A|Ans|Answer|答|答案)\s?[.:：、]\s*(\S.*)$/su;
const FOLLOWING_ANSWER = /^(.{4,200}?[?？])["”’]?\s*(\p{L}.{11,})$/su;

/** A question and its answer on the two sides of an arrow. */
const ARROW = /^(.{4,90}?)\s?(?:→|⇒|=>|->|⟶)\s?(\S.*)$/su;
const FEWEST_ARROWS = 3;

/** Lines with arrows as questions with answers below them, where most of the lines have one and enough of them ask. */
function withArrows(lines: readonly Line[]): readonly Line[] {
  const isSaid = ({ kind }: Line): boolean => kind === "text" || kind === "item";
  const may = lines.filter((line) => isSaid(line) && /[→⇒⟶]|[=-]>/u.test(line.text)).length;
  if (may < FEWEST_ARROWS || may * 2 < lines.filter(isSaid).length) return lines;
  const split = lines.map((line) => (isSaid(line) ? ARROW.exec(line.text) : null));
  const arrows = split.filter((match) => match !== null);
  const asking = arrows.filter((match) => asks(match[1] ?? "") || namesTopic(match[1] ?? ""));
  if (arrows.length < FEWEST_ARROWS || asking.length * 2 < arrows.length) return lines;
  if (arrows.length * 2 < lines.filter(isSaid).length) return lines;
  return lines.flatMap((line, at): readonly Line[] => {
    const [, question = "", answer = ""] = split[at] ?? [];
    if (question === "") return [line];
    const marker = { style: "asked", value: line.marker?.value ?? null, depth: 1 } as const;
    return [
      { ...line, kind: "item", marker, text: question, lead: null },
      { ...line, kind: "text", level: 0, marker: null, bold: false, lead: null, text: answer },
    ];
  });
}

/** Questions with their answers behind them in one line as questions with answers below them. */
export function withAnswersBelow(given: readonly Line[]): readonly Line[] {
  const lines = withArrows(given);
  const opens = (line: Line): boolean =>
    line.indent <= 1 && line.kind === "item" && line.text.length > 20 && /[?？]|\sA|\s答/u.test(line.text);
  const leads = lines.filter(asksInBold).length > 1;
  if (!leads && !lines.some(opens)) return lines;
  return lines.flatMap((line): readonly Line[] => {
    if (leads && asksInBold(line)) return questionAndAnswer(line, line.lead ?? "");
    if (!opens(line)) return [line];
    const match =
      (line.marker?.style === "asked" ? MARKED_ANSWER.exec(line.text) : null) ??
      FOLLOWING_ANSWER.exec(line.text);
    const [, question = "", answer = ""] = match ?? [];
    if (match === null || /[?？]["”’]?$/u.test(answer)) return [line];
    return [
      { ...line, text: question, lead: null },
      { ...line, kind: "text", level: 0, marker: null, bold: false, lead: null, text: answer },
    ];
  });
}

/** Whether a paragraph begins with a question in bold, and answers it. */
const asksInBold = ({ kind, indent, lead, text }: Line): boolean =>
  lead !== null &&
  (kind === "text" || kind === "item") &&
  indent <= 1 &&
  endsAsking(lead) &&
  text.startsWith(lead);

const questionAndAnswer = (line: Line, question: string): readonly Line[] => [
  { ...line, bold: true, text: question, lead: null, stressed: false },
  {
    ...line,
    kind: "text",
    level: 0,
    marker: null,
    lead: null,
    text: line.text.slice(question.length).replace(/^[\s:：—–-]{1,8}/u, ""),
  },
];

/** Whether a question was wrapped: it goes on in the next line and ends there with its mark. */
const goesOn = (line: Line, next: Line): boolean =>
  line.marker?.value != null &&
  line.indent <= 1 &&
  (line.kind === "item" || line.kind === "heading") &&
  next.kind === "text" &&
  line.text.length > 20 &&
  next.text.length <= LONGEST_TITLE &&
  /[\p{L}\p{N},，]$/u.test(line.text) &&
  /[?？]$/u.test(next.text) &&
  !/[.。!！?？].*[?？]$/u.test(next.text);

const isLoneMark = ({ kind, marker, text }: Line): boolean =>
  kind === "furniture" && marker?.style === "asked" && marker.value !== null && text.length <= 40;

/** So many rows tell what a table's columns are. */
const SAMPLE_ROWS = 50;
const QUESTION_CELL = /^(?:questions?|front|prompts?|q|题目?|问题|面试题|正面|标题)$/iu;
const ANSWER_CELL =
  /^(?:(?:sample |model |short )?answers?|back|responses?|a|(?:参考|标准)?答案|回答|解答|要点|背面)$/iu;

const cellsOf = (raw: string): readonly string[] =>
  raw
    .replace(/^\||\|$/gu, "")
    .split("|")
    .map((cell) => plainWords(cell));

interface Columns {
  readonly asked: number;
  readonly answered: number;
}

/** The rows below a table's first. */
function tableFrom(lines: readonly Line[], first: number): readonly (readonly string[])[] {
  const end = lines.findIndex(({ kind }, at) => at > first && kind !== "table" && kind !== "blank");
  const rows = lines.slice(first + 1, end < 0 ? undefined : end).slice(0, SAMPLE_ROWS);
  return rows.filter(({ kind }) => kind === "table").map(({ text }) => cellsOf(text));
}

/** The columns of questions and of answers, by their titles or by what most of their cells are; null where none asks. */
function columnsOf(titles: readonly string[], rows: readonly (readonly string[])[]): Columns | null {
  const asked = titles.findIndex((cell) => QUESTION_CELL.test(cell));
  const answered = titles.findIndex((cell) => ANSWER_CELL.test(cell));
  if (asked >= 0 && answered >= 0) return { asked, answered };
  const filled = rows.filter((row) => row.some((cell) => /[\p{L}\p{N}]/u.test(cell)));
  if (filled.length < 2 || titles.length < 2) return null;
  const askingIn = (column: number): number => filled.filter((row) => asks(row[column] ?? "")).length;
  const lengthIn = (column: number): number =>
    filled.reduce((sum, row) => sum + (row[column] ?? "").length, 0);
  const columns = titles.map((_, column) => column);
  const best = columns.reduce((most, column) => (askingIn(column) > askingIn(most) ? column : most), 0);
  const others = columns.filter((column) => column !== best);
  const longest = others.reduce(
    (most, column) => (lengthIn(column) > lengthIn(most) ? column : most),
    others[0] ?? 0,
  );
  const isAsked = askingIn(best) / filled.length >= 0.6;
  return isAsked && lengthIn(longest) > lengthIn(best) / 2 ? { asked: best, answered: longest } : null;
}

/** The rows of tables whose columns are questions and answers as questions with answers below them. */
export function withCards(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ kind }) => kind === "table")) return lines;
  let columns: Columns | null = null;
  let found = false;
  const result = lines.flatMap((line, at): readonly Line[] => {
    if (line.kind !== "table") {
      if (line.kind !== "blank") columns = null;
      return [line];
    }
    const cells = cellsOf(line.text);
    if (columns === null) {
      columns = columnsOf(cells, tableFrom(lines, at));
      if (columns === null) return [line];
      return [{ ...line, kind: "furniture" }];
    }
    const [question, answer] = [cells[columns.asked] ?? "", cells[columns.answered] ?? ""];
    if (!/[\p{L}\p{N}]/u.test(question)) return [{ ...line, kind: "furniture" }];
    found = true;
    const head: Line = {
      ...line,
      kind: "item",
      marker: { style: "asked", value: null, depth: 1 },
      text: question,
    };
    return answer === "" ? [head] : [head, { ...line, kind: "text", text: answer }];
  });
  return found ? result : lines;
}
