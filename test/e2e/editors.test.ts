import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { DayStage } from "./day-stage.ts";
import { openDiscordStage } from "./discord-stage.ts";
import { openSlackStage } from "./slack-stage.ts";

const HOUR_MS = 3_600_000;
const { appeal: say, suggestion } = messagesFor("en");

/** Something true in words that no rule knows. */
const WORDS = "slice the work so that fewer rows go through at a time";
const ANSWER = `New gradients overwrite the old weights, so I would mix old data in. Then I would ${WORDS}.`;
/** On Discord an option by itself, on Slack all in one line. */
const asked = {
  discord: {
    question: "Why does dropout help?",
    points: "it trains many thinned networks; no unit is alone",
  },
  slack: { text: "Why does dropout help? | it trains many thinned networks; no unit is alone" },
};

describe.each([
  ["Discord", openDiscordStage, asked.discord],
  ["Slack in Socket Mode", () => openSlackStage("socket"), asked.slack],
  ["Slack over HTTP", () => openSlackStage("http"), asked.slack],
] as const)("What editors decide, on %s", (_, open, suggested) => {
  let stage: DayStage;
  beforeAll(async () => {
    stage = await open();
    await stage.setUp();
    // The bot has heard that its reply has arrived before half an hour goes by.
    await stage.look("sam", "help", {});
    await stage.passTime(HOUR_MS / 2);
    await stage.dailyPost();
    await stage.answer("sam", ANSWER);
  });
  afterAll(() => stage.end());

  const answered = async () => {
    const member = memberIdSchema.parse(stage.idOf("sam"));
    const [attempt] = await stage.services.store.attempts({ tenant: stage.tenant, member, limit: 1 });
    if (attempt?.result == null) throw new Error("there is no scored answer");
    return attempt.result;
  };

  it("is an appeal: from the menu of points to the corrected score, and nobody sees whose it is", async () => {
    // What an editor asks makes them known as one.
    expect((await stage.look("ann", "appeal", {})).text).toContain(say.queueEmpty);
    const before = await answered();
    const number = before.points.findIndex(({ verdict }) => verdict === "miss") + 1;
    const own = await stage.look("sam", "appeal", {});
    expect(own.isPrivate).toBe(true);
    const filing = { menu: say.whichPoint, choice: say.pointChoice(number, null, "Not mentioned yet") };
    const fields = { words: WORDS, reason: "<!everyone> @everyone I said it" };
    expect(await own.write(filing, fields)).toContain(say.filed(number));
    // Others have answered nothing yet: editors read it when the round is over.
    expect((await stage.look("ann", "appeal", {})).text).toContain(say.queueLater(1));
    for (let half = 0; half < 50; half += 1) await stage.passTime(HOUR_MS / 2);
    expect(stage.direct("ann").join()).toContain(say.editorsTold(1));

    expect((await stage.look("kit", "appeal", {})).text).not.toContain(say.queueTitle);
    const queue = await stage.look("ann", "appeal", {});
    expect(queue.isPrivate).toBe(true);
    const found = await queue.next(say.next);
    expect(found.text).toContain(WORDS);
    expect(found.text).toContain("I said it");
    for (const name of [stage.nameOf("sam"), stage.idOf("sam")]) expect(found.text).not.toContain(name);
    const decided = await found.press(say.upholdHit);
    const after = await answered();
    expect(after.score).toBeGreaterThan(before.score);
    expect(decided).toContain(say.scoreNow(before.score, after.score));
    await stage.passTime(HOUR_MS / 2);
    const news = stage.direct("sam").filter((text) => text.includes(say.nowScore(before.score, after.score)));
    expect(news).toHaveLength(1);
    expect(stage.inChannel()).not.toContain(WORDS);
  });

  it("is a suggested question: declined with a sentence that its member reads", async () => {
    expect((await stage.look("kit", "suggest", suggested)).text).toContain(suggestion.filed(2));
    const queue = await stage.look("ann", "suggest", {});
    const found = await queue.next(suggestion.next);
    expect(found.text).toContain("no unit is alone");
    const note = { note: "We have it under another name." };
    expect(await found.write({ button: suggestion.decline }, note)).toContain(suggestion.decisionMade(false));
    await stage.passTime(HOUR_MS / 2);
    expect(stage.direct("kit").join()).toContain(note.note);
    expect(stage.inChannel()).not.toContain("dropout");
  });
});
