import { z } from "zod";
import type { Dossiers } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { type Instant, instantSchema, type MemberId, type TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import { type Interview, interviewSchema, isPresent, type Turn } from "./interview.ts";
import { REST_MS } from "./limits.ts";

/** Whoever is about to join keeps the place meanwhile; a process that died in between blocks it no longer than this. */
const JOINING_MS = 30_000;

/** Which interview a member sits in, or sat in last; null where they were turned away. */
const seatSchema = z.strictObject({
  interview: z.string().nullable(),
  at: instantSchema,
  /** When they had which question of interviews whose answer is not among their answers, for as long as that counts. */
  asked: z.record(z.string(), instantSchema).optional(),
});

const keyOf = (tenant: TenantId, member: MemberId) =>
  ({ tenant, kind: "interview-seat", id: member }) as const;

export async function readInterview(
  store: Pick<Dossiers, "dossier">,
  tenant: TenantId,
  id: string,
): Promise<Interview | null> {
  const dossier = await store.dossier(tenant, "interview", id);
  return dossier === null ? null : interviewSchema.parse(JSON.parse(dossier.text));
}

/** The interview that a member sits in, or sat in last; null where there was none, or it is long over. */
export async function interviewOf(
  store: Pick<Dossiers, "dossier">,
  tenant: TenantId,
  member: MemberId,
): Promise<Interview | null> {
  const dossier = await store.dossier(tenant, "interview-seat", member);
  const seat = dossier === null ? null : seatSchema.parse(JSON.parse(dossier.text));
  return seat === null || seat.interview === null ? null : readInterview(store, tenant, seat.interview);
}

/** Whether a member is kept from others by an interview: they sit in it, or are about to. */
async function isTaken(
  store: Pick<Dossiers, "dossier">,
  tenant: TenantId,
  member: MemberId,
  { interview: id, at }: z.infer<typeof seatSchema>,
  now: Instant,
): Promise<boolean> {
  if (id === null) return false;
  const interview = await readInterview(store, tenant, id);
  if (interview?.phase === "over") return false;
  const wasSeated = interview?.seats.some((seat) => seat.member === member) === true;
  return interview !== null && wasSeated ? isPresent(interview, member) : now - at < JOINING_MS;
}

/**
 * Takes a member's one place in the tenant's running interviews for one of them. It is written before they join, so
 * that of two interviews that they join at once only one takes them.
 *
 * @throws Refusal where they sit in another one
 */
export async function takeSeat(
  store: Dossiers,
  tenant: TenantId,
  member: MemberId,
  interview: string,
  now: Instant,
): Promise<void> {
  for (;;) {
    const key = keyOf(tenant, member);
    const standing = await store.dossier(tenant, key.kind, key.id);
    const seat = standing === null ? null : seatSchema.parse(JSON.parse(standing.text));
    if (seat !== null && seat.interview !== interview && (await isTaken(store, tenant, member, seat, now)))
      throw new Refusal((say) => say.interview.inAnother);
    const revision = (standing?.revision ?? 0) + 1;
    const text = JSON.stringify({ ...seat, interview, at: now });
    const kept = await store.keepDossier({ ...key, revision, text, wakeAt: null });
    if (kept?.revision === revision && kept.text === text) return;
  }
}

/** Gives the place back, unless it was taken for another interview meanwhile. */
export async function giveSeatBack(
  store: Dossiers,
  tenant: TenantId,
  member: MemberId,
  interview: string,
): Promise<void> {
  await changeDossier(store, keyOf(tenant, member), (standing) => {
    if (standing === null) return null;
    const seat = seatSchema.parse(JSON.parse(standing.text));
    if (seat.interview !== interview) return null;
    return { text: JSON.stringify({ ...seat, interview: null }), wakeAt: null };
  });
}

/** Remembers which question a candidate had and when; what is too long ago to count is forgotten. */
export async function rememberAsked(
  store: Dossiers,
  tenant: TenantId,
  { candidate, question, startedAt }: Pick<Turn, "candidate" | "question" | "startedAt">,
): Promise<void> {
  await changeDossier(store, keyOf(tenant, candidate), (standing) => {
    const seat = standing === null ? null : seatSchema.parse(JSON.parse(standing.text));
    if ((seat?.asked?.[question] ?? 0) >= startedAt) return null;
    const counting = Object.entries(seat?.asked ?? {}).filter(([, at]) => startedAt - at < REST_MS);
    const asked = { ...Object.fromEntries(counting), [question]: startedAt };
    return { text: JSON.stringify({ interview: null, at: startedAt, ...seat, asked }), wakeAt: null };
  });
}

/** When a member had which question of an interview, where that is not among their answers. */
export async function askedOf(
  store: Pick<Dossiers, "dossier">,
  tenant: TenantId,
  member: MemberId,
): Promise<Readonly<Record<string, Instant>>> {
  const { kind, id } = keyOf(tenant, member);
  const dossier = await store.dossier(tenant, kind, id);
  return dossier === null ? {} : (seatSchema.parse(JSON.parse(dossier.text)).asked ?? {});
}
