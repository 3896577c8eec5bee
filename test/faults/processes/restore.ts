import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { channelIdSchema, memberIdSchema, studyDateSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { defaultSettings } from "#core/schedule/schedule";
import { rebuildFromJournal } from "#src/store/redis/rebuild";
import { openRedisStore } from "#src/store/redis/store";
import { zoneOf } from "#test/core/schedule/samples";
import type { RunningRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { type AnswerPlan, answerAt, differences, roundsOf } from "./answers.ts";

const CHANNEL = channelIdSchema.parse("posts");
const MEMBERS_READ = 200;
const GUESTS = 4;
const guestOf = (at: number) => memberIdSchema.parse(`guest-${at % GUESTS}`);

export interface RestoreReport {
  readonly answers: number;
  /** Entries of the journals that everything was made from again. */
  readonly entries: number;
  /** What was read of the store is the same after each of these. */
  readonly same: Readonly<Record<"backup restored" | "made from the journal", boolean>>;
  readonly differences: readonly string[];
}

const optionsOf = ({ url }: RunningRedis) =>
  ({ url, durability: "none", log: recordingLog(), commandTimeoutMs: 60_000 }) as const;

/** Fills the store with answers, and with one of everything else that is kept for good. */
const fill = async (store: Store, plan: AnswerPlan): Promise<void> => {
  for (const round of roundsOf()) await store.openRound(round);
  for (let at = 0; at < plan.answers; at += 500) {
    const group = Array.from({ length: Math.min(500, plan.answers - at) }, (_, next) =>
      answerAt(at + next, plan),
    );
    await Promise.all(group.map((answer) => store.recordAttempt(answer)));
  }
  for (const [at, { tenant, id, date, channel }] of roundsOf().entries()) {
    // Not one of those who answer, whose days are compared with a single thread's.
    const member = guestOf(at);
    const key = { tenant, channel: CHANNEL, date };
    await store.claimPost(key, at, { token: "a", now: at, leaseMs: 60_000 });
    if (at % 3 > 0) await store.finishPost(key, "a", { kind: "sent", messageId: `m${at}`, at });
    if (at % 3 > 1) await store.claimReveal(key, { token: "r", now: at, leaseMs: 60_000 });
    await store.credit(tenant, member, { date: studyDateSchema.parse("2026-05-01"), kind: "madeup", at });
    await store.excuse(tenant, channel, { date, by: member, at });
    await store.setNamed(tenant, member, at % 2 === 0);
    await store.keepChoice(tenant, member, { kind: "home", channel: CHANNEL, at });
    if (at % 5 === 0) await store.closeRound(tenant, id, Date.parse(`${date}T12:00:00Z`));
    await store.saveSchedule(
      {
        ...defaultSettings,
        zone: zoneOf("UTC"),
        tenant,
        channel: CHANNEL,
        enabled: at % 2 === 0,
        revision: at + 1,
        changedAt: at,
        firstDate: date,
        decidedBy: "admin",
      },
      at,
    );
  }
};

/** One text for all that the store says, so that two times can be compared. */
const digestOf = async (store: Store): Promise<string> => {
  const hash = createHash("sha256");
  const add = (what: unknown): void => void hash.update(JSON.stringify(what));
  for (const { tenant, channel } of new Map(roundsOf().map((round) => [round.tenant, round])).values()) {
    add(await store.rounds(tenant, channel, 1_000));
    add(await store.postRecords(tenant, CHANNEL, 1_000));
    add(await store.unsettledPosts(tenant, CHANNEL));
    add(await store.schedules(tenant));
    add(await store.excusals(tenant, channel));
    add((await store.named(tenant)).toSorted());
    for (const { members, round } of await store.participation(tenant, channel, 30))
      add([round.id, members.toSorted((one, other) => (one.member < other.member ? -1 : 1))]);
    const members = Array.from({ length: MEMBERS_READ }, (_, at) => memberIdSchema.parse(`member-${at}`));
    for (const member of [...members, ...[0, 1, 2, 3].map(guestOf)]) {
      add(await store.ledger(tenant, member));
      add(await store.answeredDates(tenant, member));
      add(await store.homeChannel(tenant, member));
      add((await store.choices(tenant, member)).toSorted((one, other) => one.at - other.at));
      add(await store.attempts({ tenant, member, limit: 100 }));
    }
  }
  return hash.digest("hex");
};

/**
 * Takes a backup of a server that runs, wipes it, puts the backup back, and compares; then makes everything again out
 * of the journals alone, and compares once more.
 */
export const wipeAndRestore = async (plan: AnswerPlan, redis: RunningRedis): Promise<RestoreReport> => {
  const store = await openRedisStore(optionsOf(redis));
  await fill(store, plan);
  const before = await digestOf(store);
  await store.close();

  // As Redis's documentation has it: the folder of the append-only file is copied while none is being rewritten.
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-backup-"));
  cpSync(join(redis.dir, "appendonlydir"), folder, { recursive: true });
  await redis.admin.flushall();
  await redis.kill("SIGKILL");
  rmSync(join(redis.dir, "appendonlydir"), { recursive: true });
  cpSync(folder, join(redis.dir, "appendonlydir"), { recursive: true });
  rmSync(folder, { recursive: true });
  await redis.restart();
  const restored = await openRedisStore(optionsOf(redis));
  const after = await digestOf(restored);
  await restored.close();

  const { entries } = await rebuildFromJournal(optionsOf(redis));
  const rebuilt = await openRedisStore(optionsOf(redis));
  const again = await digestOf(rebuilt);
  const found = await differences(rebuilt, plan);
  await rebuilt.close();
  return {
    answers: plan.answers,
    entries,
    same: { "backup restored": before === after, "made from the journal": before === again },
    differences: found,
  };
};
