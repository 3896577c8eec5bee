import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAnnouncement } from "#core/announcing/read";
import { messagesFor } from "#core/messages/index";
import type { Button, Reply } from "#core/reply";
import { zoneSchema } from "#core/round/calendar";
import { defaultSettings } from "#core/schedule/schedule";
import type { Services } from "#core/services";
import { attemptAs, date, resultOf, roundOn } from "#test/contracts/store-samples";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const say = messagesFor("en").board;
const goodAnswer =
  "The new gradients overwrite the weights that held the old knowledge. Mix old data back in (replay), or freeze most layers and use LoRA.";

let team: Team;
const open = async (startsAt?: number, more: Partial<Services> = {}): Promise<void> => {
  team = await openTeam((store) => store, startsAt, more);
};
afterEach(() => team.stop());

/** Places as they are shown: `1. 90 points` and who shares it. */
const placesIn = ({ blocks }: Reply): string[] =>
  blocks.flatMap((block) => (block.kind === "members" ? [`${block.label}: ${block.members.join(" ")}`] : []));
const buttonsIn = ({ blocks }: Reply): readonly Button[] =>
  blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
const press = (reply: Reply, label: string, member?: string): Promise<Reply> => {
  const button = buttonsIn(reply).find((one) => one.label === label);
  if (button === undefined) throw new Error(`no button ${label}`);
  return team.ask(button.action.command, button.action.options, member === undefined ? {} : { member });
};

/** Answers to the round of a day of June 2026 that earned it. */
const answers = async (day: number, scores: Readonly<Record<string, number>>): Promise<void> => {
  const { store } = team.services;
  const round = roundOn(day, { tenant: team.tenant, channel: team.channel });
  await store.openRound(round);
  for (const [as, score] of Object.entries(scores)) {
    const attempt = attemptAs(`${as}-${day}`, { as, tenant: team.tenant, round: round.id });
    await store.recordAttempt({ ...attempt, credit: date(round.date), result: resultOf(score) });
  }
};
const inJune = (day: number, hour = 12): number => Date.UTC(2026, 5, day, hour);

describe("/leaderboard", () => {
  beforeEach(() => open(inJune(17)));

  it("sums the best answers of the dates of a week, a month and all time, and shares places fairly", async () => {
    await answers(8, { ann: 100, bo: 50 });
    await answers(15, { ann: 60, bo: 80, cy: 100 });
    await answers(16, { bo: 50, di: 30, ada: 100 });
    expect(placesIn(await team.ask("leaderboard"))).toEqual([
      "1. 130 points: bo",
      "2. 100 points: ada cy",
      "4. 60 points: ann",
      "5. 30 points: di",
    ]);
    expect(placesIn(await team.ask("leaderboard", "last-week"))).toEqual([
      "1. 100 points: ann",
      "2. 50 points: bo",
    ]);
    for (const period of ["month", "总榜"])
      expect(placesIn(await team.ask("leaderboard", period))[0]).toBe("1. 180 points: bo");
  });

  it("tells a member where they stand, however far down that is", async () => {
    const crowd = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`m${at}`, 100 - at]));
    await answers(15, { ...crowd, ada: 31 });
    const reply = await team.ask("leaderboard");
    expect(placesIn(reply)).toHaveLength(10);
    expect(wordsOf(reply)).toContain(`${say.you(41, 41, 31)} ${say.toNext(30)}`);
    expect(wordsOf(reply)).toContain(say.more(31));
    expect(wordsOf(await team.ask("leaderboard", "", { member: "m0" }))).toContain(say.first);
    expect(wordsOf(await team.ask("leaderboard", "", { member: "new" }))).toContain(say.noneOfYours);
  });

  it("shows nobody who is hidden, to anybody, and closes the gap", async () => {
    await answers(15, { ann: 90, ada: 80, cy: 70 });
    expect(wordsOf(await team.ask("leaderboard", "hide"))).toContain(say.hiddenNow);
    const seen = await team.ask("leaderboard", "", { member: "cy" });
    expect(placesIn(seen)).toEqual(["1. 90 points: ann", "2. 70 points: cy"]);
    expect(wordsOf(seen)).toContain(say.you(2, 2, 70));
    const own = await team.ask("leaderboard");
    expect(placesIn(own)).toEqual(placesIn(seen));
    expect(wordsOf(own)).toContain(say.youHidden(2, 80));
    expect(placesIn(await press(own, say.share))).toEqual(placesIn(seen));
    await press(own, say.show);
    expect(placesIn(await team.ask("leaderboard"))).toContain("2. 80 points: ada");
  });

  it("is for the member alone until they show it to the channel, and then says nothing of their own place", async () => {
    await answers(15, { ann: 90, ada: 80 });
    const reply = await team.ask("leaderboard");
    expect(reply.visibility).toBe("private");
    const shown = await press(reply, say.share);
    expect(shown.visibility).toBe("public");
    expect(placesIn(shown)).toEqual(["1. 90 points: ann", "2. 80 points: ada"]);
    expect(buttonsIn(shown)).toEqual([]);
    expect(wordsOf(shown)).not.toContain("You");
  });

  it("says so where nobody has points, and offers nothing to show", async () => {
    const reply = await team.ask("leaderboard");
    expect(wordsOf(reply)).toContain(say.nobody);
    expect(buttonsIn(reply).map(({ label }) => label)).not.toContain(say.share);
    expect(wordsOf(await team.ask("leaderboard", "", { locale: "zh" }))).toContain("还没有人得分");
  });

  it.each(["hide me", "HIDE", "隐藏", "me=hide"])("hides whoever writes “%s”", async (typed) => {
    await team.ask("leaderboard", typed);
    const { store } = team.services;
    const { member: ada } = attemptAs("any", { as: "ada" });
    expect(await store.hiddenAmong(team.tenant, [ada])).toEqual([ada]);
    await team.ask("leaderboard", "show me");
    expect(await store.hiddenAmong(team.tenant, [ada])).toEqual([]);
  });

  it.each([
    ["year", "year"],
    ["me=perhaps", "perhaps"],
    ["2026-W99", "2026-W99"],
    ["hide everybody", "hide"],
  ])("refuses “%s” in one sentence that names “%s”, and changes nothing", async (typed, named) => {
    await answers(15, { ada: 80 });
    const reply = await team.ask("leaderboard", typed);
    expect(reply.blocks).toHaveLength(1);
    expect(wordsOf(reply)).toContain(`“${named}”`);
    expect(placesIn(await team.ask("leaderboard", "", { member: "bo" }))).toHaveLength(1);
  });
});

describe("A reveal", () => {
  it("names nobody who is hidden, neither for their streak nor beside their answer", async () => {
    await open();
    const { store, library } = team.services;
    const [round] = await store.rounds(team.tenant, team.channel, 1);
    const question = library.question(round?.question ?? "");
    if (round === undefined || question === undefined) throw new Error("no round is open");
    await team.ask("streak", "share");
    const offer = buttonsIn(await team.ask("answer", goodAnswer)).find(({ label }) =>
      label.includes("with my name"),
    );
    await team.ask("answer", offer?.action.options ?? {});
    await team.passTime(25 * HOUR_MS);
    const namesIn = async () => {
      const { kept, offered } = await readAnnouncement({ round, question, late: false }, team.services);
      return [...kept.named, ...offered.map(({ by }) => by)];
    };
    expect(await namesIn()).toEqual(["ada", "ada"]);
    await team.ask("leaderboard", "hide");
    expect(await namesIn()).toEqual([null]);
  });
});

describe("The week of a board", () => {
  it("ends when Sunday does in the channel's zone, not in UTC", async () => {
    // Sunday 21 June, 18:00 in UTC: in Shanghai it is Monday.
    await open(inJune(21, 18));
    await answers(21, { ann: 90 });
    expect(placesIn(await team.ask("leaderboard"))).toEqual([]);
    expect(placesIn(await team.ask("leaderboard", "last-week"))).toEqual(["1. 90 points: ann"]);
    await team.services.store.saveSchedule(
      {
        ...defaultSettings,
        zone: zoneSchema.parse("America/New_York"),
        tenant: team.tenant,
        channel: team.channel,
        enabled: false,
        revision: 1,
        changedAt: team.now(),
        firstDate: date("2026-06-22"),
        decidedBy: "admin",
      },
      team.now(),
    );
    expect(placesIn(await team.ask("leaderboard"))).toEqual(["1. 90 points: ann"]);
  });
});

describe("A hint", () => {
  beforeEach(() => open());

  const own = async (): Promise<number> => {
    const text = wordsOf(await team.ask("leaderboard", "all"));
    return Number(/place 1 of 1, (\d+) points/.exec(text)?.[1]);
  };
  const scoreOf = (reply: Reply): number =>
    reply.blocks.flatMap((block) => (block.kind === "heading" ? (block.score ?? []) : []))[0] ?? Number.NaN;

  it("takes ten board points off the answers after it, each hint once, and nothing off the score", async () => {
    const first = await team.ask("hint", "3");
    expect(wordsOf(first)).toContain(messagesFor("en").quiz.hintCost(10));
    await team.ask("hint", "3");
    await team.ask("hint");
    const score = scoreOf(await team.ask("answer", goodAnswer));
    expect(score).toBeGreaterThan(30);
    expect(await own()).toBe(score - 20);
  });

  it("that is taken afterwards leaves what was won before", async () => {
    const score = scoreOf(await team.ask("answer", goodAnswer));
    await team.ask("hint");
    await team.ask("hint", "1");
    await team.passTime(HOUR_MS);
    await team.ask("answer", `${goodAnswer} That is all.`);
    expect(await own()).toBe(score);
  });

  it("costs nothing in practice", async () => {
    await team.ask("close");
    await team.passTime(60_000);
    await team.ask("quiz", "2");
    expect(wordsOf(await team.ask("hint", "1"))).toContain(messagesFor("en").quiz.hintFree);
  });
});

describe("A member", () => {
  it("can agree to be named for their progress, and takes it back by the same button", async () => {
    await open();
    const texts = messagesFor("en").report;
    const agreed = await team.ask("leaderboard", "improved");
    expect(wordsOf(agreed)).toContain(texts.namedNow);
    expect(wordsOf(await press(agreed, texts.unnameMe))).toContain(texts.unnamedNow);
    expect(await team.services.store.dossiers({ tenant: team.tenant, kind: "consent", limit: 9 })).toEqual(
      [],
    );
  });
});
