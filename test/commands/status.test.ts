import { afterEach, describe, expect, it } from "vitest";
import { channelIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import type { Operation } from "#core/operation";
import type { Store } from "#core/ports";
import type { Block, Reply } from "#core/reply";
import { zoneSchema } from "#core/round/calendar";
import type { SkipReason } from "#core/schedule/post-record";
import { defaultSettings } from "#core/schedule/schedule";
import type { Services } from "#core/services";
import { operationWith } from "#test/doubles/operation";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Nine in the morning in Shanghai, when the question is due. */
const NINE = Date.UTC(2026, 10, 25, 1);
const zone = zoneSchema.parse("Asia/Shanghai");

let team: Team;

async function schedule(store: Store, channel: string, enabled = true, tenant = "team"): Promise<void> {
  const of = {
    ...defaultSettings,
    tenant: tenantIdSchema.parse(tenant),
    channel: channelIdSchema.parse(channel),
    zone,
    enabled,
    revision: 1,
    changedAt: NINE - 60 * DAY_MS,
    firstDate: studyDateSchema.parse("2026-09-01"),
    decidedBy: "admin" as const,
  };
  await store.saveSchedule(of, NINE + 365 * DAY_MS);
}

/** What became of the question so many days ago: minutes late, or why there was none. */
async function record(
  store: Store,
  channel: string,
  daysAgo: number,
  what: number | SkipReason,
): Promise<void> {
  const dueAt = NINE - daysAgo * DAY_MS;
  const date = studyDateSchema.parse(new Date(dueAt).toISOString().slice(0, 10));
  const key = { tenant: team.tenant, channel: channelIdSchema.parse(channel), date };
  if (typeof what === "string") {
    await store.skipPost(key, dueAt, what, dueAt);
    return;
  }
  const at = dueAt + what * MINUTE_MS;
  await store.claimPost(key, dueAt, { token: "t", now: at, leaseMs: MINUTE_MS });
  await store.finishPost(key, "t", { kind: "sent", messageId: "m", at });
}

const open = async (more: Partial<Services> = {}): Promise<Store> => {
  team = await openTeam(undefined, NINE + 30 * MINUTE_MS, more);
  return team.services.store;
};
const status = (locale: "en" | "zh" = "en", role: "admin" | "editor" | "member" = "admin"): Promise<Reply> =>
  team.ask("status", "", { role, locale });
const tableIn = ({ blocks }: Reply): Extract<Block, { kind: "table" }> | undefined =>
  blocks.find((block) => block.kind === "table");
const fieldsIn = ({ blocks }: Reply): Readonly<Record<string, string>> =>
  Object.fromEntries(
    blocks.flatMap((block) =>
      block.kind === "fields" ? block.fields.map(({ label, value }) => [label, value]) : [],
    ),
  );

afterEach(() => team.stop());

describe("/status on how posting went", () => {
  it("counts what was posted, late and skipped in the last fourteen days, with the reason of each", async () => {
    const store = await open();
    await schedule(store, "study");
    await record(store, "study", 15, "failed");
    await record(store, "study", 14, 90);
    for (const daysAgo of [13, 12, 6, 5]) await record(store, "study", daysAgo, 1);
    await record(store, "study", 4, 125);
    await record(store, "study", 3, "date-passed");
    await record(store, "study", 1, "failed");
    await record(store, "study", 0, 0);
    const reply = await status();
    expect(tableIn(reply)?.rows).toEqual([["6", "1", "2"]]);
    expect(tableIn(reply)?.columns.every(({ align }) => align === "right")).toBe(true);
    expect(reply.blocks.find((block) => block.kind === "list")).toMatchObject({
      items: [
        "No question on 2026-11-24: the platform did not take the post.",
        "No question on 2026-11-22: the bot was not running until the day was over.",
        "2026-11-21: it came 2 h 5 min late.",
      ],
    });
    expect(reply.blocks).toContainEqual({
      kind: "deadline",
      label: "The next question comes",
      at: NINE + DAY_MS,
    });
    expect(wordsOf(await status("zh"))).toContain("2026-11-24 没有出题：平台一直没能发出去。");
    expect(wordsOf(await status("zh"))).toContain("2026-11-21 的题晚了 2 小时 5 分钟。");
  });

  it("names the channels where there are several, and what keeps the bot from posting", async () => {
    const store = await open({
      channels: {
        find: async (_, named) => channelIdSchema.parse(named),
        obstacle: (_, channel) => (channel === "night" ? () => "Invite the bot to night." : null),
        nameOf: async (_, channel) => `the ${channel} channel`,
        post: async () => {},
      },
    });
    await schedule(store, "study");
    await schedule(store, "night");
    await schedule(store, "old", false);
    await schedule(store, "older", false);
    await record(store, "study", 1, 0);
    await record(store, "night", 1, "refused");
    await record(store, "old", 2, 0);
    const reply = await status();
    expect(tableIn(reply)?.rows).toEqual([
      ["the night channel", "0", "0", "1"],
      ["the study channel", "1", "0", "0"],
      ["the old channel", "1", "0", "0"],
    ]);
    const words = wordsOf(reply);
    expect(words).toContain("Invite the bot to night.");
    expect(words).toContain("the night channel: No question on 2026-11-24: the bot could not post");
    expect(words).toContain("Switched off in the old channel; /settings there switches it on.");
  });

  it("shows nothing of another tenant", async () => {
    const store = await open();
    await schedule(store, "theirs", true, "another");
    const reply = await status();
    expect(tableIn(reply)).toBeUndefined();
    expect(wordsOf(reply)).toContain("No clock asks here");
  });

  it("cuts a long list of lapses and says how many more there are", async () => {
    const store = await open();
    await schedule(store, "study");
    for (let daysAgo = 0; daysAgo < 13; daysAgo += 1) await record(store, "study", daysAgo, "failed");
    const reply = await status();
    expect(tableIn(reply)?.rows).toEqual([["0", "0", "13"]]);
    expect(reply.blocks.find((block) => block.kind === "list")).toMatchObject({ items: { length: 10 } });
    expect(wordsOf(reply)).toContain("And 3 more.");
  });
});

describe("/status on the bot", () => {
  const opened = async (operation: Operation): Promise<Readonly<Record<string, string>>> => {
    await open({ operation });
    return fieldsIn(await status());
  };

  it("says how durable the store is, how many processes share it, and which versions run", async () => {
    const fields = await opened(operationWith());
    expect(fields).toMatchObject({
      Store: "Redis; what is recorded survives the loss of the machine",
      Judge: "none: answers are scored by the key points alone",
      Waiting: "nothing",
      Processes: "3 on this Redis",
      Version: "1.2.3; data 1; time zones 2026c",
      "Running for": "3 days 4 h",
    });
  });

  it("warns of a store that may lose what is recorded, without its address", async () => {
    const operation = operationWith({
      durability: "none",
      processes: null,
      warnings: [(say) => say.redis.noAof(say.status.itsAddress)],
    });
    await open({ operation });
    const words = wordsOf(await status());
    expect(words).toContain("⚠ Redis at its address keeps no append-only file");
    expect(words).toContain("may lose what is recorded");
    expect(words).toContain("not known");
    expect(wordsOf(await status("zh"))).toContain("⚠ Rehearsal 的 Redis 没有开 AOF");
  });

  it("says what the judge did and cost today, and what waits", async () => {
    const operation = operationWith(
      { kind: "file", durability: "fsync", processes: 1 },
      {
        judge: () => ({
          model: "some-model",
          calls: 212,
          failures: 3,
          tokens: { input: 120_000, output: 4_310 },
          cost: 0.020586,
        }),
      },
    );
    operation.addQueue({ name: "store", waiting: () => 12, limit: 10_000 });
    operation.addQueue({ name: "slack_edits", waiting: () => 0, limit: null });
    operation.addQueue({ name: "discord_edits", waiting: () => 2, limit: null });
    const fields = await opened(operation);
    expect(fields.Judge).toBe(
      "some-model; asked 212 times today (UTC), 3 without an answer; 124,310 tokens, cost 0.0206",
    );
    expect(fields.Waiting).toBe(
      "12 (of 10,000 at most) calls to the store; 2 posts on Discord to bring up to date",
    );
    expect(fields.Processes).toBeUndefined();
    expect(fieldsIn(await status("zh")).排队).toBe("存储读写 12（上限 10,000）；待更新的 Discord 消息 2");
    expect(fieldsIn(await status("zh")).复评模型).toBe(
      "some-model，今天（UTC）调用 212 次，其中 3 次没有结果；用了 124,310 个 token，费用 0.0206",
    );
  });
});

describe("/status for others than admins", () => {
  it.each(["member", "editor"] as const)("says nothing but whom to ask, to a %s", async (role) => {
    const store = await open({ operation: operationWith() });
    await schedule(store, "study");
    const reply = await status("en", role);
    expect(reply.isRefusal).toBe(true);
    expect(wordsOf(reply)).toBe("/status is for admins. Ask one of them to run it or to give you the role.");
  });
});
