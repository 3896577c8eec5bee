import { plainLine, plainText } from "#src/adapters/chat/plain-text";

/**
 * What begins something in Discord's markdown wherever it stands: emphasis, code, spoilers, mentions, custom emoji,
 * timestamps, links in angle brackets and masked links; `:` where an emoji's name or an address follows, `/` where an
 * invite could lead to a server.
 */
const anywhere = /[\\*_~`|<@[\]]|:(?=\/\/|[^\s:]{0,80}:)|(?<=\.[a-z]{2,24})\//giu;

/** What begins a heading, a quote, a list or small print, where a line begins. */
const atLineStart = /^([^\S\n]*)(?:([-+#>])|(\d+)(?=\.))/gmu;

const atFirst = new RegExp(atLineStart.source, "u");

const guardLineStart = (_: string, blank: string, sign?: string, number?: string): string =>
  sign === undefined ? `${blank}${number}\\` : `${blank}\\${sign}`;

/**
 * Plain text as markdown that Discord draws as exactly that text: nothing in it mentions, formats, links, invites or
 * becomes an emoji or a timestamp. Text that something stands before on its line is escaped the same.
 */
export const escapeText = (text: string): string =>
  plainText(text).replace(anywhere, "\\$&").replace(atLineStart, guardLineStart);

/** The same in one line. */
export const escapeLine = (text: string): string => escapeText(plainLine(text));

/** Escaped text whose beginning was cut off may begin a line by now. */
export const escapeBeginning = (markdown: string): string => markdown.replace(atFirst, guardLineStart);

/** Text for the inside of a code block, where no escape is read: a fence in it would end the block. */
export const codeText = (text: string): string =>
  plainText(text).replace(/`{3,}/gu, (run) => "ˋ".repeat(run.length));

/** How many UTF-16 code units `fence` adds. */
export const FENCE_LENGTH = 8;

/** Lines that `codeText` made safe, as a code block. */
export const fence = (code: string): string => `\`\`\`\n${code}\n\`\`\``;

/** Markdown that holds no emphasis of its own, in bold; nothing where there is nothing to see. */
export const bold = (markdown: string): string => (markdown.trim() === "" ? "" : `**${markdown}**`);

/** An instant that every reader sees in their own zone, and how far off it is. */
export const timestamp = (instant: number, between: string): string => {
  const seconds = Math.floor(instant / 1000);
  return `<t:${seconds}:f>${between}<t:${seconds}:R>`;
};
