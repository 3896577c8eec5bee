import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodsOf } from "#core/board/period";
import { channelIdSchema, memberIdSchema, roundIdSchema, studyDateSchema, tenantIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { roundIdOf } from "#core/round/opening";
import { gradeResultSchema } from "#core/scoring/grader";
import { readAddress } from "#src/store/redis/address";
import { resultText } from "#src/store/redis/answers";
import { fromPart, journalOwner, SHARDS, shardOf, slotOf, tenantKeys, toPart } from "#src/store/redis/keys";
import { readScripts } from "#src/store/redis/script";
import { hostileName } from "#test/contracts/store-samples";

const anyName = fc.oneof(hostileName, fc.string({ unit: "binary", minLength: 1, maxLength: 20 }));

/** Every key that can be made of a tenant and one name. */
const keysOf = (tenant: string, name: string): string[] => {
  const keys = tenantKeys(tenantIdSchema.parse(tenant));
  const member = memberIdSchema.parse(name);
  const channel = channelIdSchema.parse(name);
  const round = roundIdSchema.parse(name);
  return [
    keys.journal,
    keys.rounds,
    keys.closed,
    keys.named,
    keys.installation,
    keys.hidden,
    keys.board(periodsOf(studyDateSchema.parse("2026-06-01"))[2] ?? expect.fail()),
    ...[keys.member, keys.answers, keys.practice, keys.hints, keys.choices].map((make) => make(member)),
    ...[
      keys.roundsByDate,
      keys.roundsByOpening,
      keys.excusals,
      keys.posts,
      keys.postsByDate,
      keys.unsettled,
    ].map((make) => make(channel)),
    ...[keys.live, keys.packed, keys.offers].map((make) => make(round)),
    keys.action(name),
  ];
};

describe("A key in Redis", () => {
  it("is another for every other tenant, name and purpose", () => {
    const made = new Map<string, string>();
    fc.assert(
      fc.property(anyName, anyName, (tenant, name) => {
        for (const [at, key] of keysOf(tenant, name).entries()) {
          const isOfTenant = at < 7;
          const meaning = JSON.stringify([at, tenant, isOfTenant ? "" : name]);
          expect(made.get(key) ?? meaning).toBe(meaning);
          made.set(key, meaning);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("lies in one slot with all others of its tenant", () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (tenant, one, other) => {
        expect(new Set([...keysOf(tenant, one), ...keysOf(tenant, other)].map(slotOf)).size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it("of an answer is the same, whether made of names or of parts", () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (tenant, who, which) => {
        const keys = tenantKeys(tenantIdSchema.parse(tenant));
        const member = memberIdSchema.parse(who);
        const round = roundIdSchema.parse(which);
        const always = [keys.journal, keys.member(member), keys.answers(member)];
        expect(keys.ofAnswer(toPart(who), toPart(which)).slice(0, 6)).toEqual([
          ...always,
          keys.live(round),
          keys.rounds,
          keys.packed(round),
        ]);
        const practice = keys.practice(member);
        const { rounds } = keys;
        expect(keys.ofAnswer(toPart(who), "")).toEqual([
          ...always,
          practice,
          rounds,
          practice,
          rounds,
          rounds,
          rounds,
          keys.erased,
        ]);
        const date = studyDateSchema.parse("2027-01-01");
        const dated = roundIdOf(channelIdSchema.parse(which.slice(0, 200)), date);
        expect(keys.ofAnswer(toPart(who), toPart(dated)).slice(6)).toEqual([
          ...periodsOf(date).map(keys.board),
          keys.erased,
        ]);
      }),
    );
  });

  it("gives back the name it was made of, to the last code unit", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(toPart(name)).toMatch(/^[A-Za-z0-9.@/%-]+$/);
        expect(fromPart(toPart(name))).toBe(name);
        expect(journalOwner(tenantKeys(tenantIdSchema.parse(name)).journal)).toEqual({
          kind: "tenant",
          tenant: name,
        });
      }),
    );
  });

  it("has the slot that Redis computes", () => {
    // From the specification of the cluster: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
    expect(slotOf("123456789")).toBe(0x31c3 % 16_384);
    expect(slotOf("{user1000}.following")).toBe(slotOf("{user1000}.followers"));
    expect(slotOf("foo{}{bar}")).not.toBe(slotOf("bar"));
  });

  it("puts tenants into all shards alike", () => {
    const counts = new Array<number>(SHARDS).fill(0);
    for (let at = 0; at < 100 * SHARDS; at += 1) {
      const shard = shardOf(
        tenantIdSchema.parse(`discord:${1_100_000_000_000_000_000n + BigInt(at) * 7_777_777n}`),
      );
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    expect(Math.max(...counts)).toBeLessThan(170);
    expect(Math.min(...counts)).toBeGreaterThan(40);
  });
});

describe("An address of Redis", () => {
  it.each([
    ["redis://h", "single", [{ host: "h", port: 6379 }], null, null],
    ["rediss://u:p%40ss@[::1]:7/0", "single", [{ host: "::1", port: 7 }], "u", "p@ss"],
    ["redis://:only@h:1", "single", [{ host: "h", port: 1 }], null, "only"],
    [
      "redis+sentinel://a,b:5/my-master",
      "sentinel",
      [
        { host: "a", port: 26_379 },
        { host: "b", port: 5 },
      ],
      null,
      null,
    ],
    [
      "rediss+cluster://u:p@a:1,b:2",
      "cluster",
      [
        { host: "a", port: 1 },
        { host: "b", port: 2 },
      ],
      "u",
      "p",
    ],
  ])("is read: %s", (text, kind, hosts, username, password) => {
    expect(readAddress(text)).toMatchObject({
      kind,
      hosts,
      username,
      password,
      tls: text.startsWith("rediss"),
    });
  });

  it("never shows what stands before the @, neither in its name nor in a refusal", () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/);
    const around = fc.constantFrom(
      (login: string) => `redis://user:${login}@host:1`,
      (login: string) => `redis://user:${login}@ho st`,
      (login: string) => `redis://user:${login}@host:99999`,
      (login: string) => `redis+sentinel://${login}@host`,
      (login: string) => `redis://user:${login}%zz@host/3`,
      (login: string) => `http://user:${login}@host`,
    );
    fc.assert(
      fc.property(secret, around, (login, address) => {
        try {
          expect(readAddress(address(login)).shown).not.toContain(login);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          for (const locale of ["en", "zh"] as const)
            expect(error.sentence(messagesFor(locale))).not.toContain(login);
        }
      }),
    );
  });

  it("is read in no time, however long and strange it is", () => {
    const began = performance.now();
    for (const text of [
      `redis://${"@".repeat(1_999)}`,
      `redis://${"a,".repeat(900)}`,
      `redis://${"[:".repeat(900)}`,
      "r".repeat(1e6),
    ])
      expect(() => readAddress(text)).toThrow("refused");
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("A script for Redis", () => {
  it("says in its header why it is one step, what it takes and what it returns", () => {
    const scripts = readScripts();
    expect(scripts.size).toBeGreaterThan(20);
    for (const { name, keys, args } of scripts.values()) {
      const file = readFileSync(new URL(`../../src/store/redis/lua/${name}.lua`, import.meta.url), "utf8");
      const body = file.replaceAll(/^--.*$/gm, "");
      const used = (what: string) =>
        Math.max(
          0,
          ...[...body.matchAll(new RegExp(`${what}\\[(\\d+)\\]`, "g"))].map(([, number]) => Number(number)),
        );
      expect([name, used("KEYS") <= keys, used("ARGV") <= args]).toEqual([name, true, true]);
    }
  });
});

describe("A result in Redis", () => {
  it("has the text that the schema would give it, in whatever order its keys came", () => {
    const word = fc.string({ maxLength: 9 });
    const results = fc.record({
      flags: fc.subarray(["hinted", "repeated"] as const),
      grader: fc.record(
        { rubricHash: word, version: word, id: word, promptVersion: word },
        { requiredKeys: ["rubricHash", "version", "id"] },
      ),
      points: fc.array(
        fc.record({
          reason: fc.constant("core" as const),
          evidence: fc.array(
            fc.record({
              quote: fc.string({ minLength: 1, maxLength: 9 }),
              end: fc.integer({ min: 1, max: 9 }),
              start: fc.integer({ min: 0, max: 9 }),
            }),
            { maxLength: 2 },
          ),
          confidence: fc.constantFrom(0, 0.5, 1),
          verdict: fc.constantFrom("hit" as const, "miss" as const),
          id: word,
        }),
        { maxLength: 3 },
      ),
      score: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(results, ({ grader: { promptVersion, ...grader }, ...result }) => {
        const whole = {
          ...result,
          grader: promptVersion === undefined ? grader : { ...grader, promptVersion },
        };
        expect(resultText(whole)).toBe(JSON.stringify(gradeResultSchema.parse(whole)));
      }),
    );
  });
});
