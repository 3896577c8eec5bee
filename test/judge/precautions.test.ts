import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import { type Judge, JudgeFailure } from "#core/scoring/judge";
import { AllowanceInMemory } from "#src/judge/allowance";
import { Opinions } from "#src/judge/opinions";
import { briefingFor, judgeAt, member, tenant } from "#test/doubles/judge";
import { type JudgeEndpoint, judging, openJudgeEndpoint } from "#test/doubles/judge-endpoint";

const { signal } = new AbortController();
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let endpoint: JudgeEndpoint;
let now: number;
const clock = { now: () => now };
beforeEach(async () => {
  endpoint = await openJudgeEndpoint();
  now = Date.UTC(2026, 10, 25, 9);
});
afterEach(() => endpoint.stop());

/** Asks about an answer that nobody gave before, and says what came of it. */
let asked = 0;
const askAnew = async (judge: Judge, as?: string): Promise<string> => {
  asked += 1;
  const { brief } = briefingFor(`减小 batch size，第 ${asked} 次`, "q5-oom", as);
  return judge.judge(brief, signal).then(
    () => "opinion",
    (error: unknown) => (error instanceof JudgeFailure ? error.reason : String(error)),
  );
};

const askTimes = async (judge: Judge, times: number): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push(await askAnew(judge));
  return outcomes;
};

describe("An endpoint in trouble", () => {
  it("is left alone for a minute after five failures in a row, and then tried with one call", async () => {
    const judge = judgeAt(endpoint, { clock });
    endpoint.answer({ status: 403 });
    expect(await askTimes(judge, 6)).toEqual([...Array<string>(5).fill("refused"), "paused"]);
    expect(endpoint.calls).toHaveLength(5);
    now += MINUTE_MS - 1;
    expect(await askAnew(judge)).toBe("paused");
    now += 1;
    expect(await Promise.all([askAnew(judge), askAnew(judge)])).toEqual(["refused", "paused"]);
    expect(endpoint.calls).toHaveLength(6);
    now += MINUTE_MS;
    endpoint.answer(judging());
    expect(await askTimes(judge, 2)).toEqual(["opinion", "opinion"]);
  });

  it("is not left alone for four failures, nor for five that are not in a row", async () => {
    const judge = judgeAt(endpoint, { clock });
    endpoint.answer({ status: 403 });
    await askTimes(judge, 4);
    endpoint.answer(judging());
    expect(await askAnew(judge)).toBe("opinion");
    endpoint.answer({ status: 403 });
    expect(await askTimes(judge, 5)).not.toContain("paused");
  });

  it("cannot be brought about by answers that make a model talk nonsense", async () => {
    const judge = judgeAt(endpoint, { clock });
    endpoint.answer({ text: "nonsense" });
    expect(await askTimes(judge, 7)).toEqual(Array(7).fill("unreadable"));
  });
});

describe("The daily allowance", () => {
  const allowance = () => new AllowanceInMemory(clock, { member: 2, tenant: 3 });

  it("is a member's own and the tenant's together, and is there again the next day", async () => {
    const judge = judgeAt(endpoint, { clock, allowance: allowance() });
    expect(await askTimes(judge, 3)).toEqual(["opinion", "opinion", "member-allowance"]);
    expect([await askAnew(judge, "bob"), await askAnew(judge, "cyd")]).toEqual([
      "opinion",
      "tenant-allowance",
    ]);
    expect(endpoint.calls).toHaveLength(3);
    now += DAY_MS;
    expect(await askAnew(judge)).toBe("opinion");
  });

  it("costs nobody anything where it is refused", async () => {
    const counted = allowance();
    const other = tenantIdSchema.parse("other");
    for (let time = 0; time < 9; time += 1) await counted.take(tenant, member);
    expect(await counted.take(other, member)).toBe("granted");
    const bob = briefingFor("x", "q5-oom", "bob").brief.member;
    expect(await counted.take(tenant, bob)).toBe("granted");
  });

  it("is not touched while the endpoint is left alone", async () => {
    const taken: string[] = [];
    const counting = {
      take: async () => {
        taken.push("one");
        return "granted" as const;
      },
    };
    const judge = judgeAt(endpoint, { clock, allowance: counting });
    endpoint.answer({ status: 403 });
    await askTimes(judge, 9);
    expect(taken).toHaveLength(5);
  });
});

describe("An answer that reads the same as one before", () => {
  const ask = (judge: Judge, text: string, as?: string) =>
    judge.judge(briefingFor(text, "q5-oom", as).brief, signal);

  it("is not sent again, whoever wrote it and in whatever letters", async () => {
    const judge = judgeAt(endpoint);
    const first = await ask(judge, "减小 batch size");
    expect(await ask(judge, "減小 **Batch Size**", "bob")).toEqual(first);
    expect(endpoint.calls).toHaveLength(1);
    await judge.judge(briefingFor("减小 batch size", "q2-vram").brief, signal);
    expect(endpoint.calls).toHaveLength(2);
  });

  it("is sent once where both come at the same time", async () => {
    const judge = judgeAt(endpoint);
    const opinions = await Promise.all(["ada", "bob", "cyd"].map((as) => ask(judge, "减小 batch size", as)));
    expect(endpoint.calls).toHaveLength(1);
    expect(new Set(opinions).size).toBe(1);
  });

  it("is sent again after a failure", async () => {
    const judge = judgeAt(endpoint);
    endpoint.answer({ text: "nonsense" }, judging());
    await expect(ask(judge, "减小 batch size")).rejects.toThrow(JudgeFailure);
    await ask(judge, "减小 batch size");
    expect(endpoint.calls).toHaveLength(2);
  });

  it("is forgotten when many others came later, the one used longest ago first", async () => {
    const opinions = new Opinions(2);
    const sent: string[] = [];
    const find = (key: string) =>
      opinions.find(key, async () => {
        sent.push(key);
        return [];
      });
    for (const key of ["a", "b", "a", "c", "a", "b"]) await find(key);
    expect(sent).toEqual(["a", "b", "c", "b"]);
  });
});
