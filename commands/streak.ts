import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { pictureBeside } from "#core/picture";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { skippedDates, standingOf } from "#core/streak/standing";
import { type DayReason, explainedDays, type Streak } from "#core/streak/streak";
import { teamStreakOf } from "#core/streak/team";

const options = z.object({
  why: z
    .boolean()
    .optional()
    .meta({
      aliases: ["为什么", "原因"],
      label: { zh: "原因", en: "why" },
      description: "explain each of the last 14 days",
    }),
  share: z
    .boolean()
    .optional()
    .meta({
      aliases: ["署名"],
      label: { zh: "署名", en: "share" },
      description: "be named among those who kept their streak",
    }),
});

/** Rounds that the team's streak looks back on. */
const ROUNDS_READ = 120;

/** One character a day, readable without colour. */
const marks: Readonly<Record<DayReason, string>> = {
  pass: "●",
  madeup: "◍",
  freeze: "❄",
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
  const rounds = await store.participation(request.tenant, request.channel, ROUNDS_READ);
  const { active, current, moreNeeded } = teamStreakOf(rounds, clock.now());
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

async function run(request: RequestWith<z.output<typeof options>>, services: Services): Promise<Reply> {
  const { share, why } = request.options;
  if (share !== undefined) return nameOrNot(share, request, services);
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
  return privateReply(
    { kind: "heading", text: say.current(streak.current) },
    { kind: "fields", fields: [{ label: say.longest, value: say.days(streak.longest) }] },
    ...picture,
    ...(why ? reasons : calendar(streak, request.locale)),
    ...today,
    ...(await team(request, services)),
    { kind: "note", text: say.rule },
  );
}

export const streak = defineCommand({
  name: "streak",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "连续天数和日历；/streak why 逐日说明",
    en: "Your streak and calendar; /streak why explains each day",
  },
  examples: ["/streak", "/streak why"],
  options,
  shorthands: [],
  run,
});
