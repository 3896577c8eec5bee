import type { IncomingMessage } from "node:http";
import { isJson, type Json } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";

/** Arguments whose value is JSON where the body is a form. */
const asJson = new Set(["blocks", "attachments", "metadata", "view", "files"]);
const flags = new Set(["unfurl_links", "unfurl_media", "link_names", "mrkdwn", "reply_broadcast", "as_user"]);

const invalid: Readonly<Record<string, string>> = {
  blocks: "invalid_blocks_format",
  attachments: "invalid_attachments",
  metadata: "invalid_metadata_format",
};

function read(name: string, value: string): unknown {
  if (flags.has(name)) return value === "true" || value === "1";
  if (!asJson.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new SlackRefusal(invalid[name] ?? "invalid_arguments", { cause: String(cause) });
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The arguments of a request, whichever of Slack's content types it has, with the JSON in them read. */
export async function argsOf(request: IncomingMessage, query: URLSearchParams): Promise<Json> {
  const bytes = await bytesOf(request);
  const contentType = request.headers["content-type"] ?? "";
  if (contentType.includes("application/json")) {
    const body: unknown = JSON.parse(bytes.toString() || "{}");
    if (!isJson(body)) throw new SlackRefusal("invalid_json");
    // JSON inside JSON is read as well, as Slack does.
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        typeof value === "string" && asJson.has(name) ? read(name, value) : value,
      ]),
    );
  }
  const pairs: [string, string][] = [...query];
  if (contentType.startsWith("multipart/form-data")) {
    const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
    for (const [name, value] of form) if (typeof value === "string") pairs.push([name, value]);
  } else pairs.push(...new URLSearchParams(bytes.toString()));
  return Object.fromEntries(pairs.map(([name, value]) => [name, read(name, value)]));
}

/** The token that a request carries, in its header or among its arguments; null where there is none. */
export function tokenOf({ headers }: IncomingMessage, args: Json): string | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  return bearer ?? (typeof args.token === "string" ? args.token : null);
}

/** Client id and secret in a Basic header, as arguments. */
export function basicOf({ headers }: IncomingMessage): Json {
  const encoded = /^Basic (\S+)$/.exec(headers.authorization ?? "")?.[1];
  if (encoded === undefined) return {};
  const [client_id = "", client_secret = ""] = Buffer.from(encoded, "base64").toString().split(":");
  return { client_id, client_secret };
}
