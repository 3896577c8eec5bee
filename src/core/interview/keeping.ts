import type { Dossier } from "#core/dossier";
import type { Instant, SubmissionId, TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Services } from "#core/services";
import type { Event } from "./events.ts";
import { readFacts } from "./facts.ts";
import { type Interview, interviewSchema, type WaitingTask } from "./interview.ts";
import { STALE_MS } from "./limits.ts";
import { staleTasks, step, wakeAtOf, wasHeard } from "./step.ts";

type Parts = Pick<Services, "store" | "library" | "clock">;

/** More than will ever act at the same moment: each time round somebody's change is kept. */
const TRIES = 100;

const dossierOf = (tenant: TenantId, interview: Interview, revision: number, now: Instant): Dossier => ({
  tenant,
  kind: "interview",
  id: interview.id,
  revision,
  text: JSON.stringify(interview),
  wakeAt: wakeAtOf(interview, now),
});

/** Keeps an interview that is new; the one that is kept, where it was begun before by the same submission. */
export async function keepNew(
  tenant: TenantId,
  interview: Interview,
  { store, clock }: Parts,
): Promise<Interview> {
  const kept = await store.keepDossier(dossierOf(tenant, interview, 1, clock.now()));
  if (kept === null) throw new Error(`the interview ${interview.id} was forgotten as it began`);
  return interviewSchema.parse(JSON.parse(kept.text));
}

/**
 * Changes an interview as it stands, or as it then stands where somebody was quicker. A change to the same object
 * keeps nothing.
 *
 * @throws Refusal where there is no such interview, and what `change` throws
 */
export async function changeKept(
  tenant: TenantId,
  id: string,
  { store, clock }: Parts,
  change: (interview: Interview) => Interview | Promise<Interview>,
): Promise<Interview> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const standing = await store.dossier(tenant, "interview", id);
    if (standing === null) throw new Refusal((say) => say.interview.isOver);
    const before = interviewSchema.parse(JSON.parse(standing.text));
    const next = await change(before);
    if (next === before) return before;
    const wanted = dossierOf(tenant, next, standing.revision + 1, clock.now());
    const kept = await store.keepDossier(wanted);
    if (kept?.revision === wanted.revision && kept.text === wanted.text) return next;
  }
  throw new Error(`others were quicker ${TRIES} times in changing the interview ${id}`);
}

const MINUTE_MS = 60_000;

/** What was not said, and why: each failure was logged as it happened. */
const gaveUp = ({ thread }: Interview, stale: readonly WaitingTask[]): Error =>
  new Error(
    `${stale.map(({ task }) => task.kind).join(", ")}: not sent for ${STALE_MS / MINUTE_MS} minutes, ${
      thread === null ? "the thread could not be opened" : "every try has failed"
    }`,
  );

/**
 * Has an event happen to an interview, once, whoever else acts at the same time.
 *
 * @param eventFor what happens, given the interview as it stands: an answer is graded with what was written before
 * @throws Refusal where it comes at a wrong moment: nothing has changed then
 */
export const happenTo = async (
  tenant: TenantId,
  id: string,
  submission: SubmissionId | null,
  parts: Parts & Pick<Services, "log">,
  eventFor: (interview: Interview) => Event | Promise<Event>,
): Promise<Interview> => {
  let stale: readonly WaitingTask[] = [];
  const changed = await changeKept(tenant, id, parts, async (interview) => {
    // What was heard is not refused when it is delivered again, though its moment may be over.
    if (wasHeard(interview, submission)) return interview;
    const event = await eventFor(interview);
    const facts = await readFacts(tenant, interview, event.kind, parts);
    stale = staleTasks(interview, facts.now);
    return step(interview, event, facts, submission);
  });
  if (stale.length > 0)
    parts.log.error("an interview's messages were given up", gaveUp(changed, stale), { tenant, id });
  return changed;
};
