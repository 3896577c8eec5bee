import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { instantSchema, studyDateSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { pictureBeside } from "#core/picture";
import { changeReminder } from "#core/reminder/setting";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { defaultThresholds } from "#core/round/passing";
import type { Services } from "#core/services";
import type { DayReason } from "#core/streak/day-reasons";
import { passesToNextFreeze } from "#core/streak/freezes";
import { answerMakeUp, makeUpForm, offerMakeUp } from "#core/streak/make-up-reply";
import { makeUpFound } from "#core/streak/making-up";
import { moveHome } from "#core/streak/moving";
import { changePause } from "#core/streak/pausing";
import { skippedDates, standingOf } from "#core/streak/standing";
import { explainedDays, type Streak } from "#core/streak/streak";
import { roundsOfStreak, teamStreakOf } from "#core/streak/team";

const options = z.object({
  why: z
    .boolean()
    .optional()
    .meta({
      aliases: ["为什么", "原因"],
      label: { zh: "原因", en: "why" },
      description: "explain each of the last 14 days",
    }),
  pause: z
    .string()
    .max(64)
    .optional()
    .meta({
      aliases: ["暂停", "请假"],
      label: { zh: "请假", en: "pause" },
      description: "days off, set before they begin: 12-24..12-31, or off",
    }),
  makeup: z
    .boolean()
    .optional()
    .meta({
      aliases: ["make-up", "补答", "补卡"],
      label: { zh: "补答", en: "make up" },
      description: "make up a missed day by answering its question",
    }),
  home: z
    .boolean()
    .optional()
    .meta({
      aliases: ["频道", "主频道"],
      label: { zh: "换频道", en: "home" },
      description: "count the questions of this channel from now on",
    }),
  remind: z
    .string()
    .max(80)
    .optional()
    .meta({
      aliases: ["reminder", "提醒"],
      label: { zh: "提醒", en: "remind" },
      description: "a reminder at your own hour: 20:00 Berlin, or off",
    }),
  share: z
    .boolean()
    .optional()
    .meta({
      aliases: ["署名"],
      label: { zh: "署名", en: "share" },
      description: "be named among those who kept their streak",
    }),
  /** Set by the button of a reminder, whose place the reply then takes. */
  tapped: z.boolean().optional(),
  /** Set by the form of a make-up: the date that it is for, the answer, and when the member had it before them. */
  of: studyDateSchema.optional(),
  text: z.string().optional(),
  opened: instantSchema.optional(),
});

type StreakRequest = RequestWith<z.output<typeof options>>;

const MAKE_UP_TEXT = /^\s*(?:makeup|make-up|补答|补卡)\s+(\S[\s\S]*)$/iu;
const REMIND_TEXT = /^\s*(?:remind|reminder|提醒)(?:[\s:=：]+(\S.*)|\s*)$/iu;
const PAUSE_TEXT = /^\s*(?:pause|暂停|请假)(?:[\s:=：]+(\S.*)|\s*)$/iu;

/** An answer, and days with spaces between them, are taken as they stand. */
function readText(text: string): Readonly<Record<string, unknown>> {
  const answer = MAKE_UP_TEXT.exec(text)?.[1];
  if (answer !== undefined) return { makeup: true, text: answer };
  const remind = REMIND_TEXT.exec(text);
  if (remind !== null) return { remind: remind[1] ?? "" };
  const pause = PAUSE_TEXT.exec(text);
  if (pause !== null) return { pause: pause[1] ?? "" };
  return readOptionText(options, [], text);
}

/** Rounds that the team's streak looks back on. */
const ROUNDS_READ = 120;

/** One character a day, readable without colour. */
const marks: Readonly<Record<DayReason, string>> = {
  pass: "●",
  upheld: "●",
  madeup: "◍",
  freeze: "❄",
  paused: "–",
  excused: "–",
  pending: "◔",
  open: "◌",
  closing: "◌",
  "no-answer": "×",
  "not-passed": "×",
  "short-round": "·",
  "before-start": "·",
};

function calendar(streak: Streak, locale: "zh" | "en"): Block[] {
  const say = messagesFor(locale).streak;
  const days = explainedDays(streak).toReversed();
  if (days.length === 0) return [];
  const legend = [...new Set(days.map(({ reason }) => `${marks[reason]} ${say.short(reason)}`))].join("  ");
  return [
    {
      kind: "table",
      columns: days.map(({ date }) => ({ label: date.slice(5).replace("-", "/"), align: "right" })),
      rows: [days.map(({ reason }) => marks[reason])],
      repeats: "picture",
    },
    { kind: "note", text: legend, repeats: "picture" },
  ];
}

/** The team's streak in its channel, where there is a team; how many are missing, never who. */
async function team(request: Request, { store, clock }: Services): Promise<Block[]> {
  const say = messagesFor(request.locale).announcing;
  const now = clock.now();
  const rounds = await roundsOfStreak(store, { ...request, upTo: now }, now, ROUNDS_READ);
  const { active, current, moreNeeded } = teamStreakOf(rounds, now);
  if (active < 2) return [];
  const needed = moreNeeded === 0 ? [] : [say.moreNeeded(moreNeeded)];
  return [{ kind: "text", text: [say.teamStreak(current), ...needed].join(" ") }];
}

/** A line for each day, and for each date whose question could not be posted; the last one first. */
async function explain(streak: Streak, request: Request, services: Services): Promise<string[]> {
  const say = messagesFor(request.locale);
  const skipped = await skippedDates(request, services);
  const days = explainedDays(streak).map(({ date, reason }) => ({
    date,
    line: say.streak.dayIs(date, say.streak.why(reason)),
  }));
  const without = skipped.map(({ date, reason }) => ({ date, line: say.schedule.skipped(date, reason) }));
  return [...days, ...without]
    .toSorted((one, other) => other.date.localeCompare(one.date))
    .map(({ line }) => line);
}

/** Whether the member is named among those who kept their streak when a round is revealed. */
async function nameOrNot(share: boolean, request: Request, { store }: Services): Promise<Reply> {
  const say = messagesFor(request.locale).announcing;
  await store.setNamed(request.tenant, request.member, share);
  return privateReply({ kind: "text", text: share ? say.namedNow : say.unnamedNow });
}

/** What can be done about a missed day, where there is one. */
async function repair(request: StreakRequest, services: Services): Promise<Block[]> {
  const found = await makeUpFound(request, services);
  if (found === null) return [];
  const say = messagesFor(request.locale).streak;
  const until: Block[] =
    found.until === null ? [] : [{ kind: "deadline", label: say.makeUpUntil, at: found.until }];
  return [
    ...until,
    {
      kind: "buttons",
      buttons: [
        {
          label: say.makeUpButton,
          action: { command: "streak", options: { makeup: true } },
          typed: "/streak makeup",
          style: "primary",
        },
      ],
    },
  ];
}

async function show(request: StreakRequest, services: Services): Promise<Reply> {
  const { why } = request.options;
  const say = messagesFor(request.locale).streak;
  const streak = await standingOf(request, services);
  const open = streak.days.find(({ reason, closesAt }) => reason === "open" && closesAt !== null);
  const today: Block[] =
    open?.closesAt == null ? [] : [{ kind: "deadline", label: say.openUntil, at: open.closesAt }];
  const reasons: Block[] = why
    ? [{ kind: "list", ordered: false, items: await explain(streak, request, services) }]
    : [];
  const picture =
    streak.days.length === 0
      ? []
      : await pictureBeside(request, services, (charts, look) => charts.calendar(streak, look));
  const { freezes } = streak;
  const schedule = await services.store.schedule(request.tenant, request.channel);
  return privateReply(
    { kind: "heading", text: say.current(streak.current) },
    {
      kind: "fields",
      fields: [
        { label: say.longest, value: say.days(streak.longest) },
        { label: say.freezes, value: say.freezesHeld(freezes.held, passesToNextFreeze(freezes)) },
      ],
    },
    ...picture,
    ...(why ? reasons : calendar(streak, request.locale)),
    ...today,
    ...(await repair(request, services)),
    ...(await team(request, services)),
    { kind: "note", text: say.rule(schedule?.passScore ?? defaultThresholds.score) },
    { kind: "note", text: say.freezeRule },
  );
}

async function run(request: StreakRequest, services: Services): Promise<Reply> {
  const { share, remind, tapped, pause, makeup, home, text, opened } = request.options;
  if (share !== undefined) return nameOrNot(share, request, services);
  if (remind !== undefined) return changeReminder(remind, tapped === true, request, services);
  if (pause !== undefined) return changePause(pause, request, services);
  if (home === true) return moveHome(request, services);
  if (text !== undefined) return answerMakeUp(text, opened, request, services);
  if (makeup === true) return offerMakeUp(request, services);
  return show(request, services);
}

export const streak = defineCommand({
  name: "streak",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "连续天数和日历；/streak why 逐日说明",
    en: "Your streak and calendar; /streak why explains each day",
  },
  examples: [
    "/streak",
    "/streak why",
    "/streak makeup",
    "/streak pause 12-24..12-31",
    "/streak remind 20:00 Berlin",
    "/streak remind off",
    "/streak home",
  ],
  options,
  shorthands: [],
  readText,
  form: ({ of, text }, locale) => (of === undefined || text !== undefined ? null : makeUpForm(of, locale)),
  run,
});
