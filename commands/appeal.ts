import { z } from "zod";
import { rulingSchema } from "#core/appeal/appeal";
import { decideAppeal, findAppeal, mayRead } from "#core/appeal/deciding";
import { fileAppeal } from "#core/appeal/filing";
import { appealedAnswer, appealedPoint } from "#core/appeal/finding";
import { phraseId } from "#core/appeal/phrase";
import { appealForm, caseView, declineForm, nextInQueue, ownAppeals, queue } from "#core/appeal/views";
import { defineCommand, type RequestWith } from "#core/command";
import { isEditor } from "#core/editors";
import { roundIdSchema, submissionIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";

/** Longer than what is kept, so that who typed too much is told how much fits. */
const LONGEST_TYPED = 4000;

const options = z.object({
  point: z
    .string()
    .max(20)
    .optional()
    .meta({
      positional: true,
      aliases: ["要点"],
      label: { zh: "要点", en: "point" },
      description: "the number of a key point of your newest answer",
    }),
  reason: z
    .string()
    .max(LONGEST_TYPED)
    .optional()
    .meta({
      aliases: ["理由"],
      label: { zh: "理由", en: "reason" },
      description: "why it should count, for the editor",
    }),
  /** Set by the form: the words of the answer that are to say the point. */
  words: z.string().max(LONGEST_TYPED).optional(),
  /** Set by buttons: the answer that is meant, whatever was answered since. */
  round: roundIdSchema.optional(),
  answer: submissionIdSchema.optional(),
  /** Set by an editor's buttons and form: the appeal, the ruling, and why. */
  look: z.string().max(100).optional(),
  verdict: rulingSchema.optional(),
  note: z.string().max(LONGEST_TYPED).optional(),
});

type AppealRequest = RequestWith<z.output<typeof options>>;

const POINT_TEXT =
  /^\s{0,100}(?:要点|point)?\s{0,100}#?(\d{1,3})(?:[\s:：,，]{1,100}(\S[\s\S]*)|\s{0,100})$/iu;
const RULING_TEXT = /^\s*look=(\S{1,100})\s+verdict=(\w{1,20})(?:\s+note=(\S[\s\S]*)|\s*)$/u;

/** A number and a reason are taken as they stand. */
function readText(text: string): Readonly<Record<string, unknown>> {
  const point = POINT_TEXT.exec(text);
  if (point !== null) return { point: point[1], ...(point[2] === undefined ? {} : { reason: point[2] }) };
  const ruling = RULING_TEXT.exec(text);
  if (ruling === null) return readOptionText(options, [], text);
  return { look: ruling[1], verdict: ruling[2], ...(ruling[3] === undefined ? {} : { note: ruling[3] }) };
}

/** What an editor does: look at an appeal, or decide it. */
async function decide(request: AppealRequest, services: Services, id: string): Promise<Reply> {
  if (!isEditor(request)) throw new Refusal((messages) => messages.appeal.editorsOnly);
  const { verdict, note } = request.options;
  const say = messagesFor(request.locale).appeal;
  const found = await findAppeal(id, request.tenant, services);
  if (!(await mayRead(found.appeal, request, services)))
    throw new Refusal((messages) => messages.appeal.stillOpen);
  if (verdict === undefined) return caseView(found, request, services);
  if (verdict === "declined" && note === undefined) {
    // Whoever is too late is told before they write.
    if (found.appeal.decision !== null) return caseView(found, request, services);
    return privateReply({ kind: "form", form: declineForm(id, request.locale) });
  }
  const { appeal } = await decideAppeal(id, verdict, note ?? "", request, services);
  const { outcome } = appeal;
  const isOffered = (await services.store.dossier(request.tenant, "suggestion", phraseId(id))) !== null;
  const more: Block[] =
    outcome === null
      ? []
      : [
          { kind: "text", text: say.scoreNow(outcome.score.before, outcome.score.after) },
          ...(isOffered ? [{ kind: "note" as const, text: say.phraseOffered }] : []),
        ];
  return privateReply(
    { kind: "text", text: say.decisionMade(verdict) },
    ...more,
    ...(await nextInQueue(request, services)),
  );
}

/** Files an appeal, or asks for what goes with it. */
async function file(request: AppealRequest, services: Services, typed: string): Promise<Reply> {
  const { round, answer, words, reason } = request.options;
  const found = await appealedAnswer({ round, answer }, request, services);
  const point = appealedPoint(typed, found);
  if (words === undefined && reason === undefined) {
    const { attempt } = found;
    const belonging = { point: typed, round: attempt.round, answer: attempt.submission };
    return privateReply({ kind: "form", form: appealForm(belonging, point.number, request.locale) });
  }
  await fileAppeal(found, point, { words: words ?? "", reason: reason ?? "" }, request, services);
  return privateReply({ kind: "text", text: messagesFor(request.locale).appeal.filed(point.number) });
}

async function run(request: AppealRequest, services: Services): Promise<Reply> {
  const { look, point, round, answer } = request.options;
  const editor = isEditor(request);
  if (look !== undefined) return decide(request, services, look);
  if (point !== undefined) return file(request, services, point);
  const waiting = editor ? await queue(request, services) : [];
  const own = await appealedAnswer({ round, answer }, request, services).catch((error: unknown) => {
    // An editor who answers nothing has a queue all the same.
    if (editor && error instanceof Refusal) return null;
    throw error;
  });
  return privateReply(...waiting, ...(own === null ? [] : await ownAppeals(own, request, services)));
}

export const appeal = defineCommand({
  name: "appeal",
  who: "member",
  where: "everywhere",
  hasEditorsDesk: true,
  summary: {
    zh: "申诉一个没算上的要点；编辑在这里裁定",
    en: "Have a key point judged again; editors decide here",
  },
  examples: ["/appeal", "/appeal 3", "/appeal 3 I said it in the second sentence"],
  options,
  shorthands: [],
  readText,
  form: ({ point, reason, words, round, answer, look, verdict, note }, locale) => {
    if (look !== undefined)
      return verdict === "declined" && note === undefined ? declineForm(look, locale) : null;
    const number = Number(point);
    if (point === undefined || !Number.isInteger(number) || reason !== undefined || words !== undefined)
      return null;
    return appealForm({ point, round, answer }, number, locale);
  },
  run,
});
