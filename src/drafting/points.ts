import { mergeToBudget } from "./budget.ts";
import { type Item, type Paragraph, readSections, type Section } from "./items.ts";
import type { Line, LineRange } from "./line.ts";
import {
  announces,
  isDefinitionTitle,
  isSummaryTitle,
  leans,
  lengthOf,
  sentencesOf,
  sumsUp,
} from "./sentences.ts";
import { nameOf, titleOf } from "./titles.ts";

/** A key point as the document has it, in its own language. */
export interface DraftPoint {
  readonly title: string;
  readonly statement: string;
  readonly lines: LineRange;
  /** Other names for it, out of the parentheses behind its title. */
  readonly aliases: readonly string[];
  /** 1 to 5. */
  readonly weight: number;
  /** The part of the answer that it stands in; null where the answer has no parts. */
  readonly section: string | null;
}

export interface DraftedPoints {
  readonly points: readonly DraftPoint[];
  /** How many there were before siblings were merged. */
  readonly raw: number;
}

const BASE_WEIGHT = 2;
/** Shorter texts are no statement. */
const FEWEST_WORDS = 4;
/** A statement keeps so many words and characters at most; the rest of the entry is detail. */
const MOST_WORDS = 110;

/** The sentences that say the point: as many of the first as fit. */
function statementOf(texts: readonly string[]): string {
  let statement = "";
  for (const sentence of texts.flatMap(sentencesOf)) {
    const longer =
      statement === ""
        ? sentence
        : `${statement}${/[\p{Script=Han}。！？]$/u.test(statement) ? "" : " "}${sentence}`;
    if (statement !== "" && lengthOf(longer) > MOST_WORDS) break;
    statement = longer;
  }
  return statement.slice(0, 1000);
}

const textsOf = (item: Item): readonly string[] => [
  ...(item.text === "" ? [] : [item.text]),
  ...item.explanation,
  ...item.children.flatMap((child) =>
    child.label === null ? textsOf(child) : [`${child.label}：${textsOf(child).join(" ")}`],
  ),
];

function pointOf(item: Item, section: string | null): DraftPoint | null {
  const texts = textsOf(item);
  const labelled = item.label !== null || item.explanation.length > 0 || item.children.length > 0;
  const name = item.label ?? (labelled ? item.text : null);
  const below = name === item.text ? texts.slice(1) : texts;
  const statement = statementOf(below.length > 0 ? below : texts);
  if (lengthOf(statement) < FEWEST_WORDS && lengthOf(name ?? "") < 2) return null;
  const { title, aliases } = name === null ? { title: titleOf(statement), aliases: [] } : nameOf(name);
  return {
    title,
    statement: statement === "" ? title : statement,
    lines: item.lines,
    aliases,
    weight: BASE_WEIGHT,
    section,
  };
}

/** Entries that hold labelled entries and say nothing themselves: the sides of a contrast. */
const isSide = (item: Item): boolean =>
  item.explanation.length === 0 &&
  item.children.length >= 2 &&
  item.children.every(({ label }) => label !== null);

function pointsOfSection(section: Section): readonly DraftPoint[] {
  const { title, items, paragraphs } = section;
  if (title !== null && isSummaryTitle(title)) return [];
  if (items.length === 0) return title === null ? [] : proseOf(section);
  // One entry that holds all the others is a title.
  const [only] = items;
  const entries =
    items.length === 1 && only !== undefined && only.children.length > 1 ? only.children : items;
  if (title !== null && entries.length > 1 && entries.every(isSide))
    return entries.flatMap((side) => {
      const point = pointOf(side, title);
      return point === null ? [] : [{ ...point, title: `${point.title} · ${nameOf(title).title}` }];
    });
  const listed = entries.flatMap((item) => pointOf(item, title) ?? []);
  return listed.length > 0 ? listed : paragraphs.length > 0 && title !== null ? proseOf(section) : [];
}

/** A titled part in prose is one point. */
function proseOf({ title, paragraphs, lines }: Section): readonly DraftPoint[] {
  const texts = paragraphs.map(({ text }) => text).filter((text) => !announces(text) && !sumsUp(text));
  const statement = statementOf(texts);
  if (title === null || lengthOf(statement) < FEWEST_WORDS) return [];
  const named = isDefinitionTitle(title) ? { title: titleOf(statement), aliases: [] } : nameOf(title);
  return [{ ...named, statement, lines, weight: BASE_WEIGHT, section: title }];
}

/** Points of an answer in prose: its sentences, those that lean on another joined to it. */
function pointsOfProse(paragraphs: readonly Paragraph[], section: string | null): readonly DraftPoint[] {
  return paragraphs.flatMap(({ text, lines }) => {
    const groups: string[] = [];
    for (const sentence of sentencesOf(text)) {
      const last = groups.at(-1);
      if (announces(sentence) || lengthOf(sentence) < FEWEST_WORDS || sumsUp(sentence)) continue;
      if (
        last !== undefined &&
        (leans(sentence) || lengthOf(sentence) < 8) &&
        lengthOf(last) < MOST_WORDS / 2
      )
        groups[groups.length - 1] = `${last}${/[\p{Script=Han}。！？]$/u.test(last) ? "" : " "}${sentence}`;
      else groups.push(sentence);
    }
    return groups.map((statement) => ({
      title: titleOf(statement),
      statement,
      lines,
      aliases: [],
      weight: BASE_WEIGHT,
      section,
    }));
  });
}

const FEWEST_LISTED = 2;

/** The key points of one answer, 5 to 10 where it has as many. */
export function draftPoints(body: readonly Line[]): DraftedPoints {
  const sections = readSections(body);
  const paragraphs = sections.flatMap((section) => section.paragraphs);
  const summary = [
    ...paragraphs.filter(({ text }) => sumsUp(text)),
    ...sections
      .filter(({ title }) => title !== null && isSummaryTitle(title))
      .flatMap((section) => section.paragraphs),
  ]
    .map(({ text }) => text)
    .join("\n");
  const listed = sections.flatMap(pointsOfSection);
  const found =
    listed.length >= FEWEST_LISTED
      ? listed
      : pointsOfProse(
          sections
            .flatMap(({ title, paragraphs: own, items }) =>
              title !== null && isSummaryTitle(title)
                ? []
                : [
                    ...own,
                    ...items.map((item) => ({
                      text: [item.label ?? "", ...textsOf(item)].join(" ").trim(),
                      lines: item.lines,
                    })),
                  ],
            )
            .filter(({ text }) => !sumsUp(text)),
          null,
        );
  const weighed = found.map((point) =>
    [point.title, ...point.aliases].some((name) => name.length > 1 && summary.includes(name))
      ? { ...point, weight: BASE_WEIGHT + 1 }
      : point,
  );
  return { points: mergeToBudget(weighed), raw: found.length };
}
