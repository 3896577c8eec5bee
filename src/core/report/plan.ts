import { z } from "zod";
import { datesOfWeek, type IsoWeek, isoWeekOf, isoWeekSchema, weeksAfter } from "#core/board/period";
import { type Instant, instantSchema, type StudyDate, studyDateSchema } from "#core/ids";
import { nextDay, studyDateAt } from "#core/round/calendar";
import { settlesAt, type Window } from "#core/round/opening";
import type { Schedule } from "#core/schedule/schedule";
import { instantOf } from "#core/schedule/wall-time";

/** The text of a channel's dossier: which week is reported next, and when that was planned for. */
export const reportPlanSchema = z.strictObject({
  week: isoWeekSchema,
  dueAt: instantSchema,
  /** The team's streak that the last report told, and the Sunday of its week: a year of rounds need not be read again. */
  told: z.strictObject({ through: studyDateSchema, streak: z.int().nonnegative() }).optional(),
});
export type ReportPlan = Readonly<z.infer<typeof reportPlanSchema>>;

type Timing = Pick<Schedule, "zone" | "time">;

const lastDateOf = (week: IsoWeek): StudyDate => {
  const [sunday] = datesOfWeek(week).slice(6);
  if (sunday === undefined) throw new Error(`the week ${week} has no Sunday`);
  return sunday;
};

/** A zone that changes its side of the date line loses one date, and none has lost two in a row. */
const DATES_TRIED = 3;

/**
 * When the report about a week is due: on the Monday after it, when the channel's question comes; a date later where
 * the zone has no such Monday.
 */
export const reportDueAt = (week: IsoWeek, { zone, time }: Timing): Instant => {
  let date = nextDay(lastDateOf(week));
  for (let tried = 0; tried < DATES_TRIED; tried += 1, date = nextDay(date)) {
    const at = instantOf(zone, time, date);
    if (at !== null) return at;
  }
  throw new Error(`${zone} has no dates after ${week}`);
};

export const planFor = (week: IsoWeek, timing: Timing): ReportPlan => ({
  week,
  dueAt: reportDueAt(week, timing),
});

/** The first plan of a channel: the week that runs there now. */
export const firstPlan = (now: Instant, timing: Timing): ReportPlan =>
  planFor(isoWeekOf(studyDateAt(now, timing.zone)), timing);

/** The last week whose report is due by now. */
const lastDue = (now: Instant, timing: Timing): IsoWeek => {
  const running = isoWeekOf(studyDateAt(now, timing.zone));
  const before = weeksAfter(running, -1);
  return reportDueAt(before, timing) <= now ? before : weeksAfter(running, -2);
};

/** What is to be done about a channel's reports. */
export type ReportStep =
  /** Nothing before then. */
  | { readonly kind: "wait"; readonly plan: ReportPlan; readonly until: Instant }
  /** The week's report is due and wanted; afterwards `next` is planned. `late` weeks before it are given up. */
  | {
      readonly kind: "report";
      readonly week: IsoWeek;
      readonly next: ReportPlan;
      readonly givenUp: number;
    };

/** How many weeks `to` is behind `from`. */
const weeksBetween = (from: IsoWeek, to: IsoWeek): number =>
  Math.round(
    (Date.parse(`${lastDateOf(to)}T00:00Z`) - Date.parse(`${lastDateOf(from)}T00:00Z`)) / (7 * 86_400_000),
  );

/**
 * What a plan asks for now. A report that is late by a week or more is given up for the newest one: what a team did a
 * month ago helps nobody.
 *
 * @param rounds the channel's, of the week that is due at least: none of them may take answers any more
 */
export function nextStep(
  plan: ReportPlan,
  timing: Timing,
  rounds: readonly (Window & { readonly date: StudyDate })[],
  now: Instant,
): ReportStep {
  const due = planFor(plan.week, timing);
  if (now < due.dueAt) return { kind: "wait", plan: due, until: due.dueAt };
  const last = lastDue(now, timing);
  const week = last > plan.week ? last : plan.week;
  const dates = datesOfWeek(week);
  const settled = Math.max(0, ...rounds.filter(({ date }) => dates.includes(date)).map(settlesAt));
  if (now <= settled) return { kind: "wait", plan: planFor(week, timing), until: settled + 1 };
  return {
    kind: "report",
    week,
    next: planFor(weeksAfter(week, 1), timing),
    givenUp: weeksBetween(plan.week, week),
  };
}
