import type { Bilingual } from "#core/language";
import { endsAsking } from "./asking.ts";
import { mergeToBudget } from "./budget.ts";
import { erratumFor } from "./errata.ts";
import { type Item, type Paragraph, readSections, type Section } from "./items.ts";
import type { Line, LineRange } from "./line.ts";
import {
  announces,
  halvesOf,
  isDefinitionTitle,
  isSummaryTitle,
  isTooShort,
  leans,
  lengthOf,
  sentencesOf,
  sumsUp,
} from "./sentences.ts";
import { toldIn } from "./substance.ts";
import { nameOf, namesIn, titleOf } from "./titles.ts";
import { repeatedIn, stressedIn } from "./weights.ts";

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
  /** What it says one after the other, where it was joined out of several entries: one of them alone is not all of it. */
  readonly parts?: readonly string[];
  /** Where it repeats what is known to be wrong: what is right, in both languages. */
  readonly erratum?: Bilingual;
}

export interface DraftedPoints {
  readonly points: readonly DraftPoint[];
  /** How many there were before siblings were merged. */
  readonly raw: number;
}

const BASE_WEIGHT = 2;
/** A statement keeps so many words and characters at most; the rest of the entry is detail. */
const MOST_WORDS = 110;

/** The sentences that say the point: as many of the first as fit. */
function statementOf(texts: readonly string[]): string {
  let statement = "";
  for (const sentence of texts.flatMap(sentencesOf)) {
    const longer =
      statement === ""
        ? sentence
        : `${statement}${/[\p{Script=Han}。！？；]$/u.test(statement) ? "" : " "}${sentence}`;
    if (statement !== "" && lengthOf(longer) > MOST_WORDS) break;
    statement = longer;
  }
  return statement.slice(0, 1000);
}

/** What entries below another say, each ended where the next begins. */
function textsBelow(children: readonly Item[]): readonly string[] {
  const texts = children.flatMap((child) =>
    child.label === null ? textsOf(child) : [`${child.label}：${textsOf(child).join(" ")}`],
  );
  return texts.map((text, at) => {
    const isEnded = at === texts.length - 1 || /[。.!！？?；;:：,，]["”’）)]?$/u.test(text);
    return isEnded ? text : `${text}${/\p{Script=Han}/u.test(text) ? "；" : ";"}`;
  });
}

const textsOf = (item: Item): readonly string[] => [
  ...(item.text === "" ? [] : [item.text]),
  ...item.explanation,
  ...textsBelow(item.children),
];

/** What two sides are said to be, where an entry has a labelled one for each: whoever says one has said half. */
function sidesOf(
  { children, explanation, text, label }: Item,
  statement: string,
): readonly string[] | undefined {
  const isContrast =
    children.length === 2 &&
    explanation.length === 0 &&
    (text === "" || label === null) &&
    children.every((child) => child.label !== null);
  const parts = isContrast ? textsBelow(children) : [];
  return parts.length === 2 && parts.every((part) => statement.includes(part)) ? parts : undefined;
}

/** Whether an entry of a list says nothing: its siblings tell what a word is about, so one is enough. */
const isNothing = (text: string, isListed: boolean): boolean =>
  isListed
    ? lengthOf(text) < (/\p{Script=Han}/u.test(text) ? 2 : 1) || !/\p{L}{2}/u.test(text)
    : isTooShort(text);

function pointOf(item: Item, section: string | null, isListed = false): DraftPoint | null {
  const texts = textsOf(item);
  const labelled = item.label !== null || item.explanation.length > 0 || item.children.length > 0;
  const name = item.label ?? (labelled ? item.text : null);
  const below = name === item.text ? texts.slice(1) : texts;
  const statement = statementOf(below.length > 0 ? below : texts);
  if (isNothing(statement, isListed) && lengthOf(name ?? "") < 2) return null;
  const { title, aliases } =
    name === null ? { title: titleOf(statement), aliases: namesIn(statement) } : nameOf(name);
  const parts = sidesOf(item, statement);
  return {
    ...(parts === undefined ? {} : { parts }),
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
  const listed = entries.flatMap((item) => pointOf(item, title, entries.length > 2) ?? []);
  const below = listed.length > 0 && listed.length < FEW_POINTS ? saidBeside(section) : [];
  if (below.length > 0) return [...listed, ...below].sort((one, other) => one.lines[0] - other.lines[0]);
  return listed.length > 0 ? listed : paragraphs.length > 0 && title !== null ? proseOf(section) : [];
}

const NOTHING = { has: () => false };
const MOST_TOLD = 3;
/** What stands above a list and says so much is no lead to it. */
const TELLING = 1;

/** What a part says in sentences beside its list, what announces the list aside. */
function saidBeside({ title, items, paragraphs }: Section): readonly DraftPoint[] {
  const first = items[0]?.lines[0] ?? 0;
  const told = paragraphs.filter(
    ({ text, lines: [, to] }) =>
      !sumsUp(text) &&
      /[。.!！；;]["”）)]?$/u.test(text) &&
      lengthOf(text) >= FEWEST_BESIDE &&
      (to > first || items.length < 3 || toldIn(text, NOTHING, MOST_TOLD) >= TELLING),
  );
  return pointsOfProse(told, title);
}

/** A titled part in prose is one point. */
function proseOf({ title, paragraphs, lines }: Section): readonly DraftPoint[] {
  const texts = paragraphs.map(({ text }) => text).filter((text) => !announces(text) && !sumsUp(text));
  const statement = statementOf(texts);
  if (title === null || isTooShort(statement)) return [];
  const named = isDefinitionTitle(title) ? { title: titleOf(statement), aliases: [] } : nameOf(title);
  return [{ ...named, statement, lines, weight: BASE_WEIGHT, section: title }];
}

/** Points of an answer in prose: its sentences, those that lean on another joined to it. */
function pointsOfProse(paragraphs: readonly Paragraph[], section: string | null): readonly DraftPoint[] {
  return paragraphs.flatMap(({ text, lines }) => {
    const groups: string[] = [];
    for (const sentence of sentencesOf(text).flatMap(halvesOf)) {
      const last = groups.at(-1);
      if (announces(sentence) || isTooShort(sentence) || sumsUp(sentence) || endsAsking(sentence)) continue;
      if (last !== undefined && leans(sentence) && lengthOf(last) < MOST_WORDS / 2)
        groups[groups.length - 1] = `${last}${/[\p{Script=Han}。！？]$/u.test(last) ? "" : " "}${sentence}`;
      else groups.push(sentence);
    }
    return groups.map((statement) => ({
      title: titleOf(statement),
      statement,
      lines,
      aliases: namesIn(statement),
      weight: BASE_WEIGHT,
      section,
    }));
  });
}

/** Shorter sentences beside a list only lead to it. */
const FEWEST_BESIDE = 8;
const FEWEST_LISTED = 2;
/** With fewer points, parts in prose are read sentence by sentence. */
const FEW_POINTS = 5;
const ASKS_WHAT = /什么是|是什么|是指什么|含义|定义|\bwhat (?:is|are|does|do)\b|\bdefine\b/iu;

/** What an answer says a thing is, before it lists anything about it. */
function openingOf(title: string, [first]: readonly Section[]): readonly DraftPoint[] {
  const [paragraph] = first?.paragraphs ?? [];
  const entry = first?.items[0]?.lines[0] ?? 0;
  if (first === undefined || paragraph === undefined || first.title !== null || !ASKS_WHAT.test(title))
    return [];
  if (entry > 0 && paragraph.lines[0] > entry) return [];
  return pointsOfProse([paragraph], null).slice(0, 1);
}

const withOpening = (
  opening: readonly DraftPoint[],
  entries: readonly DraftPoint[],
): readonly DraftPoint[] => [
  ...opening.filter(({ statement }) => entries.every((entry) => entry.statement !== statement)),
  ...entries,
];

/** Parts in prose as their sentences, the first of each under its title. */
function sentencesOfParts(sections: readonly Section[]): readonly DraftPoint[] {
  return sections.flatMap((section) => {
    if (section.title === null || section.items.length > 0 || isSummaryTitle(section.title))
      return pointsOfSection(section);
    const [first, ...rest] = pointsOfProse(
      section.paragraphs.filter(({ text }) => !sumsUp(text)),
      section.title,
    );
    if (first === undefined) return [];
    const isNamed = !isDefinitionTitle(section.title) && lengthOf(section.title) > 2;
    return [isNamed ? { ...first, ...nameOf(section.title) } : first, ...rest];
  });
}

/**
 * The key points of one answer, 5 to 10 where it has as many.
 *
 * @param closing lines that sum it up
 */
export function draftPoints(
  title: string,
  body: readonly Line[],
  closing: readonly string[] = [],
): DraftedPoints {
  const sections = readSections(body);
  const paragraphs = sections.flatMap((section) => section.paragraphs);
  const summed = [
    ...paragraphs.filter(({ text }) => sumsUp(text)),
    ...sections
      .filter(({ title: part }) => part !== null && isSummaryTitle(part))
      .flatMap((section) => section.paragraphs),
  ];
  const summary = [...closing, ...summed.map(({ text }) => text)].join("\n");
  const parts = sections.flatMap(pointsOfSection);
  const entries = parts.length < FEW_POINTS ? sentencesOfParts(sections) : parts;
  const listed = entries.length < FEWEST_LISTED ? entries : withOpening(openingOf(title, sections), entries);
  const found =
    listed.length >= FEWEST_LISTED
      ? listed
      : pointsOfProse(
          sections
            .flatMap(({ title: part, paragraphs: own, items }) =>
              part !== null && isSummaryTitle(part)
                ? []
                : [
                    ...own,
                    ...items.map((item) => ({
                      text: [item.label ?? "", ...textsOf(item)].join(" ").trim(),
                      lines: item.lines,
                      ends: "",
                    })),
                  ],
            )
            .filter(({ text }) => !sumsUp(text)),
          null,
        );
  const stressed = stressedIn(found, body);
  const repeated = repeatedIn(found, title, summary);
  const weighed = mergeToBudget(
    found.map((point) => ({
      ...point,
      weight: point.weight + (repeated.has(point) ? 1 : 0) + (stressed.has(point) ? 1 : 0),
    })),
  );
  return { points: weighed.map((point) => withErratum(title, point)), raw: found.length };
}

function withErratum(question: string, point: DraftPoint): DraftPoint {
  const erratum = erratumFor(question, point);
  return erratum === undefined ? point : { ...point, erratum };
}
