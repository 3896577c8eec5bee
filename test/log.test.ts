import { DiscordAPIError } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { createLog } from "#src/log";
import { loggable } from "#src/loggable";
import { redactionOf } from "#src/redaction";

const discordToken = `${"MTE5".repeat(6)}.GaBcDe.${"aB3_-".repeat(8)}`;
const sealKey = Buffer.alloc(32, 7).toString("base64");
/** Secrets by their form, as anybody's may come by in what a library throws. */
const canaries: Readonly<Record<string, string>> = {
  "a Slack bot token": "xoxb-1234567890-canarycanary",
  "a Slack user token": "xoxp-12-34-canary",
  "a rotated Slack token": "xoxe.xoxp-1-Mi0yLTcanary",
  "a Slack app token": "xapp-1-A0-123-canarycanary",
  "a bot's token on Discord": discordToken,
  "a password in an address": "redis://bot:canary-pass@10.0.0.1:6379/0",
  "a password without a user": "rediss://:canary@host",
  "a bearer": "Authorization: Bearer canary.canary-canary",
  "a bot's header": `Bot ${"canary".repeat(6)}`,
  "a basic login": "basic Y2FuYXJ5OmNhbmFyeQ==",
  "a basic login without padding": "Basic Y2FuYXJ5OmNh",
  "a basic login of letters alone": "Basic YWFmcanaryQq",
  "a basic login of an address's sort": "basic Y2FuYXJ5-_Y2FuYXJ5",
  "a basic login that looks like a word": "Authorization: Basic canary",
  "a basic login in JSON": '{"authorization":"Basic canary"}',
  "a basic login in a text of JSON": '{\\"proxy-authorization\\": \\"basic canary==\\"}',
  "a key of a judge": "sk-canarycanary1234",
  "a seal key": sealKey,
  "a web hook": "https://hooks.slack.com/commands/T1/2/canarycanary",
  "an interaction's token": "https://discord.com/api/v10/interactions/123/canarycanarycanary/callback",
  "a webhook's token": "/webhooks/123456/canary_canary-canary/messages/@original",
  "a signature": `v0=${"c0ffee11".repeat(8)}`,
  "a signed claim": `eyJhbGciOi.${"canary".repeat(4)}.${"canary".repeat(4)}`,
};
/** What must not be left of each. */
const secretPart = (canary: string): RegExp =>
  new RegExp(
    canary === discordToken || canary === sealKey
      ? canary.slice(4, 24)
      : (/canary|c0ffee|Y2Fu/.exec(canary)?.[0] ?? canary),
  );

function openLog(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = createLog("info", {
    redact: redactionOf(secrets),
    write: (line) => void lines.push(line),
    process: "abc",
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
}

const nested = (message: string, depth: number): Error =>
  depth === 0 ? new Error(message) : new Error("outer", { cause: nested(message, depth - 1) });

describe.each(Object.entries(canaries))("%s in the log", (_, canary) => {
  const paths: readonly (readonly [string, (log: ReturnType<typeof createLog>) => void])[] = [
    ["an event", (log) => log.info(`it failed: ${canary}`)],
    ["a fact", (log) => log.warn("x", { reason: canary })],
    ["a deep fact", (log) => log.warn("x", { a: { b: [{ c: [canary] }] } })],
    ["the name of a fact", (log) => log.info("x", { [canary]: 1 })],
    ["an error's message", (log) => log.error("x", new Error(`${canary} is wrong`))],
    ["a cause's message", (log) => log.error("x", nested(`no: ${canary}`, 3))],
    ["a cause that is no error", (log) => log.error("x", new Error("y", { cause: { at: canary } }))],
    ["one of several errors", (log) => log.error("x", new AggregateError([new Error(canary)], "y"))],
    ["an error in a fact", (log) => log.error("x", null, { because: new Error(canary) })],
    ["something thrown that is no error", (log) => log.error("x", canary)],
    ["an error's code", (log) => log.error("x", Object.assign(new Error("y"), { code: canary }))],
    ["an error's field", (log) => log.error("x", Object.assign(new Error("y"), { config: { url: canary } }))],
    ["an error's name", (log) => log.error("x", Object.assign(new Error("y"), { name: canary }))],
    ["a map", (log) => log.info("x", { map: new Map([["a", canary]]), set: new Set([canary]) })],
    ["a long text", (log) => log.info("x", { says: `${"word ".repeat(1590)}${canary}` })],
  ];
  it.each(paths)("is removed from %s", (_where, write) => {
    const { log, lines } = openLog();
    write(log);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(secretPart(canary));
    expect(() => JSON.parse(lines[0] ?? "")).not.toThrow();
  });
});

describe("Secrets of this installation", () => {
  const own = 'p@ss/wörd:with%signs"and\\more';
  const signing = "0123456789abcdef0123456789abcdef";

  it("are removed as they stand, within an address and within JSON", () => {
    const { log, lines } = openLog([own, signing]);
    log.error(
      "x",
      new Error(`${own} and redis://u:${encodeURIComponent(own)}@h and ${JSON.stringify({ own })}`),
    );
    log.warn(signing, { at: `key=${signing};` });
    const text = lines.join("");
    for (const part of ["wörd", "w%C3%B6rd", signing.slice(0, 20)]) expect(text).not.toContain(part);
  });

  it("are removed wherever they stand in a text", () => {
    const redact = redactionOf([signing, own]);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom(signing, own),
        fc.string({ maxLength: 60 }),
        (before, secret, after) => {
          expect(redact(before + secret + after)).not.toContain(secret);
        },
      ),
    );
  });

  it("that are too short to tell from words are left to their form", () => {
    expect(redactionOf(["local"])("the local grader")).toBe("the local grader");
  });
});

describe("A line of the log", () => {
  it("says when, how grave, which line of which process, what happened, and why", () => {
    const { log, last, lines } = openLog();
    log.warn("a date has no post", { tenant: "discord:1", date: "2026-11-20", reason: "failed" });
    expect(last()).toMatchObject({
      level: "warn",
      line: "abc-1",
      msg: "a date has no post",
      tenant: "discord:1",
      reason: "failed",
    });
    expect(Date.parse(last().time)).toBeGreaterThan(0);
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    log.error("command failed", new Error("no store", { cause }), { submission: "s1" });
    expect(last()).toMatchObject({
      line: "abc-2",
      submission: "s1",
      err: { type: "Error", message: "no store", cause: { code: "ECONNREFUSED" } },
    });
    expect(last().err.stack).toContain("log.test.ts");
    expect(lines.every((line) => line.endsWith("\n") && line.indexOf("\n") === line.length - 1)).toBe(true);
  });

  it("is written from the level on that was set", () => {
    const lines: string[] = [];
    const log = createLog("error", { write: (line) => void lines.push(line) });
    log.info("a");
    log.warn("b");
    log.error("c", null);
    expect(lines).toHaveLength(1);
  });

  it("holds nothing that a member wrote, by the names under which it may come", () => {
    const { log, lines } = openLog();
    const words = "what the member wrote";
    log.warn("x", {
      text: words,
      answer: words,
      body: { content: words },
      deep: { attempt: { text: words } },
    });
    expect(lines.join("")).not.toContain(words);
  });

  it("holds of a library's error neither the request nor what was sent with it", () => {
    const { log, lines } = openLog();
    const url = "https://discord.com/api/v10/webhooks/123/canarycanarycanary/messages/@original";
    const body = { files: undefined, json: { content: "what the member wrote" } };
    const raw = { code: 50_035, message: "Invalid Form Body" };
    log.error("x", new DiscordAPIError(raw, 50_035, 400, "PATCH", url, body));
    expect(lines[0]).toContain("Invalid Form Body");
    expect(lines[0]).toContain('"status":400');
    expect(lines[0]).not.toMatch(/canary|the member wrote/);
  });

  it("holds of a command to Redis no argument", () => {
    const { log, lines } = openLog();
    const command = { name: "evalsha", args: ["what the member wrote"] };
    log.error("x", Object.assign(new Error("READONLY"), { command }));
    expect(lines[0]).not.toContain("the member wrote");
  });

  it("ends, whatever it is given: circles, depths, crowds, bytes", () => {
    const { log, lines } = openLog();
    const circle: Record<string, unknown> = { name: "circle" };
    circle.itself = circle;
    const loop = new Error("loop");
    loop.cause = loop;
    log.error("x", loop, {
      circle,
      bytes: new Uint8Array(1_000_000),
      fn: () => 1,
      big: 10n,
      none: undefined,
    });
    log.info("x", { crowd: Array.from({ length: 100_000 }, (_, at) => ({ at })) });
    log.info("x", { deep: JSON.parse(`${"[".repeat(500)}1${"]".repeat(500)}`) });
    log.info("x", { long: "y".repeat(5_000_000) });
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.length).toBeLessThan(40_000);
    expect(lines[0]).toContain("[1000000 bytes]");
  });

  it("is valid JSON whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true }),
        (facts) => {
          const { log, lines } = openLog(["secret-of-ours"]);
          log.warn("x", { facts });
          log.error("x", facts);
          for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
        },
      ),
      { numRuns: 150 },
    );
  });

  it("takes time in proportion to what it is given, however hostile", () => {
    const parts = [
      "xoxb-",
      "://",
      "eyJ",
      "bearer ",
      "basic ",
      "Basic a",
      "authorization: basic ",
      `basic ${"a".repeat(5_000)}`,
      "v0=",
      "a.b.c",
      "Bot ",
      "A".repeat(43),
      "sk-",
      "-",
      "@",
      "/webhooks/1/",
    ];
    const redact = redactionOf(["secret-of-ours"]);
    const microseconds = (size: number): number => {
      const texts = parts.map((part) => part.repeat(Math.ceil(size / part.length)));
      // What disturbs one run does not disturb the best of three.
      const runs = [1, 2, 3].map(() => {
        const before = process.threadCpuUsage();
        for (const text of texts) redact(text);
        return process.threadCpuUsage(before).user;
      });
      return Math.min(...runs);
    };
    microseconds(10_000);
    // Ten times as much takes ten times as long; a pattern that looks back again and again would take a hundred times.
    expect(microseconds(300_000)).toBeLessThan(40 * Math.max(microseconds(30_000), 1_000));
  });

  it("leaves a word behind “basic” as it is, Slack's menu above all, in every sentence there is of it", () => {
    const sentences = (["zh", "en"] as const).flatMap((locale) => {
      const { setupSlack, slack } = messagesFor(locale);
      return Object.values({ ...setupSlack, ...slack }).filter((one) => typeof one === "string");
    });
    const menus = sentences.filter((one) => one.includes("Basic Information"));
    expect(menus.length).toBeGreaterThan(5);
    const others = ["Basic App-Level Tokens", "the basic questions of attention", "BASIC Settings: none"];
    for (const plain of [...menus, ...others]) expect(redactionOf()(plain)).toBe(plain);
  });

  it("leaves what is no secret as it is", () => {
    const plain =
      "Slack cannot be reached; it is tried again. redis://host:6379 answered at 2026-11-20T09:00:00.000Z, round daily/study/2026-11-20, submission 1180000000000000001, LoRA r=8, v24.21.0, user@example.com";
    expect(redactionOf()(plain)).toBe(plain);
    expect(loggable({ date: new Date(0), n: 1, ok: true, none: null }, redactionOf())).toEqual({
      date: "1970-01-01T00:00:00.000Z",
      n: 1,
      ok: true,
      none: null,
    });
  });
});
