import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { inTenant } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import type { Request } from "#core/request";
import { effectiveClose, settlesAt } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { currentSitting, newestRound } from "#core/round/sitting";
import type { Services } from "#core/services";
import type { Desk, DeskQuestion, DeskRound } from "./client/wire.ts";

/** More answers than these are counted as so many. */
const MOST_COUNTED = 100;

/** What lies before the member who asks. Reads only, so a page may be loaded again at any time. */
export async function readDesk(request: Request, services: Services): Promise<Desk> {
  const host = (await services.judging?.hostToTell(request, services)) ?? null;
  const told = host === null ? {} : { told: messagesFor(request.locale).quiz.judged(host) };
  return { ...(await lyingBefore(request, services)), ...told, zone: services.zone };
}

async function lyingBefore(request: Request, given: Services): Promise<Desk> {
  const services = await inTenant(request.tenant, given);
  const { library, store } = services;
  const asDeskQuestion = (question: Question): DeskQuestion => inLanguage(question, request.locale, library);
  const bank = library.questions.map(asDeskQuestion);
  const sitting = await currentSitting(request, services);
  const { tenant, member } = request;
  if (sitting.kind === "nothing") {
    const round = sitting.lastRound;
    const question = round === null ? undefined : library.question(round.question);
    if (round === null || question === undefined) {
      return { kind: "nothing", round: null, question: null, answers: { sent: 0, most: null }, bank };
    }
    const sent = await store.attempts({ tenant, member, round: round.id, limit: ATTEMPTS_PER_ROUND });
    return {
      kind: "closed",
      round: asDeskRound(round),
      question: asDeskQuestion(question),
      answers: { sent: sent.length, most: ATTEMPTS_PER_ROUND },
      bank,
    };
  }
  const practises = sitting.kind === "practice";
  const round = practises ? await newestRound(request, services) : sitting.round;
  const sent = await store.attempts({
    tenant,
    member,
    ...(practises || round === null
      ? { question: sitting.question.id, limit: MOST_COUNTED }
      : { round: round.id, limit: ATTEMPTS_PER_ROUND }),
  });
  return {
    kind: sitting.kind,
    round: round === null ? null : asDeskRound(round),
    question: asDeskQuestion(sitting.question),
    answers: { sent: sent.length, most: practises ? null : ATTEMPTS_PER_ROUND },
    bank,
  };
}

const asDeskRound = (round: Round): DeskRound => ({
  id: round.id,
  closesAt: effectiveClose(round),
  takesUntil: settlesAt(round),
});

const inLanguage = (
  question: Question,
  locale: Locale,
  { topic }: Pick<Services["library"], "topic">,
): DeskQuestion => ({
  id: question.id,
  text: question.text[locale],
  topic: topic(question.topic)?.[locale] ?? question.topic,
  difficulty: question.difficulty,
  points: question.points.length,
});
