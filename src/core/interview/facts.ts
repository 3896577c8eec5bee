import type { Instant, MemberId, TenantId } from "#core/ids";
import { effectiveClose } from "#core/round/opening";
import type { Services } from "#core/services";
import type { Event } from "./events.ts";
import { type Interview, lastTurn, presentSeats } from "./interview.ts";
import type { Facts } from "./question-choice.ts";
import { nextPair } from "./rotation.ts";
import { askedOf } from "./seat.ts";
import { deadlineOf } from "./step.ts";

/** More answers than anybody gives in the days that count. */
const ATTEMPTS_READ = 500;
/** Channels of a tenant whose open question is left out. */
const CHANNELS_READ = 20;

type Parts = Pick<Services, "store" | "library" | "clock">;

/** The questions that some channel of the tenant is answering now: their key points are not shown to anybody. */
async function openQuestions(
  tenant: TenantId,
  { channel }: Interview,
  now: Instant,
  { store }: Parts,
): Promise<ReadonlySet<string>> {
  const schedules = await store.schedules(tenant);
  const channels = new Set([
    channel,
    ...schedules.slice(0, CHANNELS_READ).map((schedule) => schedule.channel),
  ]);
  const rounds = await Promise.all([...channels].map((each) => store.rounds(tenant, each, 1)));
  return new Set(
    rounds
      .flat()
      .filter((round) => effectiveClose(round) >= now)
      .map(({ question }) => question),
  );
}

async function answeredBy(
  tenant: TenantId,
  member: MemberId,
  { store }: Parts,
): Promise<readonly [MemberId, ReadonlyMap<string, Instant>]> {
  const [attempts, asked] = await Promise.all([
    store.attempts({ tenant, member, limit: ATTEMPTS_READ }),
    askedOf(store, tenant, member),
  ]);
  const all = [
    ...Object.entries(asked),
    ...attempts.map(({ question, sentAt }) => [question, sentAt] as const),
  ];
  // Of one question the last time counts.
  return [member, new Map(all.toSorted(([, one], [, other]) => one - other))];
}

/** Who is asked a question in this step, if anybody is. */
function askedNext(interview: Interview, event: Event["kind"], now: Instant): MemberId | null {
  const present = presentSeats(interview);
  const turn = lastTurn(interview);
  if (interview.phase === "over" || present.length === 0) return null;
  if (turn !== null && turn.phase === "answering" && event === "skip") return turn.candidate;
  const isDue = now >= (deadlineOf(interview) ?? Number.POSITIVE_INFINITY);
  // Whoever goes on after the time was up goes on from its minute of settling.
  const goesOn = event === "next" && (turn === null || turn.phase === "settling" || isDue);
  const isResolved = turn?.phase === "settling" && isDue;
  return goesOn || isResolved ? nextPair(present, interview.turns).candidate : null;
}

/** What a step of an interview depends on; questions, and who answered which, only where one is chosen in it. */
export async function readFacts(
  tenant: TenantId,
  interview: Interview,
  event: Event["kind"],
  parts: Parts,
): Promise<Facts> {
  const { library, clock } = parts;
  const now = clock.now();
  const question = (id: string) => library.question(id);
  const candidate = askedNext(interview, event, now);
  if (candidate === null) return { now, bank: [], answeredAt: new Map(), question };
  const [open, answered] = await Promise.all([
    openQuestions(tenant, interview, now, parts),
    answeredBy(tenant, candidate, parts),
  ]);
  const bank = library.questions.filter(
    ({ id, topic }) => !open.has(id) && (interview.topic === null || topic === interview.topic),
  );
  return { now, bank, answeredAt: new Map([answered]), question };
}
