import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { changeOffer, offerButtons, offerWishes } from "#core/feedback/offering";
import { revealBlocks } from "#core/feedback/reveal";
import { verdictRows } from "#core/feedback/verdict-rows";
import { instantSchema, roundIdSchema, submissionIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { explainMenu } from "#core/practice/explaining";
import { Refusal } from "#core/refusal";
import {
  type Action,
  type Amendment,
  type Block,
  type Button,
  type Form,
  privateReply,
  type Reply,
} from "#core/reply";
import type { Judged, Rejudged } from "#core/round/judging";
import { isAfterClose, isOpen } from "#core/round/opening";
import { bestAttempt } from "#core/round/passing";
import type { Round } from "#core/round/round";
import { sittingOf } from "#core/round/sitting";
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
  /** Set by forms and views of practice: the question that the answer is for, whatever has opened since. */
  question: z.string().max(100).optional(),
  /** When the member had the form or the question before them. */
  opened: instantSchema.optional(),
  /** Set by buttons: whether the reveal may show an answer that was scored, and the submission it came by. */
  offer: z.enum(offerWishes).optional(),
  answer: submissionIdSchema.optional(),
});

type AnswerRequest = RequestWith<z.output<typeof options>>;

/** The round or practice question that the answer is for. */
async function target(
  request: AnswerRequest,
  services: Services,
): Promise<{ question: Question; round: Round | null }> {
  const sitting = await sittingOf(request.options, request, services);
  if (sitting.kind === "nothing") throw new Refusal((say) => say.quiz.noRound);
  return { question: sitting.question, round: sitting.kind === "round" ? sitting.round : null };
}

/** @param belonging the options that say what the answer is for */
function answerForm(locale: Locale, belonging: Action["options"]): Form {
  const say = messagesFor(locale).quiz;
  return {
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
    action: { command: "answer", options: belonging },
  };
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
    ...(isAfterClose(round, request.sentAt) ? [{ kind: "note" as const, text: say.quiz.streakOnly }] : []),
    // What was sent in the minutes after the close has no deadline any more.
    ...(isOpen(round, request.sentAt)
      ? [{ kind: "deadline" as const, label: say.quiz.closes, at: round.closesAt }]
      : []),
  ];
}

/** An answer that has its result, with what it was for. */
type Graded = Judged & { readonly request: AnswerRequest };

/** What one may do after a result: take a hint while the round is open, and offer an answer that earned the day. */
function resultButtons({ submitted, round, request }: Graded, services: Services): Block[] {
  const hint: Button = {
    label: messagesFor(request.locale).quiz.hintButton,
    action: { command: "hint", options: {} },
    style: "secondary",
  };
  const { attempt } = submitted.recorded;
  const buttons = [
    ...(round !== null && isOpen(round, request.sentAt) ? [hint] : []),
    ...(submitted.reasons.length === 0 ? offerButtons(attempt, request, services) : []),
  ];
  return buttons.length === 0 ? [] : [{ kind: "buttons", buttons }];
}

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
    return privateReply(
      ...head,
      ...revealBlocks(question, { text, result }, locale, services.library),
      explainMenu(question, locale),
      { kind: "note", text: say.goOn },
    );
  }
  return privateReply(
    ...head,
    {
      kind: "verdicts",
      answer: text,
      rows: verdictRows(question, result, "hints", locale, services.library),
    },
    ...(await standingFields(request, services, round, submitted)),
    ...resultButtons(graded, services),
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
  const { text, offer, answer: submission, round: id, opened } = request.options;
  if (offer !== undefined) {
    const of = id === undefined ? null : await services.store.round(request.tenant, id);
    if (of === null) throw new Refusal((say) => say.announcing.nothingToOffer);
    return changeOffer(offer, of, submission, request, services);
  }
  const { question, round } = await target(request, services);
  if (text === undefined) {
    const belonging = round === null ? { question: question.id } : { round: round.id };
    return privateReply({ kind: "form", form: answerForm(request.locale, belonging) });
  }

  const submitted = await submitAnswer({ text, opened }, question, round, request, services);
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
  form: ({ text, offer, round, question }, locale) => {
    if (text !== undefined || offer !== undefined) return null;
    const belonging = round !== undefined ? { round } : question !== undefined ? { question } : {};
    return answerForm(locale, belonging);
  },
  run,
});
