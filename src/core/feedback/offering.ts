import { LEAST_SHOWN_SCORE } from "#core/announcing/read";
import type { RoundId, SubmissionId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { settlesAt } from "#core/round/opening";
import type { Attempt, Round } from "#core/round/round";
import type { Services } from "#core/services";

/** What a member wants done with an answer of theirs at the reveal. */
export const offerWishes = ["named", "nameless", "no"] as const;
export type OfferWish = (typeof offerWishes)[number];

const buttonFor = (
  wish: OfferWish,
  round: RoundId,
  submission: SubmissionId,
  { locale }: Request,
): Button => {
  const say = messagesFor(locale).announcing;
  const labels = { named: say.offerNamed, nameless: say.offerNameless, no: say.withdrawButton };
  return {
    label: labels[wish],
    action: { command: "answer", options: { round, offer: wish, answer: submission } },
    style: "secondary",
  };
};

/** Whether the reveal is for others at all: on a machine of one's own nobody else reads it. */
const isShared = ({ tenant }: Request, { local }: Services): boolean => tenant !== local?.tenant;

/** The buttons by which a member may offer an answer that has just been scored. */
export const offerButtons = (attempt: Attempt, request: Request, services: Services): Button[] => {
  const { round, submission, result } = attempt;
  if (round === null || !isShared(request, services) || (result?.score ?? 0) < LEAST_SHOWN_SCORE) return [];
  return (["named", "nameless"] as const).map((wish) => buttonFor(wish, round, submission, request));
};

/** The same for an answer of another day: what was offered can be taken back, what can still be offered is. */
export async function laterOfferButtons(
  attempt: Attempt,
  request: Request,
  services: Services,
): Promise<Block[]> {
  const { tenant, round: id, member, submission } = attempt;
  if (id === null) return [];
  const [round, offers] = await Promise.all([
    services.store.round(tenant, id),
    services.store.offers(tenant, id),
  ]);
  const isOffered = offers.some((offer) => offer.member === member && offer.submission === submission);
  const buttons = isOffered
    ? [buttonFor("no", id, submission, request)]
    : round !== null && request.sentAt <= settlesAt(round)
      ? offerButtons(attempt, request, services)
      : [];
  return buttons.length === 0 ? [] : [{ kind: "buttons", buttons }];
}

/** @throws Refusal where the answer cannot be shown */
async function refuseUnfit(
  round: Round,
  submission: SubmissionId | undefined,
  request: Request,
  { store }: Services,
): Promise<SubmissionId> {
  const { tenant, member } = request;
  const limit = ATTEMPTS_PER_ROUND;
  const attempts = await store.attempts({ tenant, member, round: round.id, limit });
  const attempt = attempts.find((one) => one.submission === submission);
  if (attempt === undefined) throw new Refusal((say) => say.announcing.nothingToOffer);
  if ((attempt.result?.score ?? 0) < LEAST_SHOWN_SCORE)
    throw new Refusal((say) => say.announcing.tooLowToOffer(LEAST_SHOWN_SCORE));
  const offers = await store.offers(tenant, round.id);
  const isOffered = offers.some((offer) => offer.member === member && offer.submission === submission);
  if (!isOffered && request.sentAt > settlesAt(round))
    throw new Refusal((say) => say.announcing.offerTooLate);
  return attempt.submission;
}

/**
 * Offers an answer for the reveal, or takes it back; what has been posted is changed by whoever posted it.
 *
 * @throws Refusal where there is no such answer of the member's, it is no example, or the round has been revealed
 */
export async function changeOffer(
  wish: OfferWish,
  round: Round,
  answer: SubmissionId | undefined,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { tenant, member, locale } = request;
  const say = messagesFor(locale).announcing;
  if (wish === "no") {
    await services.store.withdrawOffer(tenant, round.id, member);
    services.notices?.offersChanged(round);
    return privateReply({ kind: "text", text: say.withdrawn });
  }
  const submission = await refuseUnfit(round, answer, request, services);
  const named = wish === "named";
  await services.store.offerAnswer({ tenant, round: round.id, member, submission, named });
  services.notices?.offersChanged(round);
  const others = (["named", "nameless", "no"] as const).filter((other) => other !== wish);
  return privateReply(
    { kind: "text", text: say.offered(named) },
    { kind: "buttons", buttons: others.map((other) => buttonFor(other, round.id, submission, request)) },
  );
}
