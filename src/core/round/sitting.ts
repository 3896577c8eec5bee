import type { Question } from "#core/pack/question";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { isOpen } from "./opening.ts";
import type { Round } from "./round.ts";

/** What a member is answering now: the channel's open round, a question for practice, or nothing. */
export type Sitting =
  | { readonly kind: "round"; readonly round: Round; readonly question: Question }
  | { readonly kind: "practice"; readonly question: Question }
  | { readonly kind: "nothing"; readonly lastRound: Round | null };

/** The channel's newest round, open or not. */
export async function newestRound(request: Request, { store }: Services): Promise<Round | null> {
  const [newest] = await store.rounds(request.tenant, request.channel, 1);
  return newest ?? null;
}

/**
 * What the member is answering. An open round comes first, so that an answer can never go to practice by mistake
 * while a streak depends on it.
 */
export async function currentSitting(request: Request, services: Services): Promise<Sitting> {
  const round = await newestRound(request, services);
  const { library, store } = services;
  if (round !== null && isOpen(round, request.sentAt)) {
    const question = library.question(round.question);
    // A question that was withdrawn while its round is open cannot be graded any more.
    if (question !== undefined) return { kind: "round", round, question };
  }
  const practised = await store.practice(request.tenant, request.member);
  const question = practised === null ? undefined : library.question(practised);
  return question === undefined ? { kind: "nothing", lastRound: round } : { kind: "practice", question };
}
