import type { Context, Hono } from "hono";
import { z } from "zod";
import { type Locale, localeSchema } from "#core/language";
import type { Request } from "#core/request";
import type { WireDraft, WirePacks } from "./client/review-wire.ts";
import { type ClientFile, readReviewClient } from "./client-files.ts";

/** What the review reads; `readDraftPacks` and `readDraft` with the services. */
export interface Drafts {
  packs(request: Request): Promise<Omit<WirePacks, "build">>;
  /** @throws Refusal where there is no such draft */
  draft(id: string, request: Request): Promise<WireDraft>;
}

const packsQuerySchema = z.object({ locale: localeSchema.default("en") });
const draftQuerySchema = packsQuerySchema.extend({ id: z.string().min(1).max(60) });

export interface ReviewParts {
  readonly build: string;
  readonly locale: Locale;
  requestFor(as: string | null, locale: Locale, command: string, input: Request["input"]): Request;
}

/** Adds the page on which editors review what was drafted from documents, and what it reads. */
export function reviewRoutes(app: Hono, drafts: Drafts, { build, locale, requestFor }: ReviewParts): void {
  let client: Promise<ReadonlyMap<string, ClientFile>> | undefined;
  const serve = async (context: Context): Promise<Response | null> => {
    client ??= readReviewClient(build, locale);
    const file = (await client).get(context.req.path);
    return file === undefined ? null : context.body(file.text, 200, { "content-type": file.type });
  };
  const reading = (of: Locale): Request => requestFor(null, of, "content", { kind: "text", text: "" });
  for (const path of ["/content", "/style/*", "/client/*", "/core/*"])
    app.get(path, async (context, next) => (await serve(context)) ?? next());
  app.get("/api/drafts", async (context, next) => {
    const query = packsQuerySchema.safeParse(context.req.query());
    if (!query.success) return next();
    return context.json({ ...(await drafts.packs(reading(query.data.locale))), build } satisfies WirePacks);
  });
  app.get("/api/draft", async (context, next) => {
    const query = draftQuerySchema.safeParse(context.req.query());
    if (!query.success) return next();
    return context.json(await drafts.draft(query.data.id, reading(query.data.locale)));
  });
}
