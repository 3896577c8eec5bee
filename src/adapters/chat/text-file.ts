import { Refusal } from "#core/refusal";

/** The error stands at the end of a log, and nobody needs more of it than this. */
const MOST_BYTES = 1_048_576;
/** As large as a document may be that is imported in chat. */
const MOST_DOCUMENT_BYTES = 8 * 1_048_576;
const PATIENCE_MS = 8000;
/** Text has line ends and tabs; more of other control characters than this means that it is none. */
const MOST_CONTROLS = 0.02;

/** Tab, line feed, carriage return and escape. */
const PRINTED: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x1b]);

/** A file that a member attached, on a host of the platform's; nothing of it has been read. */
export interface AttachedFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

export interface FileSource {
  /** Scheme, host and port that a file may come from, as `URL.origin` writes them. */
  readonly origins: readonly string[];
  readonly fetch: typeof fetch;
  /** Sent to those origins alone. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A file's name as it may be repeated to the member. */
const shown = (name: string): string => name.slice(0, 60);

/** How much of a file is read, and what a member is told of one that is larger. */
interface Limit {
  readonly bytes: number;
  readonly refusal: (name: string) => Refusal;
}

const asLog: Limit = {
  bytes: MOST_BYTES,
  refusal: (name) => new Refusal((say) => say.adapting.fileTooLarge(shown(name), MOST_BYTES)),
};

const asDocument: Limit = {
  bytes: MOST_DOCUMENT_BYTES,
  refusal: () => new Refusal((say) => say.content.documentTooLarge(MOST_DOCUMENT_BYTES / 1_048_576)),
};

async function bytesOf(response: Response, name: string, limit: Limit): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Whatever size was declared: leaving the loop cancels the rest of the body.
    if (size > limit.bytes) throw limit.refusal(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** UTF-8; UTF-16 with its mark, as PowerShell writes a log; else GB 18030, as Chinese Windows does. Null for no text. */
function textIn(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, "utf-16be");
  const text = bytes.includes(0) ? null : (decoded(bytes, "utf-8") ?? decoded(bytes, "gb18030"));
  if (text === null) return null;
  // Terminals colour logs with escapes; a picture or an archive is full of other control characters.
  let controls = 0;
  for (const byte of bytes) if (byte < 0x20 && !PRINTED.has(byte)) controls += 1;
  return controls > bytes.length * MOST_CONTROLS ? null : text;
}

/**
 * A file that a member attached, read from the platform's own host, as a stream that ends at the limit.
 *
 * @throws Refusal where it is too large, or not to be had
 */
async function readBytes(
  { name, size, url: address }: AttachedFile,
  source: FileSource,
  limit: Limit,
): Promise<Buffer> {
  if (size > limit.bytes) throw limit.refusal(name);
  const unreadable = (cause: unknown): Refusal =>
    new Refusal((say) => say.adapting.fileUnreadable(shown(name)), { cause });
  const url = URL.parse(address);
  if (url === null || !source.origins.includes(url.origin)) throw unreadable(new Error("another host"));

  try {
    const response = await source.fetch(url, {
      // A redirection could lead to another host, with the headers.
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(source.headers === undefined ? {} : { headers: source.headers }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await bytesOf(response, name, limit);
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(error);
  }
}

/**
 * The text of a file that a member attached.
 *
 * @throws Refusal where it is too large, no text, or not to be had
 */
export async function readTextFile(file: AttachedFile, source: FileSource): Promise<string> {
  const text = textIn(await readBytes(file, source, asLog));
  if (text === null) throw new Refusal((say) => say.adapting.fileNotText(shown(file.name)));
  return text;
}

/** A document as an option takes it: its name, and its bytes in base64. */
export interface DocumentFile {
  readonly name: string;
  readonly base64: string;
}

/**
 * A document that a member attached, whatever its format.
 *
 * @throws Refusal where it is too large, or not to be had
 */
export async function readDocumentFile(file: AttachedFile, source: FileSource): Promise<DocumentFile> {
  const bytes = await readBytes(file, source, asDocument);
  return { name: file.name, base64: bytes.toString("base64") };
}
