import { styleText } from "node:util";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Action, Block, Choice, Choices, Form, Reply, VerdictRow } from "#core/reply";
import { columnsOf } from "./columns.ts";
import { pad, printable, wrap } from "./wrap.ts";

export interface TerminalLook {
  /** Columns of the window. */
  readonly width: number;
  readonly colour: boolean;
  readonly locale: Locale;
  /** The reader's IANA zone, for deadlines. */
  readonly zone: string;
}

type Style = Parameters<typeof styleText>[0];

const marks = { hit: "✔", partial: "◐", contradict: "✘", miss: "○" } as const;
const tints = { hit: "green", partial: "yellow", contradict: "red", miss: "gray" } as const;

/** Draws replies for one look; every string is made printable on the way. */
class Drawing {
  readonly #look: TerminalLook;

  constructor(look: TerminalLook) {
    this.#look = look;
  }

  #paint(style: Style, text: string): string {
    return this.#look.colour ? styleText(style, text, { validateStream: false }) : text;
  }

  #lines(text: string, style: Style | null, first = "", hanging = first): string[] {
    const width = Math.max(20, Math.min(this.#look.width, 100) - columnsOf(hanging));
    return wrap(text, width).map((line, index) => {
      const painted = style === null || line === "" ? line : this.#paint(style, line);
      return (index === 0 ? first : hanging) + painted;
    });
  }

  #verdict(row: VerdictRow): string[] {
    const say = messagesFor(this.#look.locale).terminal;
    const tint = tints[row.verdict];
    const head = row.title === undefined ? row.label : `${row.label}${say.colon}${row.title}`;
    return [
      ...this.#lines(head, tint, `${this.#paint(tint, marks[row.verdict])} `, "  "),
      ...row.quotes.flatMap((quote) => this.#lines(say.quoted(quote), "italic", "    ")),
      ...(row.note === undefined ? [] : this.#lines(row.note, null, "    ")),
      ...(row.erratum === undefined ? [] : this.#lines(row.erratum, "cyan", "    ")),
      ...(row.source === undefined ? [] : this.#lines(row.source, "dim", "    ")),
    ];
  }

  #table(block: Extract<Block, { kind: "table" }>): string[] {
    const rows = [block.columns.map((column) => column.label), ...block.rows].map((row) =>
      row.map(printable),
    );
    const widths = block.columns.map((_, at) => Math.max(...rows.map((row) => columnsOf(row[at] ?? ""))));
    // The last column takes what is left of the line and goes on below itself.
    const last = block.columns.length - 1;
    const before = widths.slice(0, last).reduce((sum, width) => sum + width + 3, 2);
    const room = Math.max(16, Math.min(this.#look.width, 100) - before);
    return rows.flatMap((row, line) => {
      const cells = block.columns.map((column, at) => pad(row[at] ?? "", widths[at] ?? 0, column.align));
      const head = `  ${cells
        .slice(0, last)
        .map((cell) => `${cell}   `)
        .join("")}`;
      const tail = wrap((cells[last] ?? "").trimEnd(), room);
      return tail.map((text, at) => {
        const whole = ((at === 0 ? head : " ".repeat(before)) + text).trimEnd();
        return line === 0 ? this.#paint("dim", whole) : whole;
      });
    });
  }

  /** What one types to pick it, and what it means. */
  #choice({ action, option }: Choices, { value, label, selected }: Choice): string[] {
    const mark = selected ? "● " : "○ ";
    return this.#lines(
      `${label}  ${typedLine(action, { [option]: value })}`,
      selected ? null : "dim",
      mark,
      "  ",
    );
  }

  /** How a step of a review is typed: its fields behind the command, with what they hold now. */
  #typedForm({ fields, action, submit }: Form): string[] {
    const typed = fields.map(({ option, value = "" }) => `${option}="${value.replaceAll("\n", " | ")}"`);
    return [
      ...fields.flatMap(({ label, option, placeholder }) =>
        this.#lines([`${option}: ${label}`, ...(placeholder === "" ? [] : [placeholder])].join(" · "), "dim"),
      ),
      ...this.#lines(`${typedLine(action, {})} ${typed.join(" ")}  ${submit}`, "dim", "→ ", "  "),
    ];
  }

  #deadline(label: string, at: number): string {
    const time = new Intl.DateTimeFormat(this.#look.locale === "zh" ? "zh-CN" : "en-GB", {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: this.#look.zone,
    }).format(at);
    return `${label} ${time} (${this.#look.zone})`;
  }

  block(block: Block): string[] {
    switch (block.kind) {
      case "heading":
        return this.#lines(block.text, "bold");
      case "text":
        return this.#lines(block.text, null);
      case "note":
        return this.#lines(block.text, "dim");
      case "fields": {
        const widest = Math.max(...block.fields.map(({ label }) => columnsOf(printable(label))));
        return block.fields.flatMap(({ label, value }) =>
          this.#lines(
            value,
            null,
            `${this.#paint("dim", pad(printable(label), widest, "left"))}  `,
            " ".repeat(widest + 2),
          ),
        );
      }
      case "verdicts":
        return block.rows.flatMap((row) => this.#verdict(row));
      case "table":
        return this.#table(block);
      case "list":
        return block.items.flatMap((item, at) => {
          const mark = block.ordered ? `${at + 1}. ` : "• ";
          return this.#lines(item, null, mark, " ".repeat(columnsOf(mark)));
        });
      case "code":
        return printable(block.text)
          .split("\n")
          .map((line) => `    ${line}`);
      case "deadline":
        return this.#lines(this.#deadline(block.label, block.at), "dim");
      case "picture":
        return this.#lines(block.alt, "dim", "▣ ", "  ");
      case "file":
        return [this.#paint("dim", `▤ ${printable(block.name)}`), ...printable(block.content).split("\n")];
      case "buttons":
        return block.buttons.flatMap(({ label, action, typed }) =>
          this.#lines(`${typed ?? `/${action.command}`}  ${label}`, "dim", "→ ", "  "),
        );
      case "choices":
        return [
          ...this.#lines(block.label, "bold"),
          ...block.choices.flatMap((choice) => this.#choice(block, choice)),
        ];
      case "quote": {
        const by = block.by === undefined ? [] : [block.by];
        return [
          ...this.#lines([block.label, ...by].join(" · "), "dim"),
          ...this.#lines(block.text, "italic", "│ "),
        ];
      }
      case "members": {
        const say = messagesFor(this.#look.locale).terminal;
        return this.#lines(`${block.label}${say.colon}${block.members.join(", ")}`, null);
      }
      case "form":
        return [
          ...this.#lines(block.form.title, "bold"),
          ...(block.form.action.options.op === undefined
            ? block.form.fields.flatMap((field) => this.#lines(field.placeholder, "dim"))
            : this.#typedForm(block.form)),
        ];
    }
  }
}

/** An action as it is typed. Steps of a review say what they are a step of; elsewhere the last option is enough. */
function typedLine({ command, options }: Action, added: Readonly<Record<string, string>>): string {
  const own = options.op === undefined ? [] : Object.entries(options).filter(([name]) => name !== "here");
  const words = [...own, ...Object.entries(added)].map(([name, value]) =>
    name === "do" ? String(value) : `${name}=${String(value)}`,
  );
  return `/${command} ${words.join(" ")}`;
}

/** A reply as lines of text, one empty line between blocks. */
export function renderReply(reply: Reply, look: TerminalLook): string {
  const drawing = new Drawing(look);
  return reply.blocks.map((block) => drawing.block(block).join("\n")).join("\n\n");
}
