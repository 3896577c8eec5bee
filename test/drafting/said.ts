import type { Draft } from "#src/drafting/draft";
import { importDocument } from "#src/drafting/formats/format";

/** The draft of a text as a file of this name. */
export const draftOf = async (name: string, text: string): Promise<Draft> =>
  (await importDocument(name, Buffer.from(text))).draft;

/** Each question of a text with the statements of its key points. */
export const saidIn = async (name: string, text: string): Promise<[string, string[]][]> =>
  (await draftOf(name, text)).questions.map(({ title, points }) => [
    title,
    points.map(({ statement }) => statement),
  ]);
