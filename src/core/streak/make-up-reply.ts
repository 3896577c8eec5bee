import { verdictRows } from "#core/feedback/verdict-rows";
import type { Instant, StudyDate } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Block, type Form, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { LONGEST_ANSWER } from "#core/round/submission";
import type { Services } from "#core/services";
import { findMakeUp, type MakeUp, makeUp } from "./making-up.ts";

/** The form for the answer to a missed question; it needs nothing but the date that it says it is for. */
export function makeUpForm(date: StudyDate, locale: Locale): Form {
  const say = messagesFor(locale);
  return {
    title: say.streak.makeUpTitle(date),
    submit: say.quiz.answerButton,
    fields: [
      {
        option: "text",
        label: say.streak.makeUpLabel,
        placeholder: say.quiz.formPlaceholder,
        multiline: true,
        maxLength: LONGEST_ANSWER,
      },
    ],
    action: { command: "streak", options: { makeup: true, of: date } },
  };
}

const deadline = ({ until }: MakeUp, locale: Locale): Block[] =>
  until === null ? [] : [{ kind: "deadline", label: messagesFor(locale).streak.makeUpUntil, at: until }];

/** The question that a member missed, for their eyes only, and how to answer it. */
export async function offerMakeUp(request: Request, services: Services): Promise<Reply> {
  const { locale } = request;
  const say = messagesFor(locale).streak;
  const found = await findMakeUp(request, undefined, services);
  return privateReply(
    { kind: "heading", text: say.makeUpTitle(found.date) },
    { kind: "text", text: found.question.text[locale] },
    { kind: "text", text: say.makeUpHow },
    ...deadline(found, locale),
    { kind: "form", form: makeUpForm(found.date, locale) },
    { kind: "note", text: say.makeUpTyped },
  );
}

/** What is to be done yet where the answer was good enough. */
function whatIsLeft({ date, todayUntil, isComplete }: MakeUp, locale: Locale): Block[] {
  const say = messagesFor(locale).streak;
  if (isComplete) return [{ kind: "text", text: say.madeUp(date) }];
  if (todayUntil === null) return [{ kind: "text", text: say.makeUpWaitsLonger(date) }];
  return [
    { kind: "text", text: say.makeUpWaits(date) },
    { kind: "deadline", label: say.openUntil, at: todayUntil },
  ];
}

/** Takes the answer and says what came of it. */
export async function answerMakeUp(
  text: string,
  opened: Instant | undefined,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { locale } = request;
  const say = messagesFor(locale);
  const { makeUp: found, result, reasons, text: answer } = await makeUp({ text, opened }, request, services);
  if (result === null) return privateReply({ kind: "text", text: say.streak.makeUpUnscored });
  const outcome: Block[] =
    reasons.length === 0
      ? whatIsLeft(found, locale)
      : [
          { kind: "text", text: say.streak.notMadeUp(found.date) },
          { kind: "list", ordered: false, items: reasons.map((reason) => say.streak.notPassing(reason)) },
          ...deadline(found, locale),
        ];
  return privateReply(
    { kind: "heading", text: say.quiz.score(result.score), score: result.score },
    ...outcome,
    {
      kind: "verdicts",
      answer,
      // Whoever may try again is not given the points to copy, also where no reveal was posted.
      rows: verdictRows(
        found.question,
        result,
        reasons.length === 0 ? "everything" : "hints",
        locale,
        services.library,
      ),
    },
  );
}
