import { cleanText } from "#core/clean-text";
import { changeDossier } from "#core/dossier-change";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import { settlesAt } from "#core/round/opening";
import type { Services } from "#core/services";
import { type Shelf, shelve } from "#core/shelf";
import {
  type Appeal,
  type AppealCase,
  appealId,
  appealText,
  caseOf,
  LONGEST_REASON,
  LONGEST_WORDS,
} from "./appeal.ts";
import type { JudgedAnswer, JudgedPoint } from "./finding.ts";

export const waitingAppeals = (tenant: TenantId): Shelf => ({ tenant, kind: "appeal", name: "waiting" });

export interface Claim {
  /** The member's own words in the answer that are to say the point; empty where they name none. */
  readonly words: string;
  readonly reason: string;
}

/** @throws Refusal where the words are too long, or do not stand in the answer */
function wordsIn(answer: string, words: string): string | null {
  const meant = words.trim();
  if (meant === "") return null;
  if (meant.length > LONGEST_WORDS) throw new Refusal((say) => say.appeal.wordsTooLong(LONGEST_WORDS));
  if (!answer.includes(meant)) throw new Refusal((say) => say.appeal.wordsNotThere);
  return meant;
}

/** A dash or a full stop alone is what people send who have nothing to say. */
const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/**
 * Files an appeal of one key point of an own answer: once, however often it is delivered.
 *
 * @throws Refusal where it was filed before, or what goes with it does not fit
 */
export async function fileAppeal(
  { attempt }: JudgedAnswer,
  { point, judged }: JudgedPoint,
  claim: Claim,
  request: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<AppealCase> {
  const { tenant, member, locale, submission } = request;
  const words = wordsIn(attempt.text, claim.words);
  const reason = cleanText(claim.reason);
  if (reason.length > LONGEST_REASON) throw new Refusal((say) => say.appeal.reasonTooLong(LONGEST_REASON));
  const id = appealId(member, attempt.round, attempt.submission, point.id);
  const filedAt = clock.now();
  const round = await store.round(tenant, attempt.round);
  const readableAt = round === null ? filedAt : Math.max(filedAt, settlesAt(round) + 1);
  const filed: Appeal = {
    member,
    locale,
    round: attempt.round,
    question: attempt.question,
    answer: attempt.submission,
    point: point.id,
    judged: judged.verdict,
    words,
    reason: saysSomething(reason) ? reason : null,
    filedAt,
    filedBy: submission,
    readableAt,
    announced: false,
    decision: null,
    outcome: null,
    told: false,
  };
  if ((await store.dossier(tenant, "appeal", id)) === null)
    await shelve(store, waitingAppeals(tenant), id, filedAt);
  const kept = await changeDossier(store, { tenant, kind: "appeal", id }, (standing) =>
    standing === null ? appealText(filed) : null,
  );
  if (kept === null) throw new Error(`the appeal ${id} was not kept`);
  const { appeal } = caseOf(kept);
  if (appeal.filedBy !== submission) {
    const { decision } = appeal;
    throw new Refusal((say) => say.appeal.filedBefore(decision?.ruling ?? null));
  }
  return { id, appeal };
}
