import { describe, expect, it } from "vitest";
import { periodsOf } from "#core/board/period";
import { channelIdSchema, memberIdSchema, roundIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import {
  DOSSIER_SHARDS,
  dossierShardOf,
  journalOwner,
  SHARDS,
  shardKeys,
  shardOf,
  slotOf,
  tenantKeys,
  turnKey,
} from "#src/store/redis/keys";

const tenant = tenantIdSchema.parse("slack:T1 {x}");
const member = memberIdSchema.parse("U_1");
const channel = channelIdSchema.parse("C|1");
const date = studyDateSchema.parse("2026-06-01");
const round = roundIdSchema.parse("2026-06-01@C1");
const [week, month, all] = periodsOf(date);

const named = (keys: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => (typeof key === "string" ? [[name, key]] : [])),
  );

describe("The names under which Redis has what earlier releases wrote", () => {
  const tag = "{t:slack%003aT1%0020%007bx%007d}";
  const keys = tenantKeys(tenant);

  it("are the same for a tenant", () => {
    expect(named(keys)).toEqual({
      journal: `${tag}:j`,
      rounds: `${tag}:R`,
      closed: `${tag}:C`,
      named: `${tag}:N`,
      actions: `${tag}:A`,
      erased: `${tag}:e`,
      journalCopy: `${tag}:J`,
      journalCopier: `${tag}:K`,
      installation: `${tag}:z`,
      hidden: `${tag}:H`,
    });
  });

  it("are the same for its members, channels and rounds", () => {
    expect(
      [keys.member, keys.answers, keys.practice, keys.hints, keys.choices].map((of) => of(member)),
    ).toEqual(["m", "i", "y", "h", "s"].map((kind) => `${tag}:${kind}:U%005f1`));
    expect(
      [
        keys.roundsByDate,
        keys.roundsByOpening,
        keys.excusals,
        keys.posts,
        keys.postsByDate,
        keys.unsettled,
      ].map((of) => of(channel)),
    ).toEqual(["c", "o", "x", "r", "k", "u"].map((kind) => `${tag}:${kind}:C%007c1`));
    expect([keys.live, keys.packed, keys.offers].map((of) => of(round))).toEqual(
      ["l", "p", "f"].map((kind) => `${tag}:${kind}:2026-06-01@C1`),
    );
    expect([keys.action("a b"), keys.allowance("digest")]).toEqual([`${tag}:a:a%0020b`, `${tag}:q:digest`]);
  });

  it("are the same for boards, of all time as of a week and a month", () => {
    expect(periodsOf(date).map(keys.board)).toEqual([week, month, all].map((period) => `${tag}:b:${period}`));
    expect(keys.endingBoards(round)).toEqual([`${tag}:b:${week}`, `${tag}:b:${month}`]);
    // A round whose name tells no date has boards of its own.
    expect(keys.endingBoards(roundIdSchema.parse("unknown"))).toEqual([`${tag}:b:-`, `${tag}:b:--`]);
    // As often as it is asked: what was worked out once is remembered.
    expect(keys.endingBoards(round)).toEqual([`${tag}:b:${week}`, `${tag}:b:${month}`]);
  });

  it("come in the order in which the script of an answer takes them", () => {
    expect(keys.ofAnswer("m1", "2026-06-01@C1")).toEqual(
      [
        "j",
        "m:m1",
        "i:m1",
        "l:2026-06-01@C1",
        "R",
        "p:2026-06-01@C1",
        `b:${week}`,
        `b:${month}`,
        `b:${all}`,
        "e",
      ].map((name) => `${tag}:${name}`),
    );
    expect(keys.ofAnswer("m1", "")).toEqual(
      ["j", "m:m1", "i:m1", "y:m1", "R", "y:m1", "R", "R", "R", "e"].map((name) => `${tag}:${name}`),
    );
  });

  it("are the same for the clock's shards", () => {
    const shard = shardKeys(7);
    expect(named(shard)).toEqual({
      journal: "{s:7}:j",
      journalCopy: "{s:7}:J",
      journalCopier: "{s:7}:K",
      schedules: "{s:7}:S",
      due: "{s:7}:d",
      dossiers: "{s:7}:D",
      dossierNames: "{s:7}:N",
    });
    expect(shard.channels(tenant)).toBe("{s:7}:t:slack%003aT1%0020%007bx%007d");
    expect(shard.dossiersDue("reminder")).toBe("{s:7}:w:reminder");
    expect(turnKey("discord/a b")).toBe("{n:discord/a%0020b}");
  });

  it("put a tenant into the same shard as ever", () => {
    expect([SHARDS, DOSSIER_SHARDS]).toEqual([256, 16]);
    const tenants = ["discord:1", "discord:1100000000000000000", "slack:T1"].map((one) =>
      tenantIdSchema.parse(one),
    );
    const shards = [186, 243, 168];
    expect(tenants.map(shardOf)).toEqual(shards);
    expect(tenants.map(dossierShardOf)).toEqual(shards.map((shard) => shard % DOSSIER_SHARDS));
  });

  it("say whose journal they are, and of nothing else that it is one", () => {
    expect(journalOwner(keys.journal)).toEqual({ kind: "tenant", tenant });
    expect(journalOwner("{s:12}:j")).toEqual({ kind: "shard", shard: 12 });
    for (const other of [
      `x${keys.journal}`,
      `${keys.journal}x`,
      keys.rounds,
      "{t:a:b}:j",
      "{s:1234}:j",
      "{s:}:j",
      "x{s:1}:j",
      "{s:1}:jx",
      "{s:a}:j",
    ])
      expect(journalOwner(other)).toBeNull();
  });

  it("lie in the slot of their tag, where they have one", () => {
    expect(slotOf("{a}b")).toBe(slotOf("a"));
    expect(slotOf("x{a}b{c}")).toBe(slotOf("a"));
    expect(slotOf("a}b")).not.toBe(slotOf("a"));
    expect(slotOf("")).toBe(0);
    // As Redis 7.0 says: CLUSTER KEYSLOT.
    expect(["{a", "{}a", "灾", "foo{}{bar}"].map(slotOf)).toEqual([10_276, 10_875, 2_845, 8_363]);
  });
});
