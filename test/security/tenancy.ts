import { createHash } from "node:crypto";
import {
  channelIdSchema,
  memberIdSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import { recordText } from "#core/migration/record";
import type { Store } from "#core/ports";
import { roundIdOf } from "#core/round/opening";
import { slotOf, tenantKeys } from "#src/store/redis/keys";
import { attemptAs, date, resultOf, roundOn } from "#test/contracts/store-samples";
import { scheduleOf } from "#test/contracts/store-schedule";
import { randomNumbers } from "#test/schedule/hazards";

/** Two tenants whose names are made to be confused, and ids that both of them use. */
const names = [
  "guild|1",
  "guild",
  "guild:1",
  "guild}1",
  "{t:guild}",
  "1|guild",
  "guild%007c1",
  "a",
  "a|a",
  "ａ",
];
const ids = ["a", "a|a", "|a", "a:", "{a}", "a%", "guild", "\ud800", "e\u0301", "é", "__proto__", "null"];

/** What anybody in a tenant can be shown, under each of the names: reads go other ways than a whole dump does. */
const readingsOf = (store: Store, tenant: TenantId): Promise<unknown> =>
  Promise.all([
    store.named(tenant),
    store.schedules(tenant),
    store.installation(tenant),
    ...ids.map(async (id) => {
      const [member, channel] = [memberIdSchema.parse(id), channelIdSchema.parse(id)];
      const rounds = await store.rounds(tenant, channel, 9);
      return await Promise.all([
        rounds,
        ...rounds.flatMap((round) => [
          store.attemptsOfRound(tenant, round.id),
          store.textsOfRound(tenant, round.id, 99),
          store.offers(tenant, round.id),
        ]),
        store.participation(tenant, channel, 99),
        store.excusals(tenant, channel),
        store.schedule(tenant, channel),
        store.postRecords(tenant, channel, 99),
        store.unsettledPosts(tenant, channel),
        store.ledger(tenant, member),
        store.choices(tenant, member),
        store.attempts({ tenant, member, limit: 99 }),
        store.answeredDates(tenant, member),
        store.homeChannel(tenant, member),
        store.practice(tenant, member),
        store.keptAction(tenant, id, 1),
        store.dossier(tenant, "draft", id),
      ]);
    }),
  ]);

const digestOf = async (store: Store, tenant: TenantId): Promise<string> => {
  const texts: string[] = [];
  for await (const record of store.records(tenant, 0)) texts.push(recordText(record));
  const read = JSON.stringify(await readingsOf(store, tenant));
  return createHash("sha256").update(texts.toSorted().join("\n")).update(read).digest("hex");
};

/** Does one thing in a tenant, with names that the other tenant has as well. */
async function act(store: Store, tenant: TenantId, below: (limit: number) => number): Promise<void> {
  const one = (): string => ids[below(ids.length)] ?? "a";
  const member = memberIdSchema.parse(one());
  const channel = channelIdSchema.parse(one());
  const submission = submissionIdSchema.parse(one());
  const day = 1 + below(5);
  const on = date(`2026-06-0${day}`);
  const round = roundIdOf(channel, on);
  const key = { tenant, channel, date: on };
  const dossier = {
    tenant,
    kind: "draft",
    id: one(),
    revision: 1 + below(2),
    text: one(),
    wakeAt: null,
  } as const;
  const deeds: readonly (() => Promise<unknown>)[] = [
    () => store.openRound(roundOn(day, { tenant, channel, question: one() })),
    () => store.closeRound(tenant, round, roundOn(day).opensAt + 1),
    () => store.recordAttempt(attemptAs(submission, { tenant, member, round, credit: on, question: one() })),
    () => store.recordAttempt(attemptAs(submission, { tenant, member, round: null, credit: null })),
    () =>
      store.reviseResult({
        tenant,
        member,
        round,
        submission,
        judged: resultOf(53),
        result: resultOf(9),
        credit: null,
      }),
    () => store.offerAnswer({ tenant, round, member, submission, named: below(2) === 0 }),
    () => store.withdrawOffer(tenant, round, member),
    () => store.setNamed(tenant, member, below(2) === 0),
    () => store.setShown(tenant, member, below(2) === 0),
    () => store.credit(tenant, member, { date: on, kind: "madeup", at: below(9) }),
    () => store.keepChoice(tenant, member, { kind: "pause", from: on, to: null, at: below(9) }),
    () => store.excuse(tenant, channel, { date: on, by: member, at: 1 }),
    () => store.takeHint(tenant, member, one(), 2, submission),
    () => store.setPractice(tenant, member, below(2) === 0 ? one() : null),
    () => store.saveSchedule({ ...scheduleOf(), tenant, channel, revision: 1 + below(9) }, below(9)),
    () => store.skipPost(key, 5, "failed", 6),
    () => store.claimPost(key, 5, { token: one(), now: below(9), leaseMs: below(9) }),
    () => store.keepAction(tenant, one(), one(), 0, 9),
    () => store.keepInstallation(tenant, one()),
    () => store.dropInstallation(tenant),
    () => store.keepDossier(dossier),
    () => store.dropDossier(tenant, "draft", dossier.id),
    () => store.eraseMember(tenant, member, below(9)),
    () => store.forgetTexts(tenant, roundOn(day).opensAt, 9),
  ];
  try {
    await deeds[below(deeds.length)]?.();
  } catch (error) {
    // The same submission with another question is refused, as it is to be.
    if (!(error instanceof Error && error.name === "ConflictingSubmission")) throw error;
  }
}

export interface TenancyReport {
  readonly operations: number;
  /** What went wrong; nothing, where no tenant ever touched another. */
  readonly faults: readonly string[];
}

/**
 * Does random things in one tenant at a time, and looks whether the others are as they were, to the last byte: in all
 * that is kept of them, and in all that is read for them.
 */
export async function fuzzTenants(store: Store, operations: number, seed: number): Promise<TenancyReport> {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const tenants = names.map((name) => tenantIdSchema.parse(name));
  const faults: string[] = [];
  const digests = new Map<TenantId, string>();
  for (const tenant of tenants) digests.set(tenant, await digestOf(store, tenant));
  const A_TURN = Math.max(25, Math.floor(operations / 20));
  for (let done = 0; done < operations; done += A_TURN) {
    const own = tenants[below(tenants.length)] ?? tenants[0];
    if (own === undefined) throw new Error("there are no tenants");
    for (let at = 0; at < A_TURN; at += 1) await act(store, own, below);
    for (const tenant of tenants) {
      const digest = await digestOf(store, tenant);
      if (tenant !== own && digest !== digests.get(tenant))
        faults.push(
          `after ${done} operations ${JSON.stringify(tenant)} was touched from ${JSON.stringify(own)}`,
        );
      digests.set(tenant, digest);
    }
  }
  return { operations, faults };
}

/** Makes keys of many names, and looks for two that are the same or a tenant whose keys lie in two slots. */
export function fuzzKeys(count: number, seed: number): readonly string[] {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const signs = [..."ab:|/{}%_.@-", "\ud800", "é", "e\u0301", "\0", " ", "007b"];
  const name = (): string => Array.from({ length: 1 + below(5) }, () => signs[below(signs.length)]).join("");
  const madeOf = new Map<string, string>();
  const faults: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const [tenant, id] = [name(), name()];
    const keys = tenantKeys(tenantIdSchema.parse(tenant));
    const member = memberIdSchema.parse(id);
    const [purpose, key] = (
      [
        ["member", keys.member(member)],
        ["answers", keys.answers(member)],
        ["hints", keys.hints(member)],
        ["action", keys.action(id)],
        ["excusals", keys.excusals(channelIdSchema.parse(id))],
      ] as const
    )[below(5)] ?? ["erased", keys.erased];
    const made = JSON.stringify([tenant, purpose, id]);
    const known = madeOf.get(key);
    if (known !== undefined && known !== made) faults.push(`${key} is made of ${known} and of ${made}`);
    madeOf.set(key, made);
    if (slotOf(key) !== slotOf(keys.journal)) faults.push(`${key} lies in another slot than its tenant`);
  }
  return faults;
}
