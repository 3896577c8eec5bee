import type { Command } from "#core/command";
import { describeOptions } from "#core/options";
import { plainText } from "#src/adapters/chat/plain-text";

/** `<@U1|ann>`, `<#C1|daily>`, `<!here>`, `<https://x|x>`, `<mailto:a@b|a@b>`: what Slack makes of what is typed. */
const control = /<([@#!]?)([^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>/gu;

/** Quotation marks that phones put in place of straight ones, and that mean nothing between words. */
const doubleQuotes = /["“”„‟«»「」『』]/gu;
const singleQuotes = /[‘’‚‛]/gu;
/** What phones make of two hyphens, or of one between numbers. */
const dashes = /[‐‑‒–—−]/gu;

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** As a person reads it: names of members and channels, links by what is shown of them. */
const asRead = (_: string, sign: string, target: string, label?: string): string => {
  if (sign === "") return label === undefined || label === "" ? target.replace(/^mailto:/u, "") : label;
  if (sign === "!")
    return `@${(label ?? target).replace(/^(?:subteam|date)\^[^|]*$/u, "…").replace(/^@/u, "")}`;
  return `${sign}${label === undefined || label === "" ? target : label}`;
};

/** As options take it: members and channels by their ids. */
const asWord = (_: string, sign: string, target: string, label?: string): string =>
  sign === "@" || sign === "#" ? target : asRead(_, sign, target, label);

const takesWholeText = (command: Command | undefined): boolean =>
  command === undefined || describeOptions(command.options).some(({ meta }) => meta.rest === true);

/**
 * What a member typed, out of what Slack made of it: escapes undone, and for a command of single words its quotation
 * marks, dashes and blanks as a keyboard without help would have written them.
 *
 * @param command whose options the line holds; without it, or where it takes a whole text, the text is as a person reads it
 */
export function typedLine(text: string, command?: Command): string {
  if (takesWholeText(command)) return unescaped(plainText(text).replace(control, asRead));
  const words = unescaped(plainText(text).replace(control, asWord));
  return words
    .replace(doubleQuotes, " ")
    .replace(singleQuotes, "'")
    .replace(dashes, "-")
    .replace(/\s+/gu, " ")
    .trim();
}
