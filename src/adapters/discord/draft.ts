import type { APIEmbed, APIEmbedField } from "discord.js";
import { LIMITS } from "./limits.ts";
import { cutAt, type Line, type Stanza } from "./lines.ts";
import { escapeBeginning, FENCE_LENGTH, fence } from "./markdown.ts";

/** A shorter line stays whole. */
const LEAST_PARTED = 700;
/** Less room than this is left empty. A label in bold, which cannot be parted, ends before two thirds of it. */
const LEAST_ROOM = 600;

const widthOf = ({ prefix, text }: Line): number => prefix.length + text.length;
const lengthOf = ({ lines, fenced }: Stanza): number =>
  lines.reduce((sum, line) => sum + widthOf(line) + 1, fenced ? FENCE_LENGTH : 0);

interface Open {
  /** Parts of the description; those of a code block are fenced when the embed is done. */
  readonly parts: { gap: "\n" | "\n\n"; fenced: boolean; lines: string[] }[];
  readonly fields: APIEmbedField[];
  title: string;
  footer: string;
  image: string;
  length: number;
}

const blank = (): Open => ({ parts: [], fields: [], title: "", footer: "", image: "", length: 0 });

/** Embeds of one reply, message by message; nothing in them passes a limit. */
export class Draft {
  readonly #colour: number;
  readonly #done: APIEmbed[][] = [[]];
  /** UTF-16 code units of the embeds of the message that are done. */
  #used = 0;
  #open = blank();

  constructor(colour: number) {
    this.#colour = colour;
  }

  /** Which message is being drawn, from 0. */
  get message(): number {
    return this.#done.length - 1;
  }

  title(markdown: string): void {
    this.#open.title = markdown;
    this.#open.length += markdown.length;
  }

  /** What fits the open embed's description. */
  #room(): number {
    const { parts, length, title } = this.#open;
    const described = length - title.length;
    // The gap before the next stanza is counted with what is there.
    const gap = parts.length === 0 ? 0 : 2;
    return Math.min(LIMITS.embedDescription - described, LIMITS.embedText - this.#used - length) - gap;
  }

  /** Ends the embed; the next one is in the same message where enough of it fits. */
  #turn(wanted: number): void {
    this.#close();
    const embeds = this.#done.at(-1) ?? [];
    const left = LIMITS.embedText - this.#used;
    if (embeds.length === LIMITS.embeds || left < Math.min(wanted, LIMITS.embedDescription))
      this.#newMessage();
  }

  #newMessage(): void {
    this.#done.push([]);
    this.#used = 0;
  }

  #close(): void {
    const { parts, fields, title, footer, image, length } = this.#open;
    this.#open = blank();
    const description = parts
      // A code block without anything to see would not be one, and open another.
      .filter(({ lines }) => lines.some((line) => line.trim() !== ""))
      .map(({ gap, fenced, lines }, at, all) => {
        const text = lines.join("\n");
        // A code block keeps its own distance.
        const before = at === 0 ? "" : all[at - 1]?.fenced === true ? "\n" : gap;
        return before + (fenced ? fence(text) : text);
      })
      .join("");
    if (title + description + footer + image === "" && fields.length === 0) return;
    this.#used += length;
    this.#done.at(-1)?.push({
      color: this.#colour,
      ...(title === "" ? {} : { title }),
      ...(description === "" ? {} : { description }),
      ...(fields.length === 0 ? {} : { fields }),
      ...(image === "" ? {} : { image: { url: `attachment://${image}` } }),
      ...(footer === "" ? {} : { footer: { text: footer } }),
    });
  }

  /** Stanzas that are not parted unless they are longer than an embed. */
  text(stanzas: readonly Stanza[]): void {
    if (this.#open.fields.length > 0 || this.#open.image !== "") this.#turn(LEAST_ROOM);
    const wanted = stanzas.reduce((sum, each) => sum + lengthOf(each) + each.gap.length, 0);
    if (wanted > this.#room() && this.#open.parts.length > 0) this.#turn(wanted);
    for (const each of stanzas) this.#stanza(each);
  }

  #stanza(whole: Stanza): void {
    let part = this.#part(whole);
    for (const line of whole.lines) {
      let { prefix, text } = line;
      // An empty line between two parts of a text stands nowhere else.
      let left = text !== "" || (whole.lines.length > 1 && widthOf(line) < this.#room());
      while (left && prefix.length + text.length + 1 > this.#room()) {
        const room = this.#room() - prefix.length - 1;
        const parted = text.length > LEAST_PARTED && room >= LEAST_ROOM;
        if (parted) {
          const at = cutAt(text, room);
          this.#add(part, prefix + text.slice(0, at));
          text = whole.fenced ? text.slice(at) : escapeBeginning(text.slice(at).trimStart());
          prefix = line.hanging;
        }
        left = text !== "";
        if (!left) break;
        this.#turn(Math.min(LEAST_PARTED, text.length) + LEAST_ROOM);
        part = this.#part(whole);
        if (whole.head !== undefined) this.#add(part, whole.head);
      }
      if (left) this.#add(part, prefix + text);
    }
  }

  #part({ gap, fenced }: Stanza): Open["parts"][number] {
    const part = { gap, fenced, lines: [] };
    this.#open.length += (this.#open.parts.length === 0 ? 0 : gap.length) + (fenced ? FENCE_LENGTH : 0);
    this.#open.parts.push(part);
    return part;
  }

  #add(part: Open["parts"][number], line: string): void {
    part.lines.push(line);
    this.#open.length += line.length + 1;
  }

  fields(fields: readonly APIEmbedField[]): void {
    for (const field of fields) {
      const length = field.name.length + field.value.length;
      const full =
        this.#open.fields.length === LIMITS.embedFields ||
        this.#used + this.#open.length + length > LIMITS.embedText;
      if (full || this.#open.image !== "") this.#turn(length + LEAST_ROOM);
      this.#open.fields.push(field);
      this.#open.length += length;
    }
  }

  /** Makes room for a picture below what is there: its file belongs to the message that is drawn from then on. */
  roomForImage(): void {
    if (this.#open.image !== "") this.#turn(LEAST_ROOM);
  }

  image(name: string): void {
    this.#open.image = name;
  }

  /** Small print at the end of the embed, in plain text; false where it does not fit. */
  footer(text: string): boolean {
    const { footer, length } = this.#open;
    const longer = footer === "" ? text : `${footer}\n${text}`;
    const fits =
      longer.length <= LIMITS.embedFooter && this.#used + length + text.length + 1 <= LIMITS.embedText;
    if (!fits) return false;
    this.#open.footer = longer;
    this.#open.length += text.length + 1;
    return true;
  }

  /** Ends the message; what comes then is in the next. */
  end(): void {
    this.#close();
    this.#newMessage();
  }

  /** The embeds of every message. */
  done(): readonly (readonly APIEmbed[])[] {
    this.#close();
    return this.#done;
  }
}
