import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { exportPack } from "#core/draft/exporting";
import { bytesIn, draftingOf, importDocument } from "#core/draft/importing-document";
import { actingFor, changePack, draftsOf, findPack, readPacks } from "#core/draft/keeping";
import { LONGEST_OWNER } from "#core/draft/pack";
import { importedView, listView, packView } from "#core/draft/pack-views";
import { publish, unpublish } from "#core/draft/publishing";
import { reviewOps } from "#core/draft/review-options";
import { review } from "#core/draft/reviewing";
import { takeSuggestions } from "#core/draft/suggestions";
import { typedFields } from "#core/draft/typed-fields";
import { localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { rank } from "#core/ranking";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";

const id = z.string().max(100);
const typed = z.string().max(8000);
/** What 8 MB take in base64, and a little more. */
const LONGEST_DOCUMENT = 12_000_000;

const verbs = ["list", "import", "review", "publish", "unpublish", "export"] as const;

const options = z.object({
  do: z
    .enum(verbs)
    .optional()
    .meta({
      bare: true,
      words: {
        list: ["列表"],
        import: ["导入"],
        review: ["审核"],
        publish: ["发布"],
        unpublish: ["撤回", "withdraw"],
        export: ["导出"],
      },
      label: { zh: "做什么", en: "do" },
      description: "list, import, review, publish, unpublish or export",
    }),
  pack: z
    .string()
    .max(200)
    .optional()
    .meta({
      positional: true,
      aliases: ["题包"],
      label: { zh: "题包", en: "pack" },
      description: "the pack that is meant, by its name",
    }),
  owner: z
    .string()
    .max(LONGEST_OWNER * 4)
    .optional()
    .meta({
      aliases: ["归属", "licence", "license"],
      label: { zh: "归属与许可", en: "owner" },
      description: "whose the document is, and under which licence",
    }),
  /** Set by whatever takes files: the document, whole. */
  document: z
    .strictObject({ name: z.string().min(1).max(1000), base64: z.base64().max(LONGEST_DOCUMENT) })
    .optional()
    .meta({ file: "document" }),
  /** Set by buttons, menus and forms. */
  question: id.optional(),
  op: z.enum(reviewOps).optional(),
  point: id.optional(),
  into: id.optional(),
  value: id.optional(),
  version: z.coerce.number().int().positive().optional(),
  weight: z.coerce.number().int().min(1).max(5).optional(),
  half: localeSchema.optional(),
  from: z.coerce.number().int().nonnegative().optional(),
  suggested: z.boolean().optional(),
  /** The reply takes the place of the message whose button was pressed. */
  here: z.boolean().optional(),
  title: typed.optional(),
  statement: typed.optional(),
  aliases: typed.optional(),
  hint: typed.optional(),
  text: typed.optional(),
  model: typed.optional(),
  hint1: typed.optional(),
  hint2: typed.optional(),
  answer: typed.optional(),
});

type Options = z.output<typeof options>;
type ContentRequest = RequestWith<Options>;

const OWNER = /(?:^|\s)(?:owner|licen[cs]e|归属)\s{0,3}[=:：]\s{0,3}(\S[\s\S]*)$/iu;

/** A note on the owner is a sentence, so it takes the rest of the line; so do the words of a point. */
function readText(text: string): Readonly<Record<string, unknown>> {
  const owner = OWNER.exec(text);
  const { rest, fields } = typedFields(owner === null ? text : text.slice(0, owner.index));
  return {
    ...readOptionText(options, [], rest),
    ...fields,
    ...(owner === null ? {} : { owner: owner[1]?.trim() }),
  };
}

/**
 * The pack that is meant by its id or its name; the only one where none is named.
 *
 * @throws Refusal where that is none, or it is not clear which
 */
async function packMeant({ tenant, options: given }: ContentRequest, { store }: Services): Promise<string> {
  const { packs } = await readPacks(store, tenant);
  const named = given.pack?.trim() ?? "";
  const [only] = packs;
  if (named === "" && packs.length === 1 && only !== undefined) return only.id;
  const same = packs.find((pack) => pack.id === named);
  if (same !== undefined) return same.id;
  const findable = packs.map((pack) => ({ id: pack.id, names: [pack.title.zh, pack.title.en] }));
  const [found, next] = named === "" ? [] : rank(named, findable);
  if (found === undefined || (found.fit > 0 && next !== undefined && next.fit === found.fit))
    throw new Refusal((say) => say.content.noSuchPack);
  return found.one.id;
}

/** @throws Refusal where it is too long */
async function keepOwner(
  pack: string,
  owner: string,
  { tenant }: ContentRequest,
  { store }: Services,
): Promise<void> {
  const note = owner.trim();
  if (note === "") throw new Refusal((say) => say.content.ownerMissing);
  if (note.length > LONGEST_OWNER) throw new Refusal((say) => say.content.ownerTooLong(LONGEST_OWNER));
  await changePack(store, tenant, pack, (now) => ({ ...now, owner: note }));
}

async function importGiven(request: ContentRequest, services: Services): Promise<Reply> {
  const { document, owner, suggested } = request.options;
  const say = messagesFor(request.locale).content;
  if (suggested === true) {
    const { taken, pack } = await takeSuggestions(request, services);
    const kept = await findPack(services.store, request.tenant, pack);
    const view = packView(kept, await draftsOf(services.store, request.tenant, kept), 0, request);
    return { ...view, blocks: [{ kind: "text", text: say.suggestionsTaken(taken) }, ...view.blocks] };
  }
  if (document === undefined) throw new Refusal((messages) => messages.content.noDocument);
  const note = owner?.trim() ?? "";
  const given = { name: document.name, bytes: bytesIn(document.base64) };
  const outcome = await importDocument(given, note === "" ? null : note, request, services);
  return importedView(outcome, document.name.split(/[\\/]/u).at(-1) ?? document.name, request);
}

async function reviewPack(request: ContentRequest, services: Services): Promise<Reply> {
  const { owner, from = 0 } = request.options;
  const { store } = services;
  const named = await packMeant(request, services);
  if (owner !== undefined) await keepOwner(named, owner, request, services);
  const pack = await findPack(store, request.tenant, named);
  const view = packView(pack, await draftsOf(store, request.tenant, pack), from, request);
  const kept: Block[] =
    owner === undefined ? [] : [{ kind: "text", text: messagesFor(request.locale).content.ownerKept }];
  return { ...view, blocks: [...kept, ...view.blocks] };
}

async function published(request: ContentRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).content;
  const { owner, question = null } = request.options;
  const pack = await packMeant(request, services);
  if (owner !== undefined) await keepOwner(pack, owner, request, services);
  const acting = actingFor(request, services.clock);
  const parts = { ...services, drafting: draftingOf(services) };
  const done = await publish(request.tenant, pack, question, acting, parts);
  return privateReply(
    { kind: "text", text: say.published(done.published) },
    ...(done.waiting === 0 ? [] : [{ kind: "note" as const, text: say.publishedWaiting(done.waiting) }]),
    ...(done.unscorable === 0 ? [] : [{ kind: "note" as const, text: say.unscorable(done.unscorable) }]),
    {
      kind: "buttons",
      buttons: [
        {
          label: say.back,
          action: { command: "content", options: { do: "review", pack } },
          typed: `/content review pack=${pack}`,
          style: "secondary",
        },
      ],
    },
  );
}

async function withdrawn(request: ContentRequest, services: Services): Promise<Reply> {
  const pack = await packMeant(request, services);
  const { question = null } = request.options;
  const count = await unpublish(request.tenant, pack, question, actingFor(request, services.clock), services);
  return privateReply({ kind: "text", text: messagesFor(request.locale).content.withdrawn(count) });
}

async function exported(request: ContentRequest, services: Services): Promise<Reply> {
  const pack = await packMeant(request, services);
  const {
    id: name,
    questions,
    files,
  } = await exportPack(request.tenant, pack, {
    store: services.store,
    drafting: draftingOf(services),
  });
  return privateReply(
    { kind: "text", text: messagesFor(request.locale).content.exported(questions) },
    {
      kind: "file",
      name: `${name}.pack.json`,
      content: `${JSON.stringify({ schema: 1, files }, null, 2)}\n`,
    },
  );
}

async function run(request: ContentRequest, services: Services): Promise<Reply> {
  const { do: verb, question, document, pack } = request.options;
  const act =
    verb ??
    (document !== undefined ? "import" : pack !== undefined || question !== undefined ? "review" : "list");
  switch (act) {
    case "list":
      return listView(request, services);
    case "import":
      return importGiven(request, services);
    case "review":
      return question === undefined
        ? reviewPack(request, services)
        : review({ ...request.options, question }, request, services);
    case "publish":
      return published(request, services);
    case "unpublish":
      return withdrawn(request, services);
    case "export":
      return exported(request, services);
  }
}

/** In the place of the message whose button was pressed, unless nothing but a form came of it. */
async function runThere(request: ContentRequest, services: Services): Promise<Reply> {
  const reply = await run(request, services);
  const isForm = reply.blocks.length === 1 && reply.blocks[0]?.kind === "form";
  return request.options.here === true && !isForm ? { ...reply, placement: "edit" } : reply;
}

export const content = defineCommand({
  name: "content",
  who: "editor",
  where: "everywhere",
  summary: {
    zh: "把你们自己的文档变成题目：导入、审核、发布（编辑）",
    en: "Questions from your own documents: import, review, publish (editors)",
  },
  examples: ["/content", "/content import owner=our own notes", "/content review", "/content publish"],
  options,
  shorthands: [],
  readText,
  run: runThere,
});
