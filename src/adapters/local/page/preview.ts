import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { type Locale, localeSchema } from "#core/language";
import type { Asked, PreviewDay, PreviewLook, Shown } from "./client/preview-wire.ts";
import { type ClientFile, readPreviewClient } from "./client-files.ts";

/**
 * A platform's view of a day, drawn from the payloads that its adapter would send. What is done in it happens in a
 * scratch store and is gone with the program.
 */
export interface Preview {
  /** What the day looks like, scene by scene. */
  day(look: PreviewLook): Promise<PreviewDay>;
  /** @throws Refusal for what nothing can be made of */
  act(asked: Asked, look: PreviewLook): Promise<Shown>;
}

/** Previews by the name of their platform; each is opened when somebody first looks at it. */
export type Previews = Readonly<Record<string, () => Promise<Preview>>>;

const lookSchema = z.object({ locale: localeSchema, theme: z.enum(["light", "dark"]) });

/** An id, or what a platform lets a button or a form carry in place of one. */
const idSchema = z.string().max(3000);

const askedSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("command"), text: z.string().max(20_000) }),
  z.strictObject({
    kind: z.literal("press"),
    id: idSchema,
    values: z.array(z.string().max(200)).max(100),
  }),
  z.strictObject({ kind: z.literal("suggest"), id: idSchema, text: z.string().max(200) }),
  z.strictObject({
    kind: z.literal("send"),
    id: idSchema,
    fields: z.record(z.string().max(100), z.string().max(4000)),
  }),
]) satisfies z.ZodType<Asked>;

const MOST_BODY_BYTES = 100_000;

/** Adds the pages that show a day as other platforms draw it, and what they ask for. */
export function previewRoutes(app: Hono, previews: Previews, locale: Locale): void {
  const platforms = Object.keys(previews);
  if (platforms.length === 0) return;
  const opened = new Map<string, Promise<Preview>>();
  const preview = (platform: string): Promise<Preview> | null => {
    const open = Object.hasOwn(previews, platform) ? previews[platform] : undefined;
    if (open === undefined) return null;
    const there = opened.get(platform) ?? open();
    opened.set(platform, there);
    // What could not be opened is tried again by whoever looks next.
    there.catch(() => opened.delete(platform));
    return there;
  };
  let client: Promise<ReadonlyMap<string, ClientFile>> | undefined;
  const serve = async (context: Context, path: string): Promise<Response | null> => {
    client ??= readPreviewClient(platforms, locale);
    const file = (await client).get(path);
    return file === undefined ? null : context.body(file.text, 200, { "content-type": file.type });
  };

  for (const folder of ["/preview/*", "/client/*", "/core/*", "/style/*"]) {
    app.get(folder, async (context, next) => (await serve(context, context.req.path)) ?? next());
  }
  app.get("/api/preview/:platform", async (context, next) => {
    const look = lookSchema.safeParse(context.req.query());
    const there = preview(context.req.param("platform"));
    if (!look.success || there === null) return next();
    return context.json(await (await there).day(look.data));
  });
  app.post("/api/preview/:platform", bodyLimit({ maxSize: MOST_BODY_BYTES }));
  app.post("/api/preview/:platform", async (context, next) => {
    const body = lookSchema
      .extend({ asked: askedSchema })
      .safeParse(await context.req.json().catch(() => null));
    const there = preview(context.req.param("platform"));
    if (!body.success || there === null) return next();
    const { asked, ...look } = body.data;
    return context.json(await (await there).act(asked, look));
  });
}
