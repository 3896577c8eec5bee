import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { answerBeside } from "#src/beside";
import { type Reading, readDocument } from "./reading.ts";

interface Document {
  readonly name: string;
  readonly bytes: Uint8Array;
}

answerBeside(async ({ name, bytes }: Document): Promise<Reading> => {
  try {
    return { read: await readDocument(name, bytes) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { zh: error.sentence(messagesFor("zh")), en: error.sentence(messagesFor("en")) } };
  }
});
