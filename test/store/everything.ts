import { periodsOf } from "#core/board/period";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { attemptAs, channel, date, member, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { scheduleOf } from "#test/contracts/store-schedule";

const FAR = 4_000_000_000_000;
const onlyDossiers = tenantIdSchema.parse("guild-2");
const interview = {
  tenant,
  kind: "interview",
  id: "room 1",
  text: '{"said":"\ud83d\0半"}',
  wakeAt: 3_000,
} as const;

/** Writes one of everything that a store keeps, with texts that break encodings. */
export const fill = async (store: Store): Promise<void> => {
  for (const day of [1, 2, 3]) await store.openRound(roundOn(day));
  await store.closeRound(tenant, roundOn(3).id, roundOn(3).opensAt + 5);
  await store.recordAttempt(attemptAs("s1", { text: 'text \ud83d\0 "半"\r\n', hintCost: 10 }));
  await store.recordAttempt(attemptAs("s3", { as: "名字|:{}", credit: null, hintCost: null }));
  await store.recordAttempt(attemptAs("s2", { as: "名字|:{}", result: null, credit: null }));
  await store.recordAttempt(attemptAs("p1", { round: null, credit: null, sentAt: 5 }));
  await store.credit(tenant, member, { date: date("2026-05-30"), kind: "madeup", at: 77 });
  for (const hint of ["h1", "h2"])
    await store.takeHint(tenant, member, "q5-oom", 2, submissionIdSchema.parse(hint));
  await store.setPractice(tenant, member, "q2-vram");
  await store.keepChoice(tenant, member, { kind: "pause", from: date("2026-07-01"), to: null, at: 9 });
  await store.excuse(tenant, channel, { date: date("2026-06-02"), by: member, at: 10 });
  await store.offerAnswer({
    tenant,
    round: roundOn(1).id,
    member,
    submission: submissionIdSchema.parse("s1"),
    named: true,
  });
  await store.setNamed(tenant, member, true);
  await store.setShown(tenant, memberIdSchema.parse("名字|:{}"), false);
  await store.saveSchedule(scheduleOf(), 1_234);
  await store.keepAction(tenant, "k", '{"a":"\udc00"}', 0, FAR);
  await store.keepInstallation(tenant, "sealed");
  for (const revision of [1, 2]) await store.keepDossier({ ...interview, revision });
  await store.keepDossier({ ...interview, id: "名字|:{}~!", revision: 1, wakeAt: null });
  await store.keepDossier({ ...interview, tenant: onlyDossiers, revision: 1 });
  const lease = (token: string, now: number) => ({ token, now, leaseMs: 60_000 });
  const on = (day: number) => ({ tenant, channel, date: date(`2026-06-0${day}`) });
  await store.claimPost(on(1), 5, lease("a", 5));
  await store.finishPost(on(1), "a", { kind: "sent", messageId: "m", at: 6 });
  await store.claimReveal(on(1), lease("r", 7));
  await store.finishReveal(on(1), "r", { kind: "skipped", reason: "not-wanted", at: 8 });
  await store.skipPost(on(2), 5, "failed", 6);
  await store.claimPost(on(3), 5, lease("x", 5));
  await store.claimPost(on(3), 5, lease("y", 100_000));
};

/** What members, the clock and admins would read of it. */
export const seenIn = async (store: Store): Promise<unknown> => {
  const other = memberIdSchema.parse("名字|:{}");
  return [
    await store.rounds(tenant, channel, 9),
    await store.attempts({ tenant, member, limit: 9 }),
    await store.attempts({ tenant, member: other, limit: 9 }),
    await store.ledger(tenant, member),
    await store.answeredDates(tenant, member),
    await store.answeredDates(tenant, other),
    await store.homeChannel(tenant, member),
    await store.participation(tenant, channel, 9),
    await store.practice(tenant, member),
    await store.choices(tenant, member),
    await store.excusals(tenant, channel),
    await store.offers(tenant, roundOn(1).id),
    await store.named(tenant),
    await store.hiddenAmong(tenant, [member, other]),
    ...(await Promise.all(
      periodsOf(date("2026-06-01")).map((period) => store.board({ tenant, period, member, limit: 9 })),
    )),
    await store.hintsTaken(tenant, member, ["q5-oom", "other"]),
    await store.schedules(tenant),
    await store.schedulesToWake(2_000, 9),
    await store.keptAction(tenant, "k", 1),
    await store.installation(tenant),
    await store.dossiers({ tenant, kind: "interview", limit: 9 }),
    await store.dossiers({ tenant: onlyDossiers, kind: "interview", limit: 9 }),
    await store.postRecords(tenant, channel, 9),
    await store.unsettledPosts(tenant, channelIdSchema.parse(channel)),
    await store.takeHint(tenant, member, "q5-oom", 9, submissionIdSchema.parse("h2")),
    await store.recordAttempt(attemptAs("s1", { text: 'text \ud83d\0 "半"\r\n', result: resultOf(99) })),
  ];
};
