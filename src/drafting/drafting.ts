import type { Drafting, ReadDocument } from "#core/draft/drafting";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Glossary } from "#core/scoring/glossary";
import { askBeside, EndedBeside } from "#src/beside";
import type { Reading } from "./reading.ts";

/** What is read in less time than a process takes to start. */
const READ_AT_ONCE_BYTES = 128 * 1024;
/** Word and PDF take long whatever their size. */
const SLOW = /\.(?:docx|pdf)$/iu;
const MOST_MEGABYTES = 600;
const MOST_MS = 60_000;

/** Whether reading ended because a document took more memory or time than any does. */
const isTooMuch = (error: unknown): boolean =>
  (error instanceof EndedBeside && error.isFull) || (error instanceof Error && error.name === "TimeoutError");

/** Reads in a process of its own: everybody else's commands go on meanwhile, whatever the document is. */
async function readBeside(name: string, bytes: Uint8Array): Promise<ReadDocument> {
  const limits = { heapMegabytes: MOST_MEGABYTES, signal: AbortSignal.timeout(MOST_MS) };
  const reading = await askBeside<Reading>(
    new URL("./reader.ts", import.meta.url),
    { name, bytes },
    limits,
  ).catch((error: unknown) => {
    throw isTooMuch(error) ? new Refusal((say) => say.drafting.bomb, { cause: error }) : error;
  });
  if ("read" in reading) return reading.read;
  const { zh, en } = reading.refused;
  throw new Refusal((say) => (say === messagesFor("zh") ? zh : en));
}

/**
 * Reads documents and draws rules from them.
 *
 * @param glossary what the rules speak of; compiled when it is needed first
 */
export const openDrafting = (glossary: () => Glossary): Drafting => ({
  glossary,
  async read(name, bytes) {
    if (bytes.byteLength > READ_AT_ONCE_BYTES || SLOW.test(name)) return readBeside(name, bytes);
    // What reads documents is large, and most processes never import one.
    const { readDocument } = await import("./reading.ts");
    return readDocument(name, bytes);
  },
  async rules(id, title, points) {
    const { draftRules } = await import("./rules.ts");
    const identified = points.map((point) => ({ id: point.id, point }));
    return draftRules(id, title, identified, glossary());
  },
});
