import type { APIEmbed, APIEmbedField, RESTAPIAttachment } from "discord.js";
import type { Locale } from "#core/language";
import type { Block, Reply } from "#core/reply";
import { plainText } from "#src/adapters/chat/plain-text";
import { Keeping, type Kept } from "#src/adapters/chat/pressed";
import { scoreBar } from "#src/adapters/chat/score-bar";
import { drawTable } from "#src/adapters/chat/table";
import { BRAND, scoreColour } from "./colour.ts";
import { buttonRows, choiceRows, formRow, linkRows, type Row, withoutGaps } from "./components.ts";
import { Draft } from "./draft.ts";
import { type DiscordFile, MOST_FILE_BYTES, pictureFile, textFiles } from "./files.ts";
import { LIMITS } from "./limits.ts";
import { line, type Stanza, stanza } from "./lines.ts";
import { escapeLine, timestamp } from "./markdown.ts";
import { serverMark } from "./server-mark.ts";
import { stanzasOf } from "./stanzas.ts";
import { codeFont } from "./table.ts";

/** One message, as Discord's API takes it. */
export interface DiscordMessage {
  /** Every property is there, so that an edit leaves nothing of the message that it replaces. */
  readonly body: {
    readonly content: string;
    readonly embeds: readonly APIEmbed[];
    readonly components: readonly Row[];
    readonly attachments: readonly RESTAPIAttachment[];
    readonly allowed_mentions: { readonly parse: readonly [] };
  };
  readonly files: readonly DiscordFile[];
  /** What its buttons and menus stand for where that is too long for them: to be kept before it is sent. */
  readonly keep: readonly Kept[];
  /** Only for the member who asked: the flag 64, where an interaction is answered. */
  readonly ephemeral: boolean;
}

interface Context {
  readonly locale: Locale;
  /** Whose the buttons are, where the place does not say so: see `server-mark.ts`. */
  readonly server?: string | undefined;
}

/** Kinds that can stand below the text of an embed. */
const below: ReadonlySet<Block["kind"]> = new Set([
  "fields",
  "deadline",
  "note",
  "picture",
  "file",
  "buttons",
  "choices",
  "form",
]);

/** Kinds that a message without an embed can hold. */
const simple: ReadonlySet<Block["kind"]> = new Set(["text", "note", "buttons", "choices", "form"]);

/** What fits beside others in one line. */
const isShort = (text: string, most: number): boolean =>
  text.length <= most && !text.includes("\n") && escapeLine(text) !== "";

/** Whether a block is drawn side by side below the text: few and short, or a deadline. */
const isAside = (block: Block): boolean =>
  (block.kind === "deadline" && isShort(block.label, 60)) ||
  (block.kind === "fields" &&
    block.fields.length <= 3 &&
    block.fields.every(({ label, value }) => isShort(label, 60) && isShort(value, 120)));

/** Where the fields of the last embed begin: from there on nothing comes that is drawn as text. */
function asidesFrom(blocks: readonly Block[]): number {
  const afterText = blocks.findLastIndex((block) => !below.has(block.kind)) + 1;
  const first = blocks.slice(afterText).findIndex(isAside);
  return first === -1 ? blocks.length : afterText + first;
}

const asides = (block: Block): APIEmbedField[] => {
  const field = (label: string, value: string) => ({ name: escapeLine(label), value, inline: true });
  if (block.kind === "deadline") return [field(block.label, timestamp(block.at, "\n"))];
  if (block.kind !== "fields") return [];
  return block.fields.map(({ label, value }) => field(label, escapeLine(value)));
};

/**
 * What the menu of the same reply says as well is left out. A table that its picture says as well stands last, for
 * those who read rather than look; a strip of one row, like a calendar, is left to the picture's own description.
 */
function shown({ blocks }: Reply): readonly Block[] {
  const pictured = blocks.some(({ kind }) => kind === "picture");
  const linked = blocks.some((block) => block.kind === "table" && block.links !== undefined);
  const repeats = (block: Block) =>
    block.kind === "note" || block.kind === "table" ? block.repeats : undefined;
  const own = blocks.filter((block) =>
    repeats(block) === "picture" ? !pictured : repeats(block) !== "links" || !linked,
  );
  const again = blocks.filter(
    (block) =>
      pictured &&
      block.kind === "table" &&
      block.repeats === "picture" &&
      block.rows.length > 1 &&
      drawTable(block, codeFont) !== null,
  );
  const end = own.findLastIndex(({ kind }) => !below.has(kind) || kind === "note") + 1;
  return [...own.slice(0, end), ...again, ...own.slice(end)];
}

/** The parts of a reply on their way into messages. */
class Assembly {
  readonly #locale: Locale;
  readonly #draft: Draft;
  readonly #files: DiscordFile[][] = [];
  /** Stanzas that make no sense without the next one. */
  #leading: Stanza[] = [];
  #pictures = 0;

  constructor(reply: readonly Block[], locale: Locale) {
    const scored = reply.find((block) => block.kind === "heading" && block.score !== undefined);
    const score = scored?.kind === "heading" ? scored.score : undefined;
    this.#draft = new Draft(score === undefined ? BRAND : scoreColour(score));
    this.#locale = locale;
  }

  #attach(file: DiscordFile): void {
    const bytes = (files: readonly DiscordFile[]) => files.reduce((sum, { data }) => sum + data.length, 0);
    const there = this.#files[this.#draft.message] ?? [];
    if (there.length === LIMITS.attachments || bytes([...there, file]) > MOST_FILE_BYTES) this.#draft.end();
    this.#files[this.#draft.message] = [...(this.#files[this.#draft.message] ?? []), file];
  }

  #text(stanzas: readonly Stanza[]): void {
    for (const each of stanzas) {
      if (each.lines.length === 0) continue;
      this.#leading.push(each);
      if (each.leads) continue;
      this.#draft.text(this.#leading);
      this.#leading = [];
    }
  }

  add(block: Block, place: "first" | "text" | "below"): void {
    if (block.kind === "heading") {
      const title = escapeLine(block.text);
      if (place === "first" && title.length <= LIMITS.embedTitle) this.#draft.title(title);
      else this.#text(stanzasOf(block, this.#locale));
      if (block.score !== undefined) this.#text([stanza([line(scoreBar(block.score))], { gap: "\n" })]);
      return;
    }
    if (block.kind === "picture") {
      this.#pictures += 1;
      const file = pictureFile(block.png, block.alt, this.#pictures);
      this.#draft.roomForImage();
      this.#attach(file);
      this.#draft.image(file.name);
    } else if (block.kind === "file") {
      for (const file of textFiles(block.name, block.content)) this.#attach(file);
    } else if (place === "below" && isAside(block)) {
      this.#draft.fields(asides(block));
    } else if (place === "below" && block.kind === "note" && this.#draft.footer(plainText(block.text))) {
      return;
    } else {
      this.#text(stanzasOf(block, this.#locale));
    }
  }

  done(): Pick<DiscordMessage, "files" | "body">[] {
    this.#draft.text(this.#leading);
    const embeds = this.#draft.done();
    return embeds.flatMap((drawn, at) => {
      const files = this.#files[at] ?? [];
      return drawn.length + files.length === 0 ? [] : [{ body: bodyOf({ embeds: drawn, files }), files }];
    });
  }
}

const bodyOf = (of: {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly Row[];
  readonly files?: readonly DiscordFile[];
}): DiscordMessage["body"] => ({
  content: of.content ?? "",
  embeds: of.embeds ?? [],
  components: of.components ?? [],
  attachments: (of.files ?? []).map(({ name, description }, id) => ({
    id: String(id),
    filename: name,
    ...(description === undefined ? {} : { description }),
  })),
  allowed_mentions: { parse: [] },
});

/** A message without an embed, where the reply is a sentence or two. */
function contentOf(blocks: readonly Block[], locale: Locale): string | null {
  if (!blocks.every(({ kind }) => simple.has(kind))) return null;
  const content = blocks
    .flatMap((block) => stanzasOf(block, locale))
    .map(
      ({ gap, lines }, at) =>
        (at === 0 ? "" : gap) + lines.map(({ prefix, text }) => prefix + text).join("\n"),
    )
    .join("");
  return content.length <= LIMITS.content ? content : null;
}

/** Nothing to see, for a message that is only its buttons. */
const EMPTY = "⋯";

function rowsOf(block: Block, keeping: Keeping): Row[] {
  if (block.kind === "buttons") return buttonRows(block.buttons, keeping);
  if (block.kind === "choices") return choiceRows(block, keeping);
  if (block.kind === "form") return [formRow(block.form, keeping)];
  return block.kind === "table" ? linkRows(block, keeping) : [];
}

/**
 * A reply as the messages that say it, in their order; more than one only where it passes what one may hold. Buttons
 * and menus stand under the last. Whatever a member wrote, nothing passes a limit, mentions, links or formats.
 */
export function renderReply(reply: Reply, { locale, server }: Context): readonly DiscordMessage[] {
  const blocks = shown(reply);
  const content = contentOf(blocks, locale);
  const messages: Pick<DiscordMessage, "files" | "body">[] = [];
  if (content === null) {
    const assembly = new Assembly(blocks, locale);
    const from = asidesFrom(blocks);
    blocks.forEach((block, at) => {
      assembly.add(block, at === 0 ? "first" : at >= from ? "below" : "text");
    });
    messages.push(...assembly.done());
  } else if (content !== "") messages.push({ body: bodyOf({ content }), files: [] });

  const keeping = new Keeping(LIMITS.customId, serverMark(server));
  const rows = withoutGaps(blocks.flatMap((block) => rowsOf(block, keeping)));
  const last = messages.at(-1) ?? { body: bodyOf({ content: EMPTY }), files: [] };
  const parts = Array.from({ length: Math.max(1, Math.ceil(rows.length / LIMITS.rows)) }, (_, at) => {
    const components = rows.slice(at * LIMITS.rows, (at + 1) * LIMITS.rows);
    return at === 0
      ? { ...last, body: { ...last.body, components } }
      : { body: bodyOf({ content: EMPTY, components }), files: [] };
  });
  return [...messages.slice(0, -1), ...parts].map((message, at) => ({
    ...message,
    keep: at === 0 ? keeping.all : [],
    ephemeral: reply.visibility === "private",
  }));
}
