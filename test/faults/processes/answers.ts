import { createHash } from "node:crypto";
import { memberIdSchema, submissionIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import type { AttemptToRecord } from "#core/round/recording";
import type { Round } from "#core/round/round";
import { resultOf, roundOn } from "#test/contracts/store-samples";
import { randomNumbers } from "#test/schedule/hazards";

/** A flood of answers, each a pure function of its number, so that every process can make its own share of it. */
export interface AnswerPlan {
  readonly answers: number;
  readonly seed: number;
}

const TENANTS = 4;
const ROUNDS = 28;
/** As many as a member may send to a round: more would leave it to the order which are kept. */
const ANSWERS_TO_A_ROUND = 2;
const PASSING = 60;
const HOUR_MS = 3_600_000;

/** Numbers from 0 on that depend on the seed and the number of the answer alone. */
const drawOf = (seed: number, at: number): readonly number[] => {
  const digest = createHash("sha1").update(`${seed}/${at}`).digest();
  return Array.from({ length: 5 }, (_, place) => digest.readUInt32BE(place * 4));
};

const tenantOf = (member: number): TenantId => tenantIdSchema.parse(`discord:${member % TENANTS}`);

export const roundsOf = (): readonly Round[] =>
  Array.from({ length: TENANTS }, (_, tenant) => tenantOf(tenant)).flatMap((tenant) =>
    Array.from({ length: ROUNDS }, (_, day) => roundOn(day + 1, { tenant })),
  );

export const answerAt = (at: number, { seed }: AnswerPlan): AttemptToRecord => {
  const [score = 0, length = 0, minutes = 0] = drawOf(seed, at);
  const member = Math.floor(at / (ROUNDS * ANSWERS_TO_A_ROUND));
  const round = roundOn((Math.floor(at / ANSWERS_TO_A_ROUND) % ROUNDS) + 1, { tenant: tenantOf(member) });
  const result = resultOf(score % 101, "answer");
  return {
    tenant: round.tenant,
    member: memberIdSchema.parse(`member-${member}`),
    round: round.id,
    question: round.question,
    submission: submissionIdSchema.parse(`s${at}`),
    sentAt: round.opensAt + (minutes % 600) * 60_000 + HOUR_MS,
    text: `answer ${at} `.repeat(1 + (length % 6)),
    result,
    credit: result.score >= PASSING ? round.date : null,
  };
};

/** The numbers of the answers that one of several processes delivers: all of them together 1 to 4 times, shuffled. */
export const deliveriesOf = (
  { answers, seed }: AnswerPlan,
  process: number,
  processes: number,
): Int32Array => {
  const own: number[] = [];
  for (let at = 0; at < answers; at += 1) {
    const [, , , times = 0, places = 0] = drawOf(seed, at);
    for (let time = 0; time <= times % 4; time += 1)
      if (((places >>> (time * 8)) & 0xff) % processes === process) own.push(at);
  }
  const random = randomNumbers(seed * 31 + process);
  const shuffled = Int32Array.from(own);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? 0, shuffled[last] ?? 0];
  }
  return shuffled;
};

const textOf = (kept: readonly object[]): string =>
  kept
    .map((one) => JSON.stringify(one))
    .toSorted()
    .join("\n");

/**
 * Where the store differs from what a single thread that got every answer once would have kept: the answers of every
 * round, and the study days of every member. Each difference in a sentence.
 */
export const differences = async (store: Store, plan: AnswerPlan): Promise<string[]> => {
  const found: string[] = [];
  const expected = new Map<string, object[]>(roundsOf().map(({ tenant, id }) => [`${tenant} ${id}`, []]));
  const days = new Map<string, { tenant: TenantId; member: AttemptToRecord["member"]; dates: Set<string> }>();
  for (let at = 0; at < plan.answers; at += 1) {
    const { credit, ...attempt } = answerAt(at, plan);
    const { tenant, member, round } = attempt;
    expected.get(`${tenant} ${round}`)?.push(attempt);
    const key = `${tenant} ${member}`;
    const known = days.get(key) ?? { tenant, member, dates: new Set() };
    days.set(key, known);
    if (credit !== null) known.dates.add(credit);
  }
  for (const { tenant, id } of roundsOf()) {
    const kept = await store.attemptsOfRound(tenant, id);
    const wanted = expected.get(`${tenant} ${id}`) ?? [];
    if (kept.length !== wanted.length)
      found.push(`${tenant} ${id}: ${kept.length} answers, not ${wanted.length}`);
    else if (canonical(kept) !== canonical(wanted))
      found.push(`${tenant} ${id}: other answers than were sent`);
  }
  for (const { tenant, member, dates } of days.values()) {
    const ledger = await store.ledger(tenant, member);
    const kept = ledger.map(({ date, kind }) => `${date} ${kind}`).join();
    const wanted = [...dates]
      .toSorted()
      .map((date) => `${date} pass`)
      .join();
    if (kept !== wanted) found.push(`${tenant} ${member}: the days ${kept}, not ${wanted}`);
  }
  return found;
};

/** One text for one set of answers, whatever the order of them and of their keys. */
const canonical = (attempts: readonly object[]): string =>
  textOf(attempts.map((attempt) => Object.fromEntries(Object.entries(attempt).toSorted())));
