import { z } from "zod";
import { pointHint } from "#core/board/hints";
import { HINT_COST } from "#core/board/points";
import { defineCommand, type RequestWith } from "#core/command";
import { roundIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { askedInPractice, practicePointHint } from "#core/practice/hints";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import { isOpen } from "#core/round/opening";
import { sittingOf } from "#core/round/sitting";
import type { Services } from "#core/services";

const options = z.object({
  point: z
    .string()
    .max(20)
    .optional()
    .meta({
      positional: true,
      aliases: ["要点"],
      label: { zh: "要点", en: "point" },
      description: "the number of a key point",
    }),
  /** Set by buttons, which belong to one round whatever has opened since. */
  round: roundIdSchema.optional(),
});

async function run(request: RequestWith<z.output<typeof options>>, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const sitting = await sittingOf({ round: request.options.round }, request, services);
  if (sitting.kind === "round" && !isOpen(sitting.round, request.sentAt))
    throw new Refusal((messages) => messages.quiz.hintLate);
  if (sitting.kind === "nothing") throw new Refusal((messages) => messages.quiz.noRound);
  const { points, hints } = sitting.question;
  const { tenant, member, submission, locale } = request;
  const cost: Block =
    sitting.kind === "round"
      ? { kind: "note", text: say.hintCost(HINT_COST) }
      : { kind: "note", text: say.hintFree };

  const asked =
    sitting.kind === "round" ? sitting.round.id : await askedInPractice(sitting.question, request, services);
  const typed = request.options.point;
  if (typed !== undefined) {
    const number = Number(typed);
    const point = points[number - 1];
    if (point === undefined) throw new Refusal((messages) => messages.quiz.noSuchPoint(typed, points.length));
    const hint =
      sitting.kind === "round" ? pointHint(sitting.round, number) : practicePointHint(asked, number);
    await services.store.takeHint(tenant, member, hint, 1, submission);
    return privateReply(
      { kind: "heading", text: say.hintOfPoint(number, points.length) },
      { kind: "text", text: point.hint[locale] },
      cost,
    );
  }
  const taken = await services.store.takeHint(tenant, member, asked, hints.length, submission);
  const shown = hints.slice(0, taken + 1);
  return privateReply(
    { kind: "heading", text: say.hintOf(shown.length, hints.length) },
    { kind: "list", ordered: true, items: shown.map((hint) => hint[locale]) },
    taken < hints.length ? cost : { kind: "note", text: say.noMoreHints(hints.length) },
  );
}

export const hint = defineCommand({
  name: "hint",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "要下一条提示（共两条）；/hint 3 要要点 3 的",
    en: "The next hint of two; /hint 3 for key point 3",
  },
  examples: ["/hint", "/hint 3"],
  options,
  shorthands: [],
  run,
});
