import type { Instant } from "#core/ids";
import type { Question } from "#core/pack/question";
import type { Request } from "#core/request";
import { isBeforeClose } from "#core/round/opening";
import type { Round } from "#core/round/round";
import type { Services } from "#core/services";
import { HINT_COST } from "./points.ts";

/** What the hint of one key point of a round is taken under; the question's own hints are taken under the round's id. */
export const pointHint = ({ id }: Pick<Round, "id">, number: number): string => `${id}/${number}`;

/**
 * What an answer's hints cost it on the board; null where it comes too late for points. Hints that are taken after it
 * cost it nothing: what was won stays won.
 *
 * @param opened when the member had the form before them, where there was one
 */
export async function hintCostOf(
  round: Round,
  { points }: Pick<Question, "points">,
  opened: Instant | undefined,
  { tenant, member, sentAt }: Pick<Request, "tenant" | "member" | "sentAt">,
  { store }: Pick<Services, "store">,
): Promise<number | null> {
  if (!isBeforeClose(round, sentAt, opened)) return null;
  const asked = [round.id, ...points.map((_, at) => pointHint(round, at + 1))];
  return HINT_COST * (await store.hintsTaken(tenant, member, asked));
}
