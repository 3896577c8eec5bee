import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { ReadDocument } from "#core/draft/drafting";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { importDocument } from "./formats/format.ts";

/** A document as a thread hands it back; a refusal as its sentences, since functions do not cross. */
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

async function readInThread({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<Reading> {
  try {
    return { read: await readDocument(name, bytes) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { zh: error.sentence(messagesFor("zh")), en: error.sentence(messagesFor("en")) } };
  }
}

if (parentPort !== null && workerData?.reads === "document")
  parentPort.postMessage(await readInThread(workerData));
