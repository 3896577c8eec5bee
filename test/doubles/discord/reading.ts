import type { IncomingMessage } from "node:http";
import { rules } from "./form.ts";
import type { UploadedFile } from "./front.ts";
import { refusals } from "./refusal.ts";

export interface ReadBody {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

const badForm = () =>
  refusals.form([
    { path: "", code: "CONTENT_TYPE_INVALID", message: "The body cannot be read as what it says it is." },
  ]);

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isTooLarge = false;
  for await (const chunk of request) {
    size += chunk.length;
    // Read to its end all the same, or the client sees a reset instead of the answer.
    isTooLarge ||= size > rules.requestBytes.max;
    if (!isTooLarge) chunks.push(chunk);
  }
  if (isTooLarge) throw refusals.tooLarge();
  return Buffer.concat(chunks);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badForm();
  }
}

/** A JSON body, or the `payload_json` and the files of a form. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const bytes = await bytesOf(request);
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: null, files: [] };
  if (type.startsWith("application/json")) return { body: jsonOf(bytes.toString("utf8")), files: [] };
  if (!type.startsWith("multipart/form-data")) throw badForm();
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const files: { readonly at: number; readonly file: UploadedFile }[] = [];
  let body: unknown = {};
  for (const [name, value] of form) {
    if (name === "payload_json" && typeof value === "string") body = jsonOf(value);
    const number = /^files\[(\d{1,3})\]$/.exec(name)?.[1];
    if (number === undefined || typeof value === "string") continue;
    const content = new Uint8Array(await value.arrayBuffer());
    const file = {
      name: value.name,
      size: content.length,
      bytes: content,
      contentType: value.type || "application/octet-stream",
    };
    files.push({ at: Number(number), file });
  }
  return { body, files: files.toSorted((one, other) => one.at - other.at).map(({ file }) => file) };
}
