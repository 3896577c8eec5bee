import type { types } from "@slack/bolt";
import type { MemberId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Block, Field, VerdictRow } from "#core/reply";
import { cutLine, plainLine, plainText } from "#src/adapters/chat/plain-text";
import { scoreBar } from "#src/adapters/chat/score-bar";
import { drawTable } from "#src/adapters/chat/table";
import { LIMITS } from "./limits.ts";
import { escapeText, isInert, mrkdwn, plain, timestamp } from "./mrkdwn.ts";
import { bold, type Paragraph, paragraph, richText, wordsOf } from "./rich-text.ts";
import { codeFont } from "./table.ts";

/** Blocks that stand together, and the same in words for notifications and screen readers. */
export interface Part {
  readonly blocks: readonly types.KnownBlock[];
  /** Escaped. */
  readonly words: string;
  /** Whether it makes no sense without the part after it. */
  readonly leads?: boolean;
}

export interface Context {
  readonly locale: Locale;
  /** Members' names by their ids. A mention would notify, so who is not among them is left out. */
  readonly names?: ReadonlyMap<string, string>;
}

type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

const rich = (...paragraphs: Paragraph[]): Part[] => {
  const blocks = richText(paragraphs);
  return blocks.length === 0 ? [] : [{ blocks, words: escapeText(wordsOf(paragraphs)) }];
};

/** A longer heading is drawn as text: Slack's headers are cut off. */
function heading({ text, score }: Of<"heading">): Part[] {
  const line = plainLine(text);
  const bar = score === undefined ? [] : [paragraph(scoreBar(score))];
  const below = richText(bar);
  if (line === "") return rich(...bar);
  const words = escapeText(line);
  if (line.length > LIMITS.header) {
    return [{ blocks: richText([paragraph(bold(line)), ...bar]), words, leads: true }];
  }
  return [{ blocks: [{ type: "header", text: plain(line) }, ...below], words, leads: true }];
}

const smallPrint = (text: string): types.KnownBlock[] => {
  const cleaned = cutLines(text, LIMITS.contextText);
  return cleaned === "" ? [] : [{ type: "context", elements: [plain(cleaned)] }];
};

/** Small print that is longer than Slack shows is drawn as text instead. */
function note({ text }: Of<"note">): Part[] {
  const cleaned = plainText(text);
  if (cleaned.length > LIMITS.contextText) return rich(paragraph(cleaned));
  const blocks = smallPrint(text);
  return blocks.length === 0 ? [] : [{ blocks, words: escapeText(text) }];
}

const cutLines = (text: string, most: number): string => {
  const cleaned = plainText(text);
  return cleaned.length <= most ? cleaned : cutLine(cleaned, most);
};

const labelled = ({ label, value }: Field): Paragraph => {
  const [name, text] = [plainLine(label), plainText(value)];
  return paragraph(bold(name), text.includes("\n") ? `\n${text}` : `  ${text}`);
};

/** What fits one of two columns beside the others. */
const isCell = ({ label, value }: Field): boolean =>
  plainLine(label) !== "" &&
  plainLine(value) !== "" &&
  label.length <= 60 &&
  value.length <= 120 &&
  isInert(label) &&
  isInert(value);

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

function fields({ fields: all }: Of<"fields">): Part[] {
  if (all.length === 0) return [];
  if (!all.every(isCell)) return rich(...all.map(labelled));
  const cells = all.map(({ label, value }) => mrkdwn(`*${plainLine(label)}*\n${plainLine(value)}`));
  return [
    {
      blocks: chunks(cells, LIMITS.sectionFields).map((each) => ({ type: "section", fields: each })),
      words: escapeText(all.map(({ label, value }) => `${label}: ${value}`).join("\n")),
    },
  ];
}

const marks = { hit: "✅", partial: "🟡", contradict: "⚠️", miss: "⬜" } as const;

/** Stands before a key point where nobody's answer was judged. */
const UNJUDGED = "🔹";

function verdict(row: VerdictRow, judged: boolean, locale: Locale): Part {
  const say = messagesFor(locale).terminal;
  const head = row.title === undefined ? row.label : `${row.label}${say.colon}${row.title}`;
  const quotes = row.quotes.map((quote) => plainText(say.quoted(quote))).join("\n");
  const paragraphs: Paragraph[] = [
    paragraph(`${judged ? marks[row.verdict] : UNJUDGED} `, bold(plainLine(head))),
    ...(quotes === "" ? [] : [{ kind: "quote" as const, runs: [{ text: quotes }] }]),
    ...(row.note === undefined ? [] : [paragraph(plainText(row.note))]),
    ...(row.erratum === undefined ? [] : [paragraph(`📌 ${plainText(row.erratum)}`)]),
  ];
  const source = row.source ?? "";
  return {
    blocks: [...richText(paragraphs), ...smallPrint(source)],
    words: escapeText(`${wordsOf(paragraphs)}\n${source}`),
  };
}

function table(block: Of<"table">): Part[] {
  const drawn = drawTable(block, codeFont);
  const [row] = block.rows;
  const pairs = (cells: readonly string[]): Field[] =>
    block.columns.map(({ label }, at) => ({ label, value: cells[at] ?? "" }));
  if (drawn === null) {
    // One row of many columns reads downwards.
    if (block.rows.length === 1 && row !== undefined) return rich(...pairs(row).map(labelled));
    return block.rows.flatMap((cells) => rich(...pairs(cells).map(labelled)));
  }
  const parts: string[][] = [[]];
  let length = 0;
  for (const line of drawn.rows) {
    if (length + line.length > LONGEST_CODE) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(line);
    length += line.length + 1;
  }
  const words = [block.columns.map(({ label }) => label), ...block.rows].map((cells) => cells.join(" | "));
  return parts.flatMap((lines, at) => {
    const text = [drawn.head, ...lines].join("\n");
    const blocks = richText([{ kind: "code", runs: [{ text }] }]);
    return blocks.length === 0 ? [] : [{ blocks, words: at === 0 ? escapeText(words.join("\n")) : "" }];
  });
}

/** Lines of one part of a table; its heading stands over each. */
const LONGEST_CODE = 1600;

function deadline({ label, at }: Of<"deadline">): Part {
  const line = plainLine(label);
  const words = `${escapeText(line)} ${timestamp(at)}`;
  if (line !== "" && line.length <= 200 && isInert(line)) {
    const text = mrkdwn(`⏳ *${line}* ${timestamp(at)}`);
    return { blocks: [{ type: "section", text }], words };
  }
  const name = plain(`⏳ ${cutLine(line, 200)}`);
  return { blocks: [{ type: "context", elements: [name, mrkdwn(timestamp(at))] }], words };
}

const nameOf = (member: MemberId, { names }: Context): string => plainLine(names?.get(member) ?? "");

function quote({ label, text, by }: Of<"quote">, context: Context): Part[] {
  const author = by === undefined ? "" : nameOf(by, context);
  const quoted: Paragraph = { kind: "quote", runs: [{ text: plainText(text) }] };
  return rich(paragraph(bold(plainLine(label)), author === "" ? "" : ` · ${author}`), quoted);
}

function members({ label, members: all }: Of<"members">, context: Context): Part[] {
  const names = all.map((member) => nameOf(member, context)).filter((name) => name !== "");
  // Those whom Slack does not name are counted: nobody is lost.
  const unnamed = all.length - names.length;
  const list = [...names, ...(unnamed === 0 ? [] : [`+${unnamed}`])];
  return rich(paragraph(bold(plainLine(label)), ` ${new Intl.ListFormat(context.locale).format(list)}`));
}

/** A block that is drawn as text. The kinds that are pressed, uploaded or filled in have none. */
export function partsOf(block: Block, context: Context): Part[] {
  switch (block.kind) {
    case "heading":
      return heading(block);
    case "text":
      return rich(paragraph(plainText(block.text)));
    case "note":
      return note(block);
    case "fields":
      return fields(block);
    case "verdicts":
      return block.rows.map((row) => verdict(row, block.answer !== undefined, context.locale));
    case "table":
      return table(block);
    case "list":
      return rich({ kind: "list", ordered: block.ordered, items: block.items });
    case "code":
      return rich({ kind: "code", runs: [{ text: plainText(block.text) }] });
    case "deadline":
      return [deadline(block)];
    case "quote":
      return quote(block, context);
    case "members":
      return members(block, context);
    case "picture":
    case "file":
    case "buttons":
    case "choices":
    case "form":
      return [];
  }
}
