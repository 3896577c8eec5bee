const kib = (bytes: number): string => `${Math.floor(bytes / 1024).toLocaleString("en-US")} KiB`;

/** What both chat platforms say. */
export const adapting = {
  unknownButton: "This button is no longer known here. Run its command again and take the new one.",
  partMissing:
    "Part of this reply could not be shown. Run the command again to see it; what you sent is kept, and /history shows it.",
  takesLong:
    "This takes longer than it should. What comes of it will stand here; an answer that arrived is kept, and /history shows it.",
  fileTooLarge: (name: string, most: number): string =>
    `“${name}” is larger than I read (${kib(most)}). Attach the end of the log, from the error on.`,
  fileNotText: (name: string): string =>
    `“${name}” is not a text file. Attach the log as plain text, or paste the error into the command.`,
  fileUnreadable: (name: string): string =>
    `“${name}” could not be fetched. Attach it once more, or paste the error into the command.`,
  nothingToRead: "That message holds no text that I could read. Paste the error into the command instead.",
};
