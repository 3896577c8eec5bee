import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { revealBlocks } from "#core/feedback/reveal";
import { verdictRows } from "#core/feedback/verdict-rows";
import { instantSchema, roundIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type Amendment, type Block, privateReply, type Reply } from "#core/reply";
import type { Judged, Rejudged } from "#core/round/judging";
import { isOpen } from "#core/round/opening";
import { bestAttempt } from "#core/round/passing";
import type { Round } from "#core/round/round";
import { currentSitting } from "#core/round/sitting";
import { LONGEST_ANSWER, type Submitted, submitAnswer } from "#core/round/submission";
import type { Services } from "#core/services";
import { standingOf } from "#core/streak/standing";

const options = z.object({
  text: z
    .string()
    .optional()
    .meta({
      rest: true,
      label: { zh: "回答", en: "answer" },
      description: "what you would say in the interview",
    }),
  /** Set by buttons and forms, which belong to one round whatever has opened since. */
  round: roundIdSchema.optional(),
  /** When the member had the form or the question before them. */
  opened: instantSchema.optional(),
});

type AnswerRequest = RequestWith<z.output<typeof options>>;

/** The round or practice question that the answer is for. */
async function target(
  request: AnswerRequest,
  services: Services,
): Promise<{ question: Question; round: Round | null }> {
  if (request.options.round !== undefined) {
    const round = await services.store.round(request.tenant, request.options.round);
    const question = round === null ? undefined : services.library.question(round.question);
    if (round !== null && question !== undefined) return { question, round };
  }
  const sitting = await currentSitting(request, services);
  if (sitting.kind === "nothing") throw new Refusal((say) => say.quiz.noRound);
  return { question: sitting.question, round: sitting.kind === "round" ? sitting.round : null };
}

function form(request: AnswerRequest, round: Round | null): Reply {
  const say = messagesFor(request.locale).quiz;
  return privateReply({
    kind: "form",
    form: {
      title: say.formTitle,
      submit: say.answerButton,
      fields: [
        {
          option: "text",
          label: say.formLabel,
          placeholder: say.formPlaceholder,
          multiline: true,
          maxLength: LONGEST_ANSWER,
        },
      ],
      action: { command: "answer", options: round === null ? {} : { round: round.id } },
    },
  });
}

async function standingFields(
  request: AnswerRequest,
  services: Services,
  round: Round,
  submitted: Submitted,
): Promise<Block[]> {
  const say = messagesFor(request.locale);
  const { tenant, member } = request;
  const attempts = await services.store.attempts({
    tenant,
    member,
    round: round.id,
    limit: ATTEMPTS_PER_ROUND,
  });
  const best = bestAttempt(attempts)?.result?.score ?? 0;
  const streak = await standingOf(request, services);
  const earned = streak.days.some((day) => day.date === round.date && day.reason === "pass");
  const reasons = earned ? [] : submitted.reasons.map((reason) => say.streak.notPassing(reason));
  return [
    {
      kind: "fields",
      fields: [
        {
          label: say.quiz.attemptsLabel,
          value: say.quiz.best(best, submitted.recorded.count, ATTEMPTS_PER_ROUND),
        },
        { label: say.quiz.streakLabel, value: [say.streak.days(streak.current), ...reasons].join(" · ") },
      ],
    },
    // What was sent in the minutes after the close has no deadline any more.
    ...(isOpen(round, request.sentAt)
      ? [{ kind: "deadline" as const, label: say.quiz.closes, at: round.closesAt }]
      : []),
  ];
}

/** An answer that has its result, with what it was for. */
type Graded = Judged & { readonly request: AnswerRequest };

const hintButton = (label: string): Block => ({
  kind: "buttons",
  buttons: [{ label, action: { command: "hint", options: {} }, style: "secondary" }],
});

const scoreBlocks = ({ submitted: { result }, request }: Graded, notes: readonly string[]): Block[] => {
  const say = messagesFor(request.locale).quiz;
  return [
    { kind: "heading", text: say.score(result.score), score: result.score },
    ...[...result.flags.flatMap((flag) => say.flag(flag) ?? []), ...notes].map(
      (text): Block => ({ kind: "note", text }),
    ),
  ];
};

async function resultReply(graded: Graded, services: Services, notes: readonly string[]): Promise<Reply> {
  const { submitted, question, round, request } = graded;
  const { text } = submitted.recorded.attempt;
  const { result } = submitted;
  const { locale } = request;
  const say = messagesFor(locale).quiz;
  const head = scoreBlocks(graded, notes);
  if (round === null) {
    return privateReply(...head, ...revealBlocks(question, { text, result }, locale, services.library), {
      kind: "note",
      text: say.goOn,
    });
  }
  return privateReply(
    ...head,
    {
      kind: "verdicts",
      answer: text,
      rows: verdictRows(question, result, "hints", locale, services.library),
    },
    ...(await standingFields(request, services, round, submitted)),
    ...(isOpen(round, request.sentAt) ? [hintButton(say.hintButton)] : []),
  );
}

/** The result after the second reading: whole, and what is new of it. */
async function amendment(
  before: Graded,
  { submitted, changed }: Rejudged,
  services: Services,
  notes: readonly string[],
): Promise<Amendment> {
  const { question, round, request } = before;
  const say = messagesFor(request.locale).quiz;
  const now: Graded = { ...before, submitted };
  const { result } = submitted;
  const whole = (more: readonly string[]) => resultReply(now, services, [...more, ...notes]);
  if (changed.size === 0) {
    return { whole: await whole([]), news: privateReply({ kind: "note", text: say.notJudged }) };
  }
  const revised = say.revised(changed.size, before.submitted.result.score);
  const points = result.points.filter(({ id }) => changed.has(id));
  const rows = verdictRows(
    question,
    { ...result, points },
    round === null ? "everything" : "hints",
    request.locale,
    services.library,
  );
  return {
    whole: await whole([revised]),
    news: privateReply(
      ...scoreBlocks(now, [revised]),
      { kind: "verdicts", answer: submitted.recorded.attempt.text, rows },
      ...(round === null ? [] : (await standingFields(request, services, round, submitted)).slice(0, 1)),
    ),
  };
}

/** The result at once; where a judge reads the answer as well, what comes of that goes the member's way later. */
async function replyTo(graded: Graded, services: Services): Promise<Reply> {
  const { submitted, request } = graded;
  const { judging } = services;
  if (judging?.reads(submitted) !== true) return resultReply(graded, services, []);
  const host = await judging.hostToTell(request, services);
  const notes = host === null ? [] : [messagesFor(request.locale).quiz.judged(host)];
  const reply = await resultReply(graded, services, notes);
  const later = judging.seek(graded, services, (rejudged) => amendment(graded, rejudged, services, notes));
  request.later?.(later);
  return reply;
}

async function run(request: AnswerRequest, services: Services): Promise<Reply> {
  const { question, round } = await target(request, services);
  if (request.options.text === undefined) return form(request, round);

  const submitted = await submitAnswer(
    { ...request.options, text: request.options.text },
    question,
    round,
    request,
    services,
  );
  const { result } = submitted;
  if (result === null) return privateReply({ kind: "text", text: messagesFor(request.locale).quiz.pending });
  return replyTo({ submitted: { ...submitted, result }, question, round, request }, services);
}

export const answer = defineCommand({
  name: "answer",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "回答今天的题；不写内容就打开答题框",
    en: "Answer the open question; without text it opens the form",
  },
  examples: [
    "/answer 减小 batch size，再用梯度累积保住等效批量",
    "/answer Freeze most layers and train LoRA",
  ],
  options,
  shorthands: [],
  run,
});
