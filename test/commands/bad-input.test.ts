import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { StoreFailure } from "#core/store-failure";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.stop());

const recorded = async (): Promise<number> =>
  (await team.services.store.attempts({ tenant: "team", member: "ada", limit: 100 } as never)).length;

describe("An answer that cannot be scored", () => {
  it.each([
    ["nothing but blanks", "   \n ", /Your answer|the answer is empty/, /你的回答|回答是空的/],
    ["one emoji", "👍", /too short to score/, /太短/],
    ["“fine”", "fine", /too short to score/, /太短/],
    ["“I don't know”", "不知道", /too short to score/, /太短/],
    ["100,000 characters", "显存".repeat(50_000), /100,000 characters; the most is 4,000/, /100000 个字符/],
    ["invisible characters", "\u200b\u200d\u2060\u{e0041}", /too short|empty/, /太短|空的/],
    ["control characters", "\u0000\u0001\u001b[2J", /too short|empty/, /太短|空的/],
  ])("(%s) gets one clear sentence in either language, and no attempt is used", async (_, text, en, zh) => {
    const english = await team.ask("answer", text);
    const chinese = await team.ask("answer", text, { locale: "zh" });
    expect(wordsOf(english)).toMatch(en);
    expect(wordsOf(chinese)).toMatch(zh);
    expect(await recorded()).toBe(0);
    expect(team.log.errors).toEqual([]);
  });

  it.each([
    ["a lone surrogate", "freeze most layers \ud800 and train only LoRA adapters on top of them"],
    ["right-to-left text", "שלום \u202e freeze most layers and train only LoRA adapters \u202c"],
    ["zero-width characters", "fre\u200beze most lay\u200bers and train only Lo\u200bRA adapters on top"],
  ])("with %s is scored for what it says, and quoted as it stands", async (_, text) => {
    const reply = await team.ask("answer", text);
    const rows = reply.blocks.flatMap((block) => (block.kind === "verdicts" ? block.rows : []));
    const quotes = rows.flatMap((row) => row.quotes);
    expect(rows.some(({ verdict }) => verdict === "hit")).toBe(true);
    for (const quote of quotes) expect(text).toContain(quote);
    expect(wordsOf(await team.ask("history", "1"))).toContain(quotes[0]);
  });
});

describe("A command that is mistyped", () => {
  it("is answered with the nearest one", async () => {
    expect(wordsOf(await team.ask("anwser"))).toBe("There is no command /anwser. Did you mean /answer?");
    expect(wordsOf(await team.ask("qiuz", "", { locale: "zh" }))).toBe(
      "没有 /qiuz 这个命令。你是想用 /quiz 吗？",
    );
    expect(wordsOf(await team.ask("x".repeat(100_000)))).toContain("/help lists what there is");
  });

  it("or has a bad option is told which, why, and what is allowed", async () => {
    expect(wordsOf(await team.ask("vram", "qwen2.5-7b method=quantum"))).toMatch(
      /“quantum” is not a value for method\. It takes full, lora/,
    );
    expect(wordsOf(await team.ask("vram", "qwen2.5-7b qlorra", { locale: "zh" }))).toContain(
      "你是想写“qlora”吗",
    );
  });
});

describe("When the disk fails while somebody answers", () => {
  it("the member is told that nothing was recorded and the operator gets the cause, once", async () => {
    await team.stop();
    const failure = new StoreFailure("full", "/somewhere/rehearsal.db", { cause: new Error("SQLITE_FULL") });
    team = await openTeam((store): Store => ({ ...store, recordAttempt: () => Promise.reject(failure) }));
    const reply = await team.ask(
      "answer",
      "Freeze most of the layers and train only LoRA adapters on top of them.",
    );
    expect(wordsOf(reply)).toContain("could not be saved: the store has no room left");
    expect(wordsOf(reply)).not.toContain("/somewhere");
    expect(team.log.errors).toEqual([{ event: "command failed", cause: failure }]);
  });

  it("an answer that our grader cannot grade is kept and protects the day", async () => {
    await team.stop();
    team = await openTeam();
    const broken = { ...team.services, grader: { grade: () => Promise.reject(new Error("a defect")) } };
    const { createDispatch } = await import("#core/dispatch");
    const dispatch = createDispatch(team.services.commands, broken);
    const reply = await dispatch({
      tenant: "team" as never,
      channel: "study" as never,
      member: "ada" as never,
      role: "member",
      locale: "zh",
      command: "answer",
      input: { kind: "text", text: "冻结大部分层，只训练 LoRA，再混入一些旧数据。" },
      sentAt: team.now(),
      submission: "one" as never,
    });
    expect(wordsOf(reply)).toContain("已经存好");
    expect(await recorded()).toBe(1);
    await team.passTime(86_400_000);
    expect(wordsOf(await team.ask("streak", "why"))).toContain("2026-11-25: your answer is saved");
  });
});
