import type { types } from "@slack/bolt";
import type { MemberId } from "#core/ids";
import type { Block, Reply } from "#core/reply";
import { beginningOf } from "#src/adapters/chat/plain-text";
import type { Kept } from "#src/adapters/chat/pressed";
import { SlackKeeping } from "./action-id.ts";
import { buttonBlocks, choiceBlocks, formBlock, linkBlocks } from "./blocks.ts";
import { pictureBlock, pictureFile, type SlackFile, textFile } from "./files.ts";
import { LIMITS } from "./limits.ts";
import { escapeText, plain } from "./mrkdwn.ts";
import { type Context, type Part, partsOf } from "./render-part.ts";

/** One message, as Slack's API takes it; whoever sends it adds where, and that nothing unfurls. */
export interface SlackMessage {
  /** For notifications and screen readers: what the blocks say, escaped. */
  readonly text: string;
  /** Pictures in them are not uploaded yet: `uploaded` puts them in. */
  readonly blocks: readonly types.KnownBlock[];
  readonly files: readonly SlackFile[];
  /** What its buttons and menus stand for where that is too long for them: to be kept before it is sent. */
  readonly keep: readonly Kept[];
  /** Only for the member who asked. */
  readonly ephemeral: boolean;
}

/** A part with what is to be uploaded for it. */
type FilledPart = Part & { readonly files: readonly SlackFile[] };

const isPressed = ({ kind }: Block): boolean => kind === "buttons" || kind === "choices" || kind === "form";

/**
 * What the menu of the same reply says as well is left out, and so is a strip of one row that its picture says. A longer
 * table beside a picture stands last, for those who read rather than look.
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
    (block) => pictured && block.kind === "table" && block.repeats === "picture" && block.rows.length > 1,
  );
  const end = own.findLastIndex((block) => !isPressed(block)) + 1;
  return [...own.slice(0, end), ...again, ...own.slice(end)];
}

const pressable = (blocks: readonly types.KnownBlock[]): FilledPart[] =>
  blocks.map((block) => ({ blocks: [block], words: "", files: [] }));

const withoutFiles = (parts: readonly Part[]): FilledPart[] => parts.map((part) => ({ ...part, files: [] }));

function filledParts(block: Block, context: Context, keeping: SlackKeeping): FilledPart[] {
  switch (block.kind) {
    case "picture": {
      const file = pictureFile(block.png, block.alt);
      return [{ blocks: [pictureBlock(file, 1)], words: escapeText(file.alt ?? ""), files: [file] }];
    }
    case "file":
      return [{ blocks: [], words: escapeText(block.name), files: [textFile(block.name, block.content)] }];
    case "buttons":
      return pressable(buttonBlocks(block.buttons, keeping));
    case "choices":
      return pressable(choiceBlocks(block, keeping));
    case "form":
      return pressable([formBlock(block.form, keeping)]);
    case "table":
      return [...withoutFiles(partsOf(block, context)), ...pressable(linkBlocks(block, keeping))];
    case "heading":
    case "text":
    case "note":
    case "fields":
    case "verdicts":
    case "list":
    case "code":
    case "deadline":
    case "quote":
    case "members":
      return withoutFiles(partsOf(block, context));
  }
}

/** The parts of a reply in their order. */
const partsOfReply = (reply: Reply, context: Context, keeping: SlackKeeping): FilledPart[] =>
  shown(reply).flatMap((block) => filledParts(block, context, keeping));

const sizeOf = (blocks: readonly types.KnownBlock[]): number => JSON.stringify(blocks).length;

interface Limits {
  readonly blocks: number;
  readonly json: number;
}

const ofMessage: Limits = { blocks: LIMITS.blocks, json: LIMITS.blocksJson };
const ofView: Limits = { blocks: LIMITS.viewBlocks, json: LIMITS.viewJson };

/** A message or a view that is being filled. */
class Sheet {
  readonly #limits: Limits;
  readonly blocks: types.KnownBlock[] = [];
  readonly files: SlackFile[] = [];
  readonly words: string[] = [];
  #size = 2;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  fits(parts: readonly Part[]): boolean {
    const blocks = parts.flatMap((part) => part.blocks);
    return (
      this.blocks.length + blocks.length <= this.#limits.blocks &&
      this.#size + sizeOf(blocks) <= this.#limits.json
    );
  }

  add({ blocks, files, words }: FilledPart): void {
    const pictures = this.files.filter(({ kind }) => kind === "picture").length;
    for (const block of blocks) {
      const [file] = files;
      this.blocks.push(block.type === "image" && file ? pictureBlock(file, pictures + 1) : block);
    }
    this.files.push(...files);
    if (words !== "") this.words.push(words);
    this.#size += sizeOf(blocks) + 1;
  }

  get isEmpty(): boolean {
    return this.blocks.length + this.files.length === 0;
  }
}

/** Blocks of a part one by one, for one that is longer than a message. */
const pieces = (part: FilledPart): FilledPart[] =>
  part.blocks.map((block, at) => ({ ...part, blocks: [block], words: at === 0 ? part.words : "" }));

/** Parts that belong together: a heading and what it is over. */
function groupsOf(parts: readonly FilledPart[]): FilledPart[][] {
  const groups: FilledPart[][] = [];
  let leading: FilledPart[] = [];
  for (const part of parts) {
    leading.push(part);
    if (part.leads === true) continue;
    groups.push(leading);
    leading = [];
  }
  return leading.length === 0 ? groups : [...groups, leading];
}

function sheetsOf(parts: readonly FilledPart[], limits: Limits): Sheet[] {
  let open = new Sheet(limits);
  const sheets = [open];
  const turn = (): void => {
    if (open.isEmpty) return;
    open = new Sheet(limits);
    sheets.push(open);
  };
  for (const group of groupsOf(parts)) {
    if (!open.fits(group)) turn();
    const whole = open.fits(group) ? group : group.flatMap(pieces);
    for (const part of whole) {
      if (!open.fits([part])) turn();
      open.add(part);
    }
  }
  return sheets;
}

/** Nothing to see, for a message that is only a file or its buttons. */
const EMPTY = "⋯";

/** As much of the words as a notification and a screen reader take; never within an escape or an instant. */
function textOf(words: readonly string[]): string {
  const text = words.join("\n");
  if (text.length <= LIMITS.messageText) return text || EMPTY;
  const beginning = beginningOf(text, LIMITS.messageText - 1);
  const open = beginning.lastIndexOf("<");
  const closed = open > beginning.lastIndexOf(">") ? beginning.slice(0, open) : beginning;
  return `${closed.replace(/&[a-z]{0,3}$/u, "")}…`;
}

/**
 * A reply as the messages that say it, in their order; more than one only where it passes what one may hold. Whatever
 * a member wrote, nothing passes a limit, mentions, links or formats.
 */
export function renderReply(reply: Reply, context: Context): readonly SlackMessage[] {
  const keeping = new SlackKeeping();
  const sheets = sheetsOf(partsOfReply(reply, context, keeping), ofMessage);
  return sheets.map(({ blocks, files, words }, at) => ({
    text: textOf(words),
    blocks: blocks.length > 0 ? blocks : [{ type: "context", elements: [plain(EMPTY)] }],
    files,
    keep: at === 0 ? keeping.all : [],
    ephemeral: reply.visibility === "private",
  }));
}

/** What a view shows of a reply, and whether that is all of it. */
export interface DrawnView {
  readonly blocks: readonly types.KnownBlock[];
  readonly files: readonly SlackFile[];
  readonly keep: readonly Kept[];
  readonly isWhole: boolean;
}

/** A reply as the blocks of a modal or a Home tab: as much as one holds, from its beginning. */
export function renderBlocks(reply: Reply, context: Context): DrawnView {
  const keeping = new SlackKeeping();
  const [first, ...more] = sheetsOf(partsOfReply(reply, context, keeping), ofView);
  const files = first?.files ?? [];
  return {
    blocks: first?.blocks ?? [],
    files: files.filter(({ kind }) => kind === "picture"),
    keep: keeping.all,
    isWhole: more.length === 0 && files.every(({ kind }) => kind === "picture"),
  };
}

/** Whom a reply names: their names are to be looked up before it is drawn. */
export const membersIn = ({ blocks }: Reply): readonly MemberId[] => [
  ...new Set(
    blocks.flatMap((block) => {
      if (block.kind === "members") return block.members;
      return block.kind === "quote" && block.by !== undefined ? [block.by] : [];
    }),
  ),
];
