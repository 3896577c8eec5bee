/** Letters that nobody sees, that turn the direction of writing, or that steer a terminal; line ends stay. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}]|(?!\n)\p{Cc}/gu;

/**
 * What somebody typed for others to read, as it is kept: one way of writing the same letters, nothing unseen, no more
 * than one blank line or blank in a row. Linear in the length of the text.
 */
export const cleanText = (typed: string): string =>
  typed
    .toWellFormed()
    .replace(/\r\n?/gu, "\n")
    .replace(UNSEEN, (letter) => (letter === "\t" ? " " : ""))
    .normalize("NFC")
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n ?/gu, "\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
