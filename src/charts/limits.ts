import {
  CALENDAR_WEEKS,
  type CalendarPicture,
  type MemoryPicture,
  PICTURE_ROWS,
  type ReportPicture,
  type TopicsPicture,
} from "#core/charts";
import { plainLabel } from "./label.ts";
import { weeksOf } from "./weeks.ts";

/** Columns of a label beside its bar. */
const LABEL_COLUMNS = 26;
const TITLE_COLUMNS = 48;

/** What is drawn, and how many rows of the input are not. */
export type Drawn<Subject> = Subject & { readonly more: number };

const finite = (value: number, least: number, most: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;

export function drawnCalendar(of: CalendarPicture): Drawn<CalendarPicture> {
  const first = weeksOf(of.days.map(({ date }) => date)).slice(-CALENDAR_WEEKS)[0]?.[0];
  const days = first === undefined ? [] : of.days.filter(({ date }) => date >= first);
  return { ...of, days, more: of.days.length - days.length };
}

export const drawnTopics = ({ topics }: TopicsPicture): Drawn<TopicsPicture> => ({
  topics: topics.slice(0, PICTURE_ROWS).map(({ label, score, answers }) => ({
    label: plainLabel(label, LABEL_COLUMNS),
    score: Math.round(finite(score, 0, 100)),
    answers: Math.round(finite(answers, 0, 99_999)),
  })),
  more: Math.max(0, topics.length - PICTURE_ROWS),
});

/** No card has as much: keeps a defect elsewhere from drawing `1e+30`. */
const MOST_GIB = 99_999;

export const drawnMemory = (of: MemoryPicture): Drawn<MemoryPicture> => ({
  title: plainLabel(of.title, TITLE_COLUMNS),
  parts: of.parts
    .map(({ name, gib }) => ({ name, gib: finite(gib, 0, MOST_GIB) }))
    .filter(({ gib }) => gib > 0),
  total: finite(of.total, 0, MOST_GIB),
  decimals: Math.round(finite(of.decimals, 0, 2)),
  cards: of.cards.slice(0, PICTURE_ROWS).map(({ name, usable, verdict }) => ({
    name: plainLabel(name, LABEL_COLUMNS),
    usable: finite(usable, 0, MOST_GIB),
    verdict,
  })),
  more: Math.max(0, of.cards.length - PICTURE_ROWS),
});

/** Columns of a key point above its bar. */
const POINT_COLUMNS = 52;
const DAYS = 7;
const POINTS = 3;
const MOST_MEMBERS = 999_999;

const count = (value: number, most: number = MOST_MEMBERS): number => Math.round(finite(value, 0, most));

export const drawnReport = (of: ReportPicture): Drawn<ReportPicture> => ({
  week: of.week,
  from: of.from,
  to: of.to,
  days: of.days.slice(0, DAYS).map(({ date, answered, passed }) => ({
    date,
    answered: count(answered),
    passed: count(passed, count(answered)),
  })),
  members: count(of.members),
  mean: of.mean === null ? null : count(of.mean, 100),
  teamStreak: count(of.teamStreak),
  weakest: of.weakest.slice(0, POINTS).map((point) => {
    const all = count(point.of);
    const had = count(point.had, all);
    return {
      label: plainLabel(point.label, POINT_COLUMNS),
      had,
      partly: count(point.partly, all - had),
      of: all,
    };
  }),
  more: Math.max(0, of.days.length - DAYS),
});
