import { cleanText } from "#core/clean-text";
import { changeDossier } from "#core/dossier-change";
import { knownEditors } from "#core/editors";
import type { TenantId } from "#core/ids";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { unshelve } from "#core/shelf";
import { type Appeal, type AppealCase, appealText, caseOf, LONGEST_REASON, type Ruling } from "./appeal.ts";
import { correctAnswer, worth } from "./correcting.ts";
import { waitingAppeals } from "./filing.ts";
import { judgedAnswer } from "./finding.ts";
import { suggestPhrase } from "./phrase.ts";

type Sources = Pick<Services, "store" | "library" | "clock" | "local">;

/** @throws Refusal where there is no such appeal */
export async function findAppeal(
  id: string,
  tenant: TenantId,
  { store }: Pick<Services, "store">,
): Promise<AppealCase> {
  const kept = await store.dossier(tenant, "appeal", id.slice(0, 200));
  if (kept === null) throw new Refusal((say) => say.appeal.noSuchAppeal);
  return caseOf(kept);
}

/** Nobody decides about themselves, except who sits alone at this machine. */
export async function mayDecide(
  { member }: Appeal,
  request: Request,
  { store, local }: Pick<Services, "store" | "local">,
): Promise<boolean> {
  if (member !== request.member) return true;
  if (local?.tenant !== request.tenant) return false;
  const editors = await knownEditors(store, request.tenant);
  return editors.every((editor) => editor.member === member);
}

/**
 * Whether an editor may read an appeal: while its round takes answers only who has none left to send, or is the member.
 */
export async function mayRead(
  { member, round, readableAt }: Appeal,
  request: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<boolean> {
  if (clock.now() >= readableAt || member === request.member) return true;
  const limit = ATTEMPTS_PER_ROUND;
  const own = await store.attempts({ tenant: request.tenant, member: request.member, round, limit });
  return own.length >= limit;
}

/** @throws Refusal where the ruling would give no more than the answer has already, or cannot be carried out */
async function refuseIdle(
  appeal: Appeal,
  ruling: Ruling,
  tenant: TenantId,
  services: Sources,
): Promise<void> {
  if (ruling === "declined") return;
  const attempt = await judgedAnswer({ ...appeal, tenant }, services);
  if (attempt?.result == null || services.library.question(appeal.question) === undefined)
    throw new Refusal((say) => say.appeal.gone);
  const now = attempt.result.points.find(({ id }) => id === appeal.point);
  if (now !== undefined && worth[now.verdict] >= worth[ruling])
    throw new Refusal((say) => say.appeal.asGoodAlready);
}

/**
 * Decides an appeal, once: of several who do so at the same moment one is kept. What follows from it is done at once
 * and, where this process dies over it, by the clock.
 *
 * @throws Refusal where it may not be decided by this member or so, or somebody has decided it
 */
export async function decideAppeal(
  id: string,
  ruling: Ruling,
  sentence: string,
  request: Request,
  services: Services,
): Promise<AppealCase> {
  const { tenant, member, submission } = request;
  const { store, clock } = services;
  const found = await findAppeal(id, tenant, services);
  if (!(await mayDecide(found.appeal, request, services))) throw new Refusal((say) => say.appeal.ownAppeal);
  if (!(await mayRead(found.appeal, request, services))) throw new Refusal((say) => say.appeal.stillOpen);
  const reason = cleanText(sentence);
  if (reason.length > LONGEST_REASON) throw new Refusal((say) => say.appeal.reasonTooLong(LONGEST_REASON));
  if (ruling === "declined" && reason === "") throw new Refusal((say) => say.appeal.sayWhy);
  if (found.appeal.decision === null) await refuseIdle(found.appeal, ruling, tenant, services);
  const at = clock.now();
  const decision = { ruling, by: member, submission, at, sentence: reason === "" ? null : reason };
  const kept = await changeDossier(store, { tenant, kind: "appeal", id: found.id }, (standing) => {
    if (standing === null) return null;
    const { appeal } = caseOf(standing);
    return appeal.decision === null ? appealText({ ...appeal, announced: true, decision }) : null;
  });
  if (kept === null) throw new Refusal((say) => say.appeal.noSuchAppeal);
  const { decision: made } = caseOf(kept).appeal;
  if (made === null) throw new Error(`the appeal ${id} was not decided`);
  if (made.by !== member || made.submission !== submission)
    throw new Refusal((say) => say.appeal.decidedBefore(made.ruling));
  return carryOut(tenant, caseOf(kept), services);
}

/** Does what follows from a decision, as far as it is not done. */
export async function carryOut(
  tenant: TenantId,
  { id, appeal }: AppealCase,
  services: Services,
): Promise<AppealCase> {
  const { store } = services;
  const { decision } = appeal;
  if (decision === null) throw new Error(`the appeal ${id} is not decided`);
  await unshelve(store, waitingAppeals(tenant), id, appeal.filedAt);
  if (decision.ruling === "declined" || appeal.outcome !== null) return { id, appeal };
  const outcome = await correctAnswer(tenant, appeal, decision.ruling, decision.at, services);
  if (outcome === null) return { id, appeal };
  await suggestPhrase(tenant, { id, appeal }, services);
  const kept = await changeDossier(store, { tenant, kind: "appeal", id }, (standing) => {
    if (standing === null) return null;
    const now = caseOf(standing).appeal;
    return now.outcome === null ? appealText({ ...now, outcome }) : null;
  });
  return kept === null ? { id, appeal } : caseOf(kept);
}
