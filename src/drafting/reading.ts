import { createHash } from "node:crypto";
import type { ReadDocument } from "#core/draft/drafting";
import { importDocument } from "./formats/format.ts";

/** A document as another process hands it over; a refusal as its sentences, since functions do not cross. */
export type Reading =
  | { readonly read: ReadDocument }
  | { readonly refused: { readonly zh: string; readonly en: string } };

/** @throws Refusal that says what is wrong with the file */
export async function readDocument(name: string, bytes: Uint8Array): Promise<ReadDocument> {
  const { draft, text } = await importDocument(name, Buffer.from(bytes));
  return {
    questions: draft.questions,
    dropped: draft.dropped,
    lines: text.split(/\r\n|\n|\r/u),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
