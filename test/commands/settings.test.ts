import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settings } from "#commands/settings";
import type { Channels } from "#core/channels";
import { channelIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import type { Block, Reply } from "#core/reply";
import { settingsSteps } from "#core/settings/steps";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").settings;
const admin = { role: "admin" } as const;

const kindsOf = ({ blocks }: Reply): string[] => blocks.map(({ kind }) => kind);
const blockOf = <Kind extends Block["kind"]>(
  { blocks }: Reply,
  kind: Kind,
  nth = 0,
): Extract<Block, { kind: Kind }> => {
  const found = blocks.filter((block): block is Extract<Block, { kind: Kind }> => block.kind === kind)[nth];
  if (found === undefined) throw new Error(`the reply has no ${kind}`);
  return found;
};
const shownFor = (reply: Reply, label: string): string | undefined =>
  blockOf(reply, "fields").fields.find((field) => field.label === label)?.value;

describe("/settings", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const ask = (input: string | Readonly<Record<string, unknown>> = "", locale: "en" | "zh" = "en") =>
    team.ask("settings", input, { ...admin, locale });
  const kept = () => team.services.store.schedule(team.tenant, team.channel);

  it("is for admins", async () => {
    expect(wordsOf(await team.ask("settings"))).toContain("for admins");
  });

  it("shows a new channel what it would be, off, and saves nothing by showing it", async () => {
    const reply = await ask();
    expect(shownFor(reply, say.state)).toBe(say.off);
    expect(shownFor(reply, say.zone)).toBe("Shanghai · Asia/Shanghai");
    expect(wordsOf(reply)).toContain(say.nextOff);
    expect(kindsOf(reply)).toContain("choices");
    expect(await kept()).toBeNull();
  });

  it("takes one line of free text, and says when the next question comes", async () => {
    const reply = await ask("time=9:00 zone=柏林 weekdays=1-5 holidays=中国 close=12h language=中文 on");
    expect(await kept()).toMatchObject({
      enabled: true,
      decidedBy: "admin",
      time: "09:00",
      zone: "Europe/Berlin",
      weekdays: [1, 2, 3, 4, 5],
      holidays: "CN",
      closesAfterHours: 12,
      locale: "zh",
    });
    // Nine in Berlin on the same Wednesday.
    expect(blockOf(reply, "deadline").at).toBe(Date.UTC(2026, 10, 25, 8));
    expect(shownFor(reply, say.weekday)).toBe("Mon–Fri");
    expect(shownFor(reply, say.holidays)).toContain("China");
  });

  it("says the same in Chinese", async () => {
    const reply = await ask("时间=晚上9点半 时区=纽约 星期=周一至周三,周五 开启", "zh");
    const t = messagesFor("zh").settings;
    expect(shownFor(reply, t.time)).toBe("21:30");
    expect(shownFor(reply, t.zone)).toBe("纽约 · America/New_York");
    expect(shownFor(reply, t.weekday)).toBe("周一至周三、周五");
    expect(wordsOf(reply)).toContain(t.saved);
  });

  it("leads by menus to the same settings, each step in place of the one before", async () => {
    const start = await ask();
    expect(start.placement).toBe("new");
    const what = blockOf(start, "choices");
    expect(what.choices.map(({ value }) => value)).toContain("weekdays");
    const step = await ask({ ...what.action.options, [what.option]: "weekdays" });
    expect(step.placement).toBe("edit");
    const days = blockOf(step, "choices", 1);
    expect(days.multiple).toBe(true);
    expect(days.choices.filter(({ selected }) => selected)).toHaveLength(7);
    const saved = await ask({ ...days.action.options, [days.option]: ["6", "7"] });
    expect([saved.placement, shownFor(saved, say.weekday)]).toEqual(["edit", "Sat, Sun"]);
    expect(await kept()).toMatchObject({ weekdays: [6, 7], enabled: false });
  });

  it.each(["time", "zone", "weekdays", "holidays", "topics", "language", "close", "catchup"])(
    "takes back what its own menu for %s offers",
    async (step) => {
      const reply = await ask({ step });
      const menu = blockOf(reply, "choices", 1);
      expect(menu.choices.length).toBeGreaterThan(1);
      expect(menu.choices.length).toBeLessThanOrEqual(25);
      for (const { value } of menu.choices) {
        const saved = await ask({ ...menu.action.options, [menu.option]: menu.multiple ? [value] : value });
        expect(kindsOf(saved)).toContain("fields");
      }
    },
  );

  it.each(["time", "zone", "holidays"])("asks for another %s by a form that needs no store", async (step) => {
    const shown = blockOf(await ask({ step }), "form").form;
    const opened = settings.form?.(settings.options.parse(shown.action.options), "en");
    expect(opened).toEqual(shown);
    expect(settings.form?.(settings.options.parse({ step }), "en")).toBeNull();
    const typed = { time: "7:45", zone: "lisbon", holidays: "DE-BY" }[step];
    const saved = await ask({ ...shown.action.options, [step]: typed });
    expect(wordsOf(saved)).toContain(say.saved);
    expect(saved.placement).toBe("edit");
  });

  it("switches the question on and off by one button", async () => {
    const toggle = (reply: Reply) => blockOf(reply, "buttons").buttons[0];
    const on = await ask({ ...toggle(await ask())?.action.options });
    expect((await kept())?.enabled).toBe(true);
    expect(toggle(on)?.label).toBe(say.switchOff);
    await ask({ ...toggle(on)?.action.options });
    expect((await kept())?.enabled).toBe(false);
  });

  it.each([
    ["time=25:00", say.badTime("25:00")],
    ["time=13pm", say.badTime("13pm")],
    ["weekdays=8", say.badWeekdays("8")],
    ["weekdays=someday", say.badWeekdays("someday")],
    ["close=7", say.badClose("7")],
    ["catchup=99", say.badCatchup("99")],
    ["zone=xyzzy", say.noSuchZone("xyzzy", [])],
    ["holidays=XX", messagesFor("en").schedule.noSuchHolidays("XX")],
    ["reveal=perhaps", "reveal"],
    ["topics=cooking", "There is no topic “cooking”"],
  ])("says in one sentence what is wrong with %s, and changes nothing", async (line, sentence) => {
    const reply = await ask(line);
    expect(kindsOf(reply)).toEqual(["text"]);
    expect(wordsOf(reply)).toContain(sentence);
    expect(await kept()).toBeNull();
  });

  it("names the zones that an ambiguous name may mean", async () => {
    const words = wordsOf(await ask("zone=new"));
    expect(words).toContain("America/New_York");
    expect(words).toContain("Asia/Kolkata");
  });

  it("previews the daily post in the channel's language, for the admin alone", async () => {
    await ask("language=zh");
    const reply = await ask("preview");
    expect(reply.visibility).toBe("private");
    expect(wordsOf(reply)).toContain(messagesFor("zh").quiz.todaysQuestion);
    expect(kindsOf(reply)).not.toContain("buttons");
  });

  it("posts a test where everybody sees it, without a button that would answer it", async () => {
    const reply = await ask("test");
    expect(reply.visibility).toBe("public");
    expect(wordsOf(reply)).toContain(say.testTitle);
    expect(kindsOf(reply)).not.toContain("buttons");
  });

  it("keeps both of two changes that admins make at the same moment", async () => {
    await ask("on");
    await Promise.all([ask("time=8:00"), ask("zone=Berlin"), ask("reveal=no")]);
    expect(await kept()).toMatchObject({ time: "08:00", zone: "Europe/Berlin", reveal: false, revision: 4 });
  });

  it("saves nothing where nothing is different", async () => {
    await ask("time=8:00 on");
    await ask("time=8:00 on");
    expect((await kept())?.revision).toBe(1);
  });

  it("takes roles for editors, each once, and takes them back", async () => {
    await ask({ editors: ["7", "8", "7"] });
    expect(await kept()).toMatchObject({ editors: ["7", "8"] });
    await ask("editors=none");
    expect(await kept()).toMatchObject({ editors: [] });
  });

  it("says beside every button what one would type instead", async () => {
    for (const step of settingsSteps) {
      const buttons = (await ask({ step })).blocks.flatMap((block) =>
        block.kind === "buttons" ? block.buttons : [],
      );
      for (const { typed = "", action } of buttons) {
        const { channel: _channel, step: _step, ...pressed } = action.options;
        const text = typed.replace("/settings ", "");
        expect(Object.keys(parseOptions(settings, { kind: "text", text }))).toEqual(Object.keys(pressed));
      }
    }
  });

  it("sets another channel than the one it is typed in", async () => {
    await ask({ channel: "announcements", time: "7:00", on: true });
    const other = channelIdSchema.parse("announcements");
    expect(await team.services.store.schedule(team.tenant, other)).toMatchObject({ time: "07:00" });
    expect(await kept()).toBeNull();
  });
});

describe("/settings with other channels to speak in", () => {
  const posted: Reply[] = [];
  const channels: Channels = {
    find: async (_, named) => {
      if (named === "another server's") throw new Refusal((messages) => messages.discord.channelGone);
      return channelIdSchema.parse(named);
    },
    obstacle: (_, channel) => (channel === "closed" ? (messages) => messages.settings.onlyHere : null),
    post: async (_, channel, reply) => {
      if (channel === "closed") throw new Refusal((messages) => messages.settings.onlyHere);
      posted.push(reply);
    },
  };

  it("changes nothing of a channel that is not the tenant's", async () => {
    const team = await openTeam(undefined, undefined, { channels });
    const change = { channel: "another server's", time: "7:00", on: true };
    expect(wordsOf(await team.ask("settings", change, admin))).toBe(messagesFor("en").discord.channelGone);
    expect(await team.services.store.schedules(team.tenant)).toEqual([]);
    await team.stop();
  });

  it("says in the form what keeps the question from coming", async () => {
    const team = await openTeam(undefined, undefined, { channels });
    const words = wordsOf(await team.ask("settings", { channel: "closed", on: true }, admin));
    expect(words).toContain(say.saved);
    expect(words).toContain(say.onlyHere);
    expect(wordsOf(await team.ask("settings", { channel: "open" }, admin))).not.toContain(say.onlyHere);
    await team.stop();
  });

  it("posts the test there, and says what keeps it from posting", async () => {
    const team = await openTeam(undefined, undefined, { channels });
    const reply = await team.ask("settings", { test: true, channel: "open" }, admin);
    expect([wordsOf(reply), posted.map(({ visibility }) => visibility)]).toEqual([say.tested, ["public"]]);
    const refused = await team.ask("settings", { test: true, channel: "closed" }, admin);
    expect(wordsOf(refused)).toBe(say.onlyHere);
    await team.stop();
  });
});

describe("/settings on one's own machine", () => {
  const openLocal = (fixedBy: readonly string[]) => {
    const local = { tenant: "team", channel: "study", fixedBy } as unknown as NonNullable<
      Team["services"]["local"]
    >;
    return openTeam(undefined, undefined, { local });
  };

  it("sets the one channel there is, which has no roles and no neighbours", async () => {
    const team = await openLocal([]);
    const reply = await team.ask("settings", "", admin);
    const offered = blockOf(reply, "choices").choices.map(({ value }) => value);
    expect(offered).not.toContain("channel");
    expect(offered).not.toContain("editors");
    expect(wordsOf(await team.ask("settings", { channel: "elsewhere" }, admin))).toBe(say.onlyHere);
    expect(wordsOf(await team.ask("settings", { editors: ["7"] }, admin))).toBe(say.noRolesHere);
    await team.stop();
  });

  it("says which variables fix the time, and still takes the rest", async () => {
    const team = await openLocal(["REHEARSAL_TIME"]);
    expect(wordsOf(await team.ask("settings", "", admin))).toContain("REHEARSAL_TIME");
    expect(wordsOf(await team.ask("settings", "time=8:00", admin))).toBe(say.fixed(["REHEARSAL_TIME"]));
    expect(wordsOf(await team.ask("settings", "on", admin))).toBe(say.fixed(["REHEARSAL_TIME"]));
    expect(wordsOf(await team.ask("settings", "reveal=no", admin))).toContain(say.saved);
    await team.stop();
  });
});
