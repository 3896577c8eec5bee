import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Command } from "#core/command";
import type { Complete } from "#core/completion";
import type { Dispatch } from "#core/dispatch";
import type { ChannelId, MemberId, SubmissionId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import { type Messages, messagesFor } from "#core/messages/index";
import type { Clock, Log } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Amendment } from "#core/reply";
import type { Request } from "#core/request";
import { StoreFailure } from "#core/store-failure";
import {
  completeQuerySchema,
  deskQuerySchema,
  MOST_BODY_BYTES,
  MOST_DOCUMENT_BODY_BYTES,
  requestBodySchema,
  wireJson,
} from "./body.ts";
import type { Desk, DeskAnswer, ServerRefusal } from "./client/wire.ts";
import type { Client } from "./client-files.ts";
import { commandList } from "./command-list.ts";
import type { Events } from "./events.ts";
import { isOurs } from "./guard.ts";
import { type Previews, previewRoutes } from "./preview.ts";
import { type Drafts, reviewRoutes } from "./review.ts";
import type { Threads } from "./threads.ts";

export interface PageIdentity {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly member: MemberId;
}

export interface PageParts {
  readonly dispatch: Dispatch;
  readonly commands: readonly Command[];
  /** The member that `?as=name` means, or without it the one who started the program. Throws Refusal for a bad name. */
  identity(name: string | null): PageIdentity;
  /** What lies before the member who asks; `readDesk` with the services. */
  desk(request: Request): Promise<Desk>;
  /** What an option could become while it is typed; absent where nothing is known. */
  readonly complete?: Complete;
  /** The language of the first visit. */
  readonly locale: Locale;
  readonly clock: Clock;
  readonly log: Log;
  newSubmission(): SubmissionId;
  /** What the bot says unasked; absent where nobody does. */
  readonly threads?: Threads;
  /** The drafts of documents that editors review; absent where none are imported. */
  readonly drafts?: Drafts;
  /** What the bot sends as other platforms draw it. */
  readonly previews?: Previews;
}

const headers: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "trusted-types 'none'",
    "require-trusted-types-for 'script'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  // A tab asks every time whether its copy is still right; the answer is mostly 304.
  "cache-control": "no-cache",
};

const inBoth = (sentence: (say: Messages) => string): Record<Locale, string> => ({
  zh: sentence(messagesFor("zh")),
  en: sentence(messagesFor("en")),
});

const refuse = (
  context: Context,
  status: 400 | 403 | 404 | 409 | 413 | 500,
  sentence: (say: Messages) => string,
  more: Partial<ServerRefusal> = {},
): Response => context.json({ refusal: inBoth(sentence), ...more } satisfies ServerRefusal, status);

/** The page, its files and its three questions to the core: what lies before me, what can I type, do this. */
export function pageRoutes(parts: PageParts, client: Client, events: Events, port: () => number): Hono {
  const { clock, log } = parts;
  const commands = commandList(parts.commands);

  /** @throws Refusal that says how an address names a member */
  const identityOf = (name: string | null): PageIdentity => {
    try {
      return parts.identity(name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal((say) => say.page.badName, { cause: error });
    }
  };

  const requestFor = (
    as: string | null,
    locale: Locale,
    command: string,
    input: Request["input"],
    submission = parts.newSubmission(),
  ): Request => {
    const identity = identityOf(as);
    // Whoever has this machine's keyboard has its data file too.
    const role = "admin";
    const place = identity.channel;
    return { ...identity, place, role, locale, command, input, sentAt: clock.now(), submission };
  };

  const stateFor = async (request: Request): Promise<DeskAnswer> => {
    const now = clock.now();
    // A round that was closed at this instant still takes answers of this instant; the member sees the moment after.
    const desk = await parts.desk({ ...request, sentAt: now + 1 });
    events.announceRound(desk.round === null ? null : `${desk.round.id} ${desk.round.closesAt}`);
    return { desk, member: request.member, now, build: client.build };
  };

  const tellLater = ({ member, submission }: Request, amendment: Amendment): void =>
    events.amend(member, wireJson({ ...amendment, submission }));

  const app = new Hono();
  app.use(async (context, next) => {
    const { req } = context;
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    const asked = {
      method: req.method,
      host: req.header("host"),
      origin: req.header("origin"),
      site: req.header("sec-fetch-site"),
      mode: req.header("sec-fetch-mode"),
      contentType: req.header("content-type"),
    };
    if (isOurs(asked, port())) return next();
    return refuse(context, 403, (say) => say.page.notOurs(`http://127.0.0.1:${port()}`));
  });

  app.get("/api/commands", (context) => context.json(commands));
  app.get("/api/complete", async (context) => {
    const query = completeQuerySchema.safeParse(context.req.query());
    if (!query.success) return refuse(context, 400, (say) => say.page.badRequest);
    const { command, option, typed, locale } = query.data;
    return context.json((await parts.complete?.(command, option, typed, locale)) ?? []);
  });
  app.get("/api/events", (context) => {
    const names = context.req.queries("as") ?? [];
    // `own` beside names: the member who started the program as well.
    const own = names.length === 0 || context.req.query("own") !== undefined;
    const members = [...(own ? [null] : []), ...names].map((name) => identityOf(name).member);
    return events.stream(context, new Set(members));
  });
  app.get("/api/desk", async (context) => {
    const query = deskQuerySchema.safeParse(context.req.query());
    if (!query.success) return refuse(context, 400, (say) => say.page.badRequest);
    const { as = null, locale } = query.data;
    return context.json(await stateFor(requestFor(as, locale, "quiz", { kind: "text", text: "" })));
  });
  app.get("/api/threads", async (context) => {
    const { member } = identityOf(context.req.query("as") ?? null);
    const { threads } = parts;
    const own = await threads?.read({ kind: "member", member });
    const team = await threads?.read({ kind: "channel" });
    const beside = [...(own?.messages ?? []), ...(team?.messages ?? [])].toSorted(
      (one, other) => other.at - one.at,
    );
    return context.body(wireJson({ threads: (await threads?.threads()) ?? [], beside }), 200, {
      "content-type": "application/json",
    });
  });
  const limit = (maxSize: number, sentence: (say: Messages) => string) =>
    bodyLimit({ maxSize, onError: (context) => refuse(context, 413, sentence) });
  /** @param only the one command that may be sent so; null for any */
  const carryOut =
    (only: string | null) =>
    async (context: Context): Promise<Response> => {
      // The member's moment is when the request arrived, however long its body takes.
      const sentAt = clock.now();
      const body = requestBodySchema.safeParse(await context.req.json().catch(() => null));
      if (!body.success || (only !== null && body.data.command !== only))
        return refuse(context, 400, (say) => say.page.badRequest);
      const { build, as, locale, submission, command, input, theme, pictures } = body.data;
      if (build !== client.build) return refuse(context, 409, (say) => say.page.outdated, { outdated: true });
      const request: Request = {
        ...requestFor(as, locale, command, input, submission),
        sentAt,
        theme,
        ...(pictures ? {} : { pictures: false }),
        later: (amendment) => void amendment.then((amended) => amended && tellLater(request, amended)),
      };
      const reply = await parts.dispatch(request);
      const state = await stateFor(request).catch((error: unknown) => {
        log.error("desk unread", error, { tenant: request.tenant });
        return null;
      });
      return context.body(wireJson({ reply, state, submission }), 200, {
        "content-type": "application/json",
      });
    };
  app.post(
    "/api/request",
    limit(MOST_BODY_BYTES, (say) => say.page.tooBig),
    carryOut(null),
  );
  app.post(
    "/api/document",
    limit(MOST_DOCUMENT_BODY_BYTES, (say) => say.content.documentTooLarge(8)),
    carryOut("content"),
  );

  for (const [path, { type, text, etag }] of client.files) {
    app.get(path, (context) => {
      context.header("etag", etag);
      if (context.req.header("if-none-match") === etag) return context.body(null, 304);
      return context.body(text, 200, { "content-type": type });
    });
  }
  if (parts.drafts !== undefined)
    reviewRoutes(app, parts.drafts, { build: client.build, locale: parts.locale, requestFor });
  previewRoutes(app, parts.previews ?? {}, parts.locale);
  app.notFound((context) => refuse(context, 404, (say) => say.page.notFound));
  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(context, 400, error.sentence);
    log.error("page failed", error, { path: context.req.path });
    if (error instanceof StoreFailure) {
      const { trouble, where } = error;
      return refuse(context, 500, (say) => say.page.unread(say.start.storeTrouble(trouble, where)));
    }
    return refuse(context, 500, (say) => say.page.failed);
  });
  return app;
}
