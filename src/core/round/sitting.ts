import type { Instant, RoundId } from "#core/ids";
import type { Question } from "#core/pack/question";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { isAfterClose, isOpen } from "./opening.ts";
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

/** What a form, a button or a view that a member answers from knows of what it is for. */
export interface Belonging {
  readonly round?: RoundId | undefined;
  /** The question that is practised. */
  readonly question?: string | undefined;
  /** When the member had it before them. */
  readonly opened?: Instant | undefined;
}

/** As many rounds as may have opened while somebody wrote. */
const ROUNDS_READ = 3;

/** The channel's round that took answers at an instant. */
async function roundOpenAt(at: Instant, request: Request, { store }: Services): Promise<Round | null> {
  const rounds = await store.rounds(request.tenant, request.channel, ROUNDS_READ);
  return rounds.find((round) => isOpen(round, at)) ?? null;
}

const roundSitting = (round: Round | null, { library }: Services): Sitting | null => {
  const question = round === null ? undefined : library.question(round.question);
  return round === null || question === undefined ? null : { kind: "round", round, question };
};

/** What an answer is for, by where it was written: not what has opened since. */
export async function sittingOf(
  { round, question: practised, opened }: Belonging,
  request: Request,
  services: Services,
): Promise<Sitting> {
  const { store, library } = services;
  const meant = round === undefined ? null : await store.round(request.tenant, round);
  const named = roundSitting(meant, services);
  if (named !== null) return named;
  const current = await currentSitting(request, services);
  const question = practised === undefined ? undefined : library.question(practised);
  if (question !== undefined) {
    // The reveal that practice ends with would give today's key points away.
    const isAskedNow = current.kind === "round" && current.question.id === question.id;
    return isAskedNow ? current : { kind: "practice", question };
  }
  if (opened === undefined) return current;
  return roundSitting(await roundOpenAt(opened, request, services), services) ?? current;
}

/**
 * What the member is answering. An open round comes first, so that an answer can never go to practice by mistake
 * while a streak depends on it.
 */
export async function currentSitting(request: Request, services: Services): Promise<Sitting> {
  const round = await newestRound(request, services);
  const { library, store } = services;
  if (round !== null && (isOpen(round, request.sentAt) || isAfterClose(round, request.sentAt))) {
    const question = library.question(round.question);
    // A question that was withdrawn while its round is open cannot be graded any more.
    if (question !== undefined) return { kind: "round", round, question };
  }
  const practised = await store.practice(request.tenant, request.member);
  const question = practised === null ? undefined : library.question(practised);
  return question === undefined ? { kind: "nothing", lastRound: round } : { kind: "practice", question };
}
