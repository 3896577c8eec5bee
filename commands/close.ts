import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { revealBlocks } from "#core/feedback/reveal";
import { roundIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import { effectiveClose } from "#core/round/opening";
import { bestAttempt } from "#core/round/passing";
import { newestRound } from "#core/round/sitting";
import type { Services } from "#core/services";

const options = z.object({
  /** Set by buttons, which belong to one round whatever has opened since. */
  round: roundIdSchema.optional(),
});

async function run(request: RequestWith<z.output<typeof options>>, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).quiz;
  const { tenant, member } = request;
  const round =
    request.options.round === undefined
      ? await newestRound(request, services)
      : await services.store.round(tenant, request.options.round);
  const question = round === null ? undefined : services.library.question(round.question);
  if (round === null || question === undefined) throw new Refusal((messages) => messages.quiz.nothingToClose);

  const wasOpen = effectiveClose(round) >= request.sentAt;
  await services.store.closeRound(tenant, round.id, request.sentAt);
  const attempts = await services.store.attempts({
    tenant,
    member,
    round: round.id,
    limit: ATTEMPTS_PER_ROUND,
  });
  const best = bestAttempt(attempts);
  const judged = best?.result == null ? null : { text: best.text, result: best.result };
  const score: Block[] =
    judged === null
      ? []
      : [{ kind: "heading", text: say.score(judged.result.score), score: judged.result.score }];
  return privateReply(
    { kind: "heading", text: wasOpen ? say.closed : say.alreadyClosed },
    { kind: "text", text: question.text[request.locale] },
    ...score,
    ...revealBlocks(question, judged, request.locale, services.library),
    {
      kind: "buttons",
      buttons: [{ label: say.nextButton, action: { command: "quiz", options: {} }, style: "primary" }],
    },
  );
}

/** In a team's channel the clock closes rounds; on one's own machine one need not wait for it. */
export const close = defineCommand({
  name: "close",
  who: "member",
  where: "local",
  summary: {
    zh: "现在就收卷，看全部要点和参考回答",
    en: "Close the round now and read every key point and a model answer",
  },
  examples: ["/close"],
  options,
  shorthands: [],
  run,
});
