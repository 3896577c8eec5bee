import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Block, Field, VerdictRow } from "#core/reply";
import { drawTable } from "#src/adapters/chat/table";
import { type Line, line, type Stanza, stanza } from "./lines.ts";
import { bold, codeText, escapeLine, escapeText, timestamp } from "./markdown.ts";
import { codeFont } from "./table.ts";

/** A longer text is not set in bold: bold text cannot be parted. */
const LONGEST_BOLD = 300;

/** A longer heading of a table is not said again where the table goes on. */
const LONGEST_HEAD = 200;

const strong = (text: string): string => {
  const escaped = escapeLine(text);
  return escaped.length > LONGEST_BOLD ? escaped : bold(escaped);
};

const linesOf = (text: string, prefix = "", hanging = prefix): Line[] =>
  escapeText(text)
    .split("\n")
    .map((each, at) => line(each, at === 0 ? prefix : hanging, hanging));

/** A label and what it is of; a value of several lines begins below its label. */
function labelled({ label, value }: Field): Line[] {
  const lines = linesOf(value);
  const [first] = lines;
  if (lines.length > 1 || first === undefined) return [line(strong(label)), ...lines];
  return [line(`${strong(label)}  ${first.text}`)];
}

const marks = { hit: "✅", partial: "🟡", contradict: "⚠️", miss: "⬜" } as const;

/** Stands before a key point where nobody's answer was judged. */
const UNJUDGED = "🔹";

function verdict(row: VerdictRow, judged: boolean, locale: Locale): Stanza {
  const say = messagesFor(locale).terminal;
  const head = row.title === undefined ? row.label : `${row.label}${say.colon}${row.title}`;
  return stanza([
    line(`${judged ? marks[row.verdict] : UNJUDGED} ${strong(head)}`),
    ...row.quotes.flatMap((quote) => linesOf(say.quoted(quote), "> ")),
    ...(row.note === undefined ? [] : linesOf(row.note)),
    ...(row.erratum === undefined ? [] : linesOf(row.erratum, "📌 ", "")),
    ...(row.source === undefined ? [] : linesOf(row.source, "-# ")),
  ]);
}

function table(block: Extract<Block, { kind: "table" }>): Stanza[] {
  const drawn = drawTable(block, codeFont);
  if (drawn !== null) {
    const lines = drawn.rows.map((row) => line(row));
    const head = drawn.head.length > LONGEST_HEAD ? {} : { head: drawn.head };
    return [stanza([line(drawn.head), ...lines], { fenced: true, gap: "\n", ...head })];
  }
  const [row] = block.rows;
  const pairs = (cells: readonly string[]): Field[] =>
    block.columns.map(({ label }, at) => ({ label, value: cells[at] ?? "" }));
  // One row of many columns reads downwards.
  if (block.rows.length === 1 && row !== undefined) return [stanza(pairs(row).flatMap(labelled))];
  return block.rows.map((cells) => stanza(pairs(cells).flatMap(labelled)));
}

/** How a mention looks that only an id can make: anything else a member could have written. */
const mention = (member: string): string =>
  /^\d{17,20}$/.test(member) ? `<@${member}>` : escapeLine(member);

/** A block that is drawn as text, in markdown. The kinds that stand elsewhere in a message have none. */
export function stanzasOf(block: Block, locale: Locale): Stanza[] {
  switch (block.kind) {
    case "heading":
      return [stanza([line(escapeLine(block.text), "### ", "")], { gap: "\n", leads: true })];
    case "text":
      return [stanza(linesOf(block.text))];
    case "note":
      // Small print without words shows its own sign.
      return [
        stanza(
          linesOf(block.text, "-# ").filter(({ text }) => text !== ""),
          { gap: "\n" },
        ),
      ];
    case "fields":
      return [stanza(block.fields.flatMap(labelled))];
    case "verdicts":
      return block.rows.map((row) => verdict(row, block.answer !== undefined, locale));
    case "table":
      return table(block);
    case "list":
      return [
        stanza(
          block.items.flatMap((item, at) => {
            const sign = block.ordered ? `${at + 1}. ` : "- ";
            return linesOf(item, sign, " ".repeat(sign.length));
          }),
          { gap: "\n" },
        ),
      ];
    case "code":
      return [
        stanza(
          codeText(block.text)
            .split("\n")
            .map((each) => line(each)),
          { fenced: true, gap: "\n" },
        ),
      ];
    case "deadline":
      return [stanza([line(`⏳ ${strong(block.label)} ${timestamp(block.at, " · ")}`)])];
    case "quote": {
      const by = block.by === undefined ? "" : ` · ${mention(block.by)}`;
      return [stanza([line(`${strong(block.label)}${by}`), ...linesOf(block.text, "> ")])];
    }
    case "members":
      return [stanza([line(`${strong(block.label)} ${block.members.map(mention).join(" ")}`)])];
    case "picture":
    case "file":
    case "buttons":
    case "choices":
    case "form":
      return [];
  }
}
