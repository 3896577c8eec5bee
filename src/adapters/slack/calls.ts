import { webApi } from "@slack/bolt";
import { z } from "zod";
import { RespondFailure } from "./failure.ts";

const { WebAPIRateLimitedError, WebClient } = webApi;

/** Slack answers within that, or may have done what it did not answer. */
const TIMEOUT_MS = 5000;
/** Longer waits for a rate limit are a failure: whoever waits has a deadline, and the clock tries again. */
const LONGEST_WAIT_S = 10;
const MOST_WAITS = 3;
const BRIEFLY_MS = 1000;

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export interface CallSettings {
  /** Where the Web API is, with its last slash. */
  readonly api: string;
  /** Where addresses to respond to may lie, as `URL.origin` writes it. */
  readonly respondOrigins: readonly string[];
  readonly logger: webApi.Logger;
  readonly pause: Pause;
}

const ts = z.string().regex(/^\d{1,12}\.\d{1,8}$/);

const sentSchema = z.object({ ts, channel: z.string() });
const viewSchema = z.object({ view: z.object({ id: z.string() }) });

const messageSchema = z.object({
  ts,
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).default({}) })
    .optional(),
});
/** A message of a channel's history as far as it is read: never its words. */
export type PastMessage = z.infer<typeof messageSchema>;

const historySchema = z.object({
  messages: z.array(messageSchema),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const userSchema = z.object({
  user: z.object({
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_primary_owner: z.boolean().default(false),
    locale: z.string().optional(),
    name: z.string().default(""),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
export type UserInfo = z.infer<typeof userSchema>["user"];

const conversationSchema = z.object({
  channel: z.object({
    id: z.string(),
    name: z.string().default(""),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_member: z.boolean().default(false),
  }),
});
export type ConversationInfo = z.infer<typeof conversationSchema>["channel"];

const selfSchema = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().default(false),
  user_id: z.string(),
  bot_id: z.string().optional(),
});
/** Whose the token is. */
export type Self = z.infer<typeof selfSchema>;

const uploadSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** What is posted: text for notifications, and blocks. */
export interface Sendable {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

export interface PostOptions {
  readonly thread?: string;
  /** Machine-readable, shown to nobody: by it a message is found again. */
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, unknown>>;
  };
  readonly signal?: AbortSignal;
}

const quiet = { unfurl_links: false, unfurl_media: false, link_names: false } as const;

/**
 * Every call that the adapter makes in one workspace, by a client of its own: a limit that one workspace has reached
 * delays no other. Nothing is tried again that Slack may have done. They reject with what the client throws;
 * `troubleOf` says what that means.
 */
export class Calls {
  readonly token: string;
  readonly #client: webApi.WebClient;
  readonly #settings: CallSettings;

  /** @param team the workspace that calls are for, where the token is good for all of an organisation */
  constructor(token: string, settings: CallSettings, team: string | null = null) {
    this.token = token;
    this.#settings = settings;
    this.#client = new WebClient(token, {
      slackApiUrl: settings.api,
      logger: settings.logger,
      retryConfig: { retries: 0 },
      timeout: TIMEOUT_MS,
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      ...(team === null ? {} : { teamId: team }),
    });
  }

  /** Waits where Slack says for how long, if that is short: a call over the limit surely did nothing. */
  async #patiently<Result>(
    run: () => Promise<Result>,
    signal = AbortSignal.timeout(40_000),
  ): Promise<Result> {
    for (let waits = 0; ; waits += 1) {
      if (signal.aborted) throw new Error("the time for this call is over");
      try {
        return await run();
      } catch (error) {
        const isBriefly = error instanceof WebAPIRateLimitedError && error.retryAfter <= LONGEST_WAIT_S;
        if (!isBriefly || waits >= MOST_WAITS) throw error;
        await this.#settings.pause(error.retryAfter * 1000, signal);
      }
    }
  }

  async #call<Schema extends z.ZodType>(
    method: string,
    options: Record<string, unknown>,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>> {
    return schema.parse(await this.#patiently(() => this.#client.apiCall(method, options), signal));
  }

  /** A moment, before what failed is tried once more. */
  async waitBriefly(ms = BRIEFLY_MS): Promise<void> {
    await this.#settings.pause(ms, AbortSignal.timeout(ms * 2));
  }

  async self(): Promise<Self> {
    return this.#call("auth.test", {}, selfSchema);
  }

  /** Posts into a channel, a thread, or to a member; returns where it stands. */
  async post(
    channel: string,
    { text, blocks }: Sendable,
    { thread, metadata, signal }: PostOptions = {},
  ): Promise<{ readonly channel: string; readonly ts: string }> {
    const options = {
      channel,
      text,
      blocks,
      ...quiet,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...(metadata === undefined ? {} : { metadata }),
    };
    return this.#call("chat.postMessage", options, sentSchema, signal);
  }

  /** Shows something to one member in a channel that the bot is in. */
  async whisper(channel: string, member: string, { text, blocks }: Sendable, thread?: string): Promise<void> {
    const options = {
      channel,
      user: member,
      text,
      blocks,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    };
    await this.#call("chat.postEphemeral", options, z.object({}));
  }

  async edit(
    channel: string,
    ts: string,
    { text, blocks }: Sendable,
    metadata?: PostOptions["metadata"],
  ): Promise<void> {
    const options = { channel, ts, text, blocks, ...(metadata === undefined ? {} : { metadata }) };
    await this.#call("chat.update", options, z.object({}));
  }

  async remove(channel: string, ts: string): Promise<void> {
    await this.#call("chat.delete", { channel, ts }, z.object({}));
  }

  /** Messages of a channel from an instant on, with their metadata; the newest first. */
  async history(channel: string, oldest: string, cursor?: string): Promise<z.infer<typeof historySchema>> {
    const options = { channel, oldest, inclusive: true, include_all_metadata: true, limit: 15, cursor };
    return this.#call("conversations.history", options, historySchema);
  }

  async replies(channel: string, thread: string, cursor?: string): Promise<z.infer<typeof historySchema>> {
    const options = { channel, ts: thread, include_all_metadata: true, limit: 15, cursor };
    return this.#call("conversations.replies", options, historySchema);
  }

  /** @returns the view's id */
  async openView(trigger: string, view: unknown, how: "open" | "push" = "open"): Promise<string> {
    const { view: opened } = await this.#call(`views.${how}`, { trigger_id: trigger, view }, viewSchema);
    return opened.id;
  }

  async updateView(id: string, view: unknown): Promise<void> {
    await this.#call("views.update", { view_id: id, view }, z.object({}));
  }

  async publishHome(member: string, view: unknown): Promise<void> {
    await this.#call("views.publish", { user_id: member, view }, z.object({}));
  }

  async user(member: string): Promise<UserInfo> {
    return (await this.#call("users.info", { user: member, include_locale: true }, userSchema)).user;
  }

  async conversation(channel: string): Promise<ConversationInfo> {
    return (await this.#call("conversations.info", { channel }, conversationSchema)).channel;
  }

  /** The direct messages with a member. */
  async openDirect(member: string): Promise<string> {
    const schema = z.object({ channel: z.object({ id: z.string() }) });
    return (await this.#call("conversations.open", { users: member }, schema)).channel.id;
  }

  /** Puts a file on Slack; without a channel nobody sees it but in blocks that show it. Returns its id. */
  async upload(
    {
      name,
      data,
      alt,
    }: { readonly name: string; readonly data: Uint8Array; readonly alt?: string | undefined },
    to: { readonly channel?: string; readonly thread?: string | undefined } = {},
  ): Promise<string> {
    const about = { filename: name, length: data.byteLength, ...(alt === undefined ? {} : { alt_txt: alt }) };
    const { upload_url: url, file_id: id } = await this.#call(
      "files.getUploadURLExternal",
      about,
      uploadSchema,
    );
    const response = await fetch(url, {
      method: "POST",
      body: new Uint8Array(data),
      headers: { "content-type": "application/octet-stream" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS * 2),
    });
    if (!response.ok) throw new RespondFailure(response.status);
    await response.arrayBuffer();
    const place = {
      ...(to.channel === undefined ? {} : { channel_id: to.channel }),
      ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
    };
    await this.#call(
      "files.completeUploadExternal",
      { files: [{ id, title: name }], ...place },
      z.object({}),
    );
    return id;
  }

  /** Answers at the address that came with a command or a press: good for 30 minutes and five times. */
  async respond(url: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const origin = URL.parse(url)?.origin ?? "";
    if (!this.#settings.respondOrigins.includes(origin))
      throw new Error("an address to respond to is elsewhere");
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.text();
    if (!response.ok) throw new RespondFailure(response.status, answer);
  }
}
