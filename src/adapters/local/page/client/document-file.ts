import { send } from "./api.ts";
import type { Perform } from "./render.ts";
import { showInLog } from "./replies.ts";
import type { RequestAnswer } from "./wire.ts";

/** What holds questions rather than a log. Plain text may be either, and is taken for a log. */
const DOCUMENT = /\.(?:md|markdown|html?|xhtml|csv|tsv|docx|pdf)$/iu;

/** What 8 MB take in base64, with the rest of the request. */
const MOST_DOCUMENT_BYTES = 11_900_000;

export const isDocument = ({ name }: File): boolean => DOCUMENT.test(name);

/** A file's bytes in base64. */
const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });

/** Sends a document to be made drafts of. */
export async function sendDocument(file: File, owner: string): Promise<RequestAnswer> {
  const document = { name: file.name, base64: await base64Of(file) };
  const options = { do: "import", document, ...(owner === "" ? {} : { owner }) };
  return send(
    "content",
    { kind: "typed", options },
    { path: "/api/document", mostBytes: MOST_DOCUMENT_BYTES },
  );
}

/** A document that was dropped on the commands. */
export function importDropped(
  file: File,
  perform: Perform,
  failed: (slot: "log", typed: string, error: unknown) => void,
): void {
  const typed = `/content import ${file.name}`;
  sendDocument(file, "").then(
    (answer) => showInLog(typed, answer, perform),
    (error: unknown) => failed("log", typed, error),
  );
}
