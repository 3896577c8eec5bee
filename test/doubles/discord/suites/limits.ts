import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discordRateLimits, type RateLimits, rateBuckets } from "#test/doubles/discord/buckets";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble } from "#test/doubles/discord/handles";
import { nonces } from "#test/doubles/discord/nonces";
import { call } from "#test/doubles/discord/raw-client";
import { countedAs } from "#test/doubles/discord/server";

describe("a nonce", () => {
  const minutes = (count: number) => count * 60_000;

  it.each([2, 3, 5])("is remembered for %d minutes and then makes a second message", async (count) => {
    let now = 0;
    let made = 0;
    const remembered = nonces<number>(minutes(count), () => now);
    const make = () => remembered.once("key", async () => ++made);
    await make();
    now = minutes(count) - 1;
    expect(await make()).toBe(1);
    now += 1;
    expect(await make()).toBe(2);
  });

  it("makes one message of any number of requests at the same instant", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 }), async (asked) => {
        let made = 0;
        const remembered = nonces<number>(minutes(3), () => 0);
        const got = await Promise.all(
          asked.map((nonce) => remembered.once(nonce, () => Promise.resolve().then(() => ++made))),
        );
        expect(made).toBe(new Set(asked).size);
        expect(new Set(got).size).toBe(new Set(asked).size);
      }),
    );
  });

  it("is free again where the message could not be made", async () => {
    const remembered = nonces<number>(minutes(3), () => 0);
    await expect(remembered.once("key", () => Promise.reject(new Error("no permission")))).rejects.toThrow();
    expect(await remembered.once("key", async () => 7)).toBe(7);
  });
});

describe("rate limits", () => {
  const limits: RateLimits = {
    global: { requests: 6, windowMs: 1000 },
    post: { requests: 2, windowMs: 5000 },
    other: { requests: 3, windowMs: 1000 },
  };
  const post = (channel: string) => countedAs("POST", `/channels/${channel}/messages`);

  it("count per route and channel, and open again when the window ends", () => {
    let now = 0;
    const admit = rateBuckets(limits, () => now);
    const remaining = () => admit(post("1")).headers["x-ratelimit-remaining"];
    expect([remaining(), remaining()]).toEqual(["1", "0"]);
    expect(admit(post("1"))).toMatchObject({
      refused: { retryAfterSeconds: 5, global: false },
      headers: { "retry-after": "5", "x-ratelimit-scope": "user" },
    });
    expect(admit(post("2")).refused).toBeNull();
    now = 4999;
    expect(admit(post("1")).refused).toEqual({ retryAfterSeconds: 0.001, global: false });
    now = 5000;
    expect(admit(post("1")).refused).toBeNull();
  });

  it("count all requests together, except what answers interactions", () => {
    const admit = rateBuckets(limits, () => 0);
    for (const channel of ["1", "2", "3", "4", "5", "6"]) expect(admit(post(channel)).refused).toBeNull();
    expect(admit(post("7"))).toMatchObject({
      refused: { global: true },
      headers: { "x-ratelimit-global": "true", "x-ratelimit-scope": "global" },
    });
    expect(admit(countedAs("POST", "/interactions/123456789012345678/token/callback")).refused).toBeNull();
    expect(
      admit(countedAs("PATCH", "/webhooks/123456789012345678/token/messages/@original")).refused,
    ).toBeNull();
  });

  it("never admit more than a window holds, whatever the order and the moments", () => {
    const event = fc.record({ channel: fc.constantFrom("1", "2", "3"), wait: fc.nat({ max: 900 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        let now = 0;
        const admit = rateBuckets(discordRateLimits, () => now);
        const admitted = new Map<string, number[]>();
        for (const { channel, wait } of events) {
          now += wait;
          const times = admitted.get(channel) ?? [];
          if (admit(post(channel)).refused === null) admitted.set(channel, [...times, now]);
        }
        // A window starts with its first request, so any six admitted in a row span at least one whole window's end.
        for (const times of admitted.values())
          for (const [at, time] of times.entries())
            expect((times[at + 10] ?? Infinity) - time).toBeGreaterThanOrEqual(5000);
      }),
    );
  });
});

describe("over HTTP", () => {
  let discord: DiscordDouble;
  beforeAll(async () => {
    const limits = { ...discordRateLimits, global: { requests: 1000, windowMs: 1000 } };
    discord = await startDiscordDouble({
      rateLimits: { ...limits, post: { requests: 3, windowMs: 60_000 } },
      nonceWindowMs: 120_000,
      guilds: [{ name: "team", channels: ["full", "nonces", "faults", "lost"], members: [{ name: "ann" }] }],
    });
  });
  afterAll(() => discord.stop());
  const path = (channel: string) => `/channels/${discord.channel(channel).id}/messages`;
  const seen = (channel: string) => discord.member("ann").sees(discord.channel(channel)).length;

  it("an exhausted bucket answers 429 with what to wait", async () => {
    const answers = [];
    for (let count = 0; count < 4; count += 1)
      answers.push(await call(discord, "POST", path("full"), { content: "x" }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const last = answers.at(-1);
    expect(last?.body).toMatchObject({ message: "You are being rate limited.", global: false });
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(seen("full")).toBe(3);
  });

  it("two posts with one enforced nonce are one message, and its window ends", async () => {
    const send = () =>
      call(discord, "POST", path("nonces"), { content: "question", nonce: "daily-1", enforce_nonce: true });
    const [one, two] = await Promise.all([send(), send()]);
    expect(one.body.id).toBe(two.body.id);
    expect(seen("nonces")).toBe(1);
    discord.clock.advance(120_000);
    expect((await send()).body.id).not.toBe(one.body.id);
    expect(seen("nonces")).toBe(2);
  });

  it("faults come when ordered, as often as ordered, and then no more", async () => {
    discord.faults.next(/^POST \/channels\/\d+\/messages$/, { kind: "status", status: 503 }, 2);
    discord.faults.next(/^POST/, { kind: "rate limited", retryAfterSeconds: 7, global: true });
    const send = () => call(discord, "POST", path("faults"), { content: "x" });
    expect([(await send()).status, (await send()).status]).toEqual([503, 503]);
    const limited = await send();
    expect([limited.status, limited.headers.get("retry-after"), limited.body.retry_after]).toEqual([
      429,
      "7",
      7,
    ]);
    expect(discord.faults.waiting).toBe(0);
    expect((await send()).status).toBe(200);
    expect(seen("faults")).toBe(1);
  });

  it("a lost request did nothing, a lost or cut reply did all", async () => {
    const send = () => call(discord, "POST", path("lost"), { content: "x" });
    for (const [kind, messages] of [
      ["lost request", 0],
      ["lost reply", 1],
      ["cut reply", 2],
    ] as const) {
      discord.faults.next(/^POST/, { kind });
      await expect(send()).rejects.toThrow();
      expect(seen("lost"), kind).toBe(messages);
    }
  });
});
