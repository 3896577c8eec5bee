import fc from "fast-check";
import { periodsOf } from "#core/board/period";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { attemptAs, resultOf, roundOn } from "#test/contracts/store-samples";
import { scheduleOf } from "#test/contracts/store-schedule";

/** Something that is done to a store; gives what the store answered. */
export type Deed = (store: Store) => Promise<unknown>;

const HOUR_MS = 3_600_000;
const DAYS = [1, 2, 3, 4, 5] as const;
const tenants = ["guild-1", "a}{:|b", "\ud83d"].map((name) => tenantIdSchema.parse(name));
const members = ["mei", "{}|:\0 %", "\udc00\ud800"].map((name) => memberIdSchema.parse(name));
const channels = ["c", "c|{}:"].map((name) => channelIdSchema.parse(name));
const submissions = ["1", "1|", "%007c|{}", "\ud800", "5", "6"].map((name) => submissionIdSchema.parse(name));

const scene = fc
  .record({
    tenant: fc.constantFrom(...tenants),
    member: fc.constantFrom(...members),
    channel: fc.constantFrom(...channels),
    submission: fc.constantFrom(...submissions),
    day: fc.constantFrom(...DAYS),
  })
  .map((where) => {
    const round = roundOn(where.day, { tenant: where.tenant, channel: where.channel });
    return { ...where, round, on: round.date };
  });
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

const score = fc.constantFrom(0, 50, 100);
const little = fc.integer({ min: 1, max: 9 });

/** A deed that shows in a counterexample as what it does. */
const deed = <More extends Record<string, unknown>>(
  name: string,
  more: fc.Arbitrary<More>,
  act: (store: Store, scene: Scene, more: More) => Promise<unknown>,
): fc.Arbitrary<Deed> =>
  fc.tuple(scene, more).map(([where, what]) =>
    Object.assign((store: Store) => act(store, where, what), {
      [fc.toStringMethod]: () => `${name} ${JSON.stringify({ ...where, ...what })}`,
    }),
  );

const answers = deed(
  "answers",
  fc.record({
    text: fc.constantFrom("x", "x", "\ud800"),
    score: fc.option(score),
    isCredited: fc.boolean(),
    isPractice: fc.boolean(),
    second: little,
    hintCost: fc.constantFrom(0, 10, null),
  }),
  async (
    store,
    { tenant, member, submission, round, on },
    { text, isPractice, isCredited, hintCost, ...rest },
  ) => {
    if (!isPractice && (await store.round(tenant, round.id)) === null) return null;
    return store
      .recordAttempt(
        attemptAs(submission, {
          tenant,
          member,
          round: isPractice ? null : round.id,
          text,
          hintCost,
          result: rest.score === null ? null : resultOf(rest.score),
          credit: isCredited && rest.score !== null ? on : null,
          sentAt: round.opensAt + rest.second * 1_000,
        }),
      )
      .catch((error: Error) => error.name);
  },
);

const offers = deed(
  "offers",
  fc.record({ named: fc.boolean(), isTakenBack: fc.boolean() }),
  async (store, { tenant, member, submission, round }, { named, isTakenBack }) => {
    const own = await store.attempts({ tenant, member, round: round.id, limit: 9 });
    if (!own.some((attempt) => attempt.submission === submission)) return null;
    if (isTakenBack) return store.withdrawOffer(tenant, round.id, member);
    return store.offerAnswer({ tenant, round: round.id, member, submission, named });
  },
);

const posts = deed(
  "posts",
  fc.record({
    step: fc.constantFrom("claim", "finish", "skip", "claim reveal", "finish reveal"),
    token: fc.constantFrom("a", "b"),
    now: little,
  }),
  async (store, { tenant, channel, on }, { step, token, now }) => {
    const key = { tenant, channel, date: on };
    const lease = { token, now, leaseMs: 3 };
    if (step === "claim") return store.claimPost(key, 1, lease);
    if (step === "finish") return store.finishPost(key, token, { kind: "sent", messageId: "m", at: now });
    if (step === "skip") return store.skipPost(key, 1, "failed", now);
    if (step === "claim reveal") return store.claimReveal(key, lease);
    return store.finishReveal(key, token, { kind: "skipped", reason: "not-wanted", at: now });
  },
);

/** In one order, where a store may give any. */
const inOrder = (rows: readonly object[]): unknown[] => {
  const textOf = (row: object) => JSON.stringify(row, Object.keys(row).toSorted());
  return rows.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
};

/** Anything that a store can be told, by few members in few places, so that they meet. */
export const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  answers,
  answers,
  offers,
  posts,
  deed("opens", fc.record({ later: fc.integer({ min: -3, max: 30 }) }), (store, { round }, { later }) => {
    const { opensAt, closesAt } = round;
    const by = later * HOUR_MS;
    return store.openRound({ ...round, opensAt: opensAt + by, closesAt: closesAt + by });
  }),
  deed("closes", fc.record({ after: little }), (store, { tenant, round }, { after }) =>
    store.closeRound(tenant, round.id, round.opensAt + (3 * after - 2) * HOUR_MS),
  ),
  deed(
    "revises",
    fc.record({
      judged: score,
      to: fc.constantFrom(0, 40, 70),
      isPractice: fc.boolean(),
      earned: fc.boolean(),
    }),
    (store, { tenant, member, submission, round, on }, { judged, to, isPractice, earned }) =>
      store.reviseResult({
        tenant,
        member,
        submission,
        round: isPractice ? null : round.id,
        judged: resultOf(judged),
        result: resultOf(to),
        credit: to > 40 ? on : null,
        earned,
      }),
  ),
  deed(
    "credits",
    fc.record({ kind: fc.constantFrom("pass", "madeup"), at: fc.option(little) }),
    (store, { tenant, member, on }, { kind, at }) =>
      store.credit(tenant, member, { date: on, kind, ...(at === null ? {} : { at }) }),
  ),
  deed("hints", fc.record({ available: little }), (store, { tenant, member, submission, channel }, more) =>
    store.takeHint(tenant, member, channel, more.available, submission),
  ),
  deed("names", fc.record({ isNamed: fc.boolean() }), (store, { tenant, member }, { isNamed }) =>
    store.setNamed(tenant, member, isNamed),
  ),
  deed("hides", fc.record({ isShown: fc.boolean() }), (store, { tenant, member }, { isShown }) =>
    store.setShown(tenant, member, isShown),
  ),
  deed(
    "practises",
    fc.record({ question: fc.constantFrom(null, "q1", "q|2") }),
    (store, { tenant, member }, { question }) => store.setPractice(tenant, member, question),
  ),
  deed("pauses", fc.record({ at: little }), (store, { tenant, member, on }, { at }) =>
    store.keepChoice(tenant, member, { kind: "pause", from: on, to: at > 5 ? null : on, at }),
  ),
  deed("excuses", fc.record({ at: little }), (store, { tenant, channel, member, on }, { at }) =>
    store.excuse(tenant, channel, { date: on, by: member, at }),
  ),
  deed("plans", fc.record({ revision: little }), (store, { tenant, channel }, { revision }) =>
    store.saveSchedule({ ...scheduleOf(), tenant, channel, revision }, 1_000),
  ),
  deed(
    "installs",
    fc.record({ sealed: fc.constantFrom(null, "one", "two") }),
    (store, { tenant }, { sealed }) =>
      sealed === null ? store.dropInstallation(tenant) : store.keepInstallation(tenant, sealed),
  ),
  deed(
    "files",
    fc.record({
      text: fc.constantFrom(null, "one", "\ud800"),
      revision: fc.integer({ min: 1, max: 4 }),
      wakeAt: fc.option(little),
      isRestored: fc.boolean(),
    }),
    (store, { tenant, channel: id }, { text, isRestored, ...more }) => {
      if (text === null) return store.dropDossier(tenant, "draft", id);
      const dossier = { tenant, kind: "draft", id, text, ...more } as const;
      return isRestored ? store.restoreDossier(dossier) : store.keepDossier(dossier);
    },
  ),
  deed("looks", fc.record({ now: little }), async (store, _, { now }) =>
    inOrder(await store.takeDossiers("draft", now, 3, 99)),
  ),
);

/** All that can be read of a store about whom deeds are of. */
export const allOf = async (store: Store): Promise<unknown> => {
  const seen: unknown[] = [];
  for (const tenant of tenants) {
    for (const channel of channels) {
      const took = await store.participation(tenant, channel, 9);
      seen.push(took.map((one) => ({ ...one, members: inOrder(one.members) })));
      seen.push(await store.rounds(tenant, channel, 9), await store.excusals(tenant, channel));
      seen.push(await store.postRecords(tenant, channel, 9), await store.unsettledPosts(tenant, channel));
      for (const day of DAYS) {
        const { id } = roundOn(day, { channel });
        seen.push(inOrder(await store.attemptsOfRound(tenant, id)), inOrder(await store.offers(tenant, id)));
      }
    }
    seen.push((await store.hiddenAmong(tenant, members)).toSorted());
    for (const member of members) {
      for (const period of periodsOf(roundOn(1).date)) {
        const { rows, ...page } = await store.board({ tenant, period, member, limit: 9 });
        seen.push(page, inOrder(rows));
      }
      seen.push(inOrder(await store.attempts({ tenant, member, limit: 999 })));
      for (const round of channels.flatMap((channel) => DAYS.map((day) => roundOn(day, { channel }).id))) {
        const own = await store.attempts({ tenant, member, round, limit: 9 });
        // Answers of one instant may come in any order.
        seen.push(
          own.map(({ sentAt }) => sentAt),
          inOrder(own),
        );
      }
      seen.push(await store.ledger(tenant, member), await store.answeredDates(tenant, member));
      seen.push(await store.homeChannel(tenant, member), await store.practice(tenant, member));
      seen.push(inOrder(await store.choices(tenant, member)));
    }
    seen.push((await store.named(tenant)).toSorted(), inOrder(await store.schedules(tenant)));
    seen.push(await store.installation(tenant));
    seen.push(await store.dossiers({ tenant, kind: "draft", limit: 99 }));
  }
  return seen;
};
