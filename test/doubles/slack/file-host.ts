import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FaultList } from "./faults.ts";
import type { FileToSend } from "./handles.ts";
import type { StoredFile } from "./messages.ts";
import type { Download } from "./records.ts";

interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly alt: string | null;
  /** Where emulate takes it. */
  readonly emulateUrl: string;
  readonly workspaceId: string;
  bytes: Buffer | null;
}

export interface FileHost {
  readonly origin: string;
  readonly downloads: readonly Download[];
  /** Keeps a member's file; answers its URLs. */
  add(id: string, workspaceId: string, file: FileToSend): StoredFile;
  /** Keeps a file that the app uploaded. */
  keep(file: StoredFile, workspaceId: string): StoredFile;
  find(idOrUrl: string): StoredFile | undefined;
  /** The URL that takes an upload. */
  expect(upload: Omit<Upload, "bytes">): string;
  uploaded(id: string): Upload | undefined;
  urlOf(id: string, workspaceId: string, name: string): string;
  stop(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function* bytesOf({ bytes }: FileToSend): AsyncIterable<Uint8Array> {
  if (typeof bytes === "function") yield* bytes();
  else yield bytes;
}

const bearer = ({ headers }: IncomingMessage): string | null =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? null;

/** A multipart body's one file, or the body itself. */
async function fileIn(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data")) return body;
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
  for (const value of form.values())
    if (typeof value !== "string") return Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

/**
 * The host of files, apart from the API's: it gives a file to whoever sends a token that is good for its workspace, and to
 * others, as Slack does, a login page with status 200.
 * @param mayRead whether a token is good for files of a workspace
 */
export async function startFileHost(
  faults: FaultList,
  mayRead: (token: string | null, workspaceId: string) => boolean,
  uploaded: (upload: Upload, contentType: string) => Promise<void>,
): Promise<FileHost> {
  const files = new Map<
    string,
    { readonly file: FileToSend; readonly workspaceId: string; readonly stored: StoredFile }
  >();
  const uploads = new Map<string, Upload>();
  const downloads: Download[] = [];

  async function give(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = files.get(path);
    const token = bearer(request);
    const allowed = found !== undefined && mayRead(token, found.workspaceId);
    const fault = faults.take(path, found?.workspaceId ?? null);
    const note = (status: number) =>
      downloads.push({ path, host: request.headers.host ?? "", token, status });
    if (fault?.kind === "lost request" || fault?.kind === "lost reply") {
      note(0);
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === "status" || found === undefined) {
      const status = fault?.kind === "status" ? fault.status : 404;
      note(status);
      response.writeHead(status).end();
      return;
    }
    if (fault?.kind === "redirect") {
      note(302);
      response.writeHead(302, { location: fault.to }).end();
      return;
    }
    if (!allowed) {
      note(200);
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end("<!DOCTYPE html><title>Slack</title><p>Sign in to your workspace</p>");
      return;
    }
    note(200);
    const { mimetype = "application/octet-stream" } = found.file;
    response.writeHead(200, { "content-type": mimetype });
    if (fault?.kind === "slow") {
      response.flushHeaders();
      await pause(fault.ms);
    }
    for await (const chunk of bytesOf(found.file)) {
      if (response.destroyed) return;
      const sent = fault?.kind === "cut reply" ? chunk.subarray(0, Math.ceil(chunk.length / 2)) : chunk;
      if (!response.write(sent)) await Promise.race([once(response, "drain"), once(response, "close")]);
      if (fault?.kind === "cut reply") {
        request.socket.resetAndDestroy();
        return;
      }
    }
    response.end();
  }

  async function take(upload: Upload, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faults.take("/upload", upload.workspaceId);
    if (fault?.kind === "lost request") return void request.socket.resetAndDestroy();
    const bytes = await fileIn(request);
    if (fault?.kind === "status" || bytes.length !== upload.length) {
      response.writeHead(fault?.kind === "status" ? fault.status : 400).end("length does not match");
      return;
    }
    upload.bytes = bytes;
    await uploaded(upload, "application/octet-stream");
    if (fault?.kind === "lost reply") return void request.socket.resetAndDestroy();
    response.writeHead(200).end(`OK - ${bytes.length}`);
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://files").pathname;
    const upload = uploads.get(path);
    const done =
      upload !== undefined && (request.method === "POST" || request.method === "PUT")
        ? take(upload, request, response)
        : give(path, request, response);
    void done.catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the host of files has no port");
  const origin = `http://127.0.0.1:${address.port}`;

  const pathOf = (id: string, workspaceId: string, name: string) =>
    `/files-pri/${workspaceId}-${id}/download/${encodeURIComponent(name)}`;
  const put = (path: string, workspaceId: string, file: FileToSend, stored: StoredFile): StoredFile => {
    files.set(path, { file, workspaceId, stored });
    return stored;
  };
  return {
    origin,
    downloads,
    urlOf: (id, workspaceId, name) => `${origin}${pathOf(id, workspaceId, name)}`,
    add(id, workspaceId, file) {
      const path = pathOf(id, workspaceId, file.name);
      const bytes = typeof file.bytes === "function" ? new Uint8Array() : file.bytes;
      return put(path, workspaceId, file, {
        id,
        name: file.name,
        alt: null,
        mimetype: file.mimetype ?? "text/plain",
        size: file.size ?? bytes.length,
        url: file.url ?? `${origin}${path}`,
        bytes,
        at: 0,
      });
    },
    keep(stored, workspaceId) {
      const { name, bytes, mimetype } = stored;
      return put(pathOf(stored.id, workspaceId, name), workspaceId, { name, bytes, mimetype }, stored);
    },
    find: (idOrUrl) =>
      [...files.values()].find(({ stored }) => stored.id === idOrUrl || stored.url === idOrUrl)?.stored,
    expect(upload) {
      const path = `/upload/v1/${upload.id}`;
      uploads.set(path, { ...upload, bytes: null });
      return `${origin}${path}`;
    },
    uploaded: (id) => uploads.get(`/upload/v1/${id}`),
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
