import type { Library } from "#core/pack/library";
import type { Places } from "#core/places";
import type { Holidays } from "#core/ports";
import { rank } from "#core/ranking";
import { Refusal } from "#core/refusal";
import { type WallTime, wallTimeSchema } from "#core/schedule/wall-time";

const shown = (typed: string): string => typed.slice(0, 40);

const TIME = /^(上午|早上|下午|晚上)?(\d{1,2})(?:[:.点时h](半|\d{2})?分?)?(am|pm)?$/u;
const afterNoon = new Set(["下午", "晚上", "pm"]);
const beforeNoon = new Set(["上午", "早上", "am"]);

/**
 * A time of day as people write it: `9:00`, `21.30`, `9pm`, `晚上9点半`.
 *
 * @throws Refusal where it is none
 */
export function readTime(typed: string): WallTime {
  const refuse = (): never => {
    throw new Refusal((say) => say.settings.badTime(shown(typed)));
  };
  const parts = TIME.exec(typed.normalize("NFKC").toLowerCase().replace(/\s+/gu, ""));
  if (parts === null) return refuse();
  const [, before = "", hourText = "", minuteText = "00", behind = ""] = parts;
  const half = before || behind;
  const minute = minuteText === "半" ? "30" : minuteText;
  let hour = Number(hourText);
  if (half !== "" && (hour < 1 || hour > 12)) return refuse();
  if (afterNoon.has(half) && hour < 12) hour += 12;
  if (beforeNoon.has(half) && hour === 12) hour = 0;
  const time = wallTimeSchema.safeParse(`${String(hour).padStart(2, "0")}:${minute}`);
  return time.success ? time.data : refuse();
}

const dayWords: readonly (readonly string[])[] = [
  ["1", "mon", "monday", "周一", "星期一", "礼拜一"],
  ["2", "tue", "tues", "tuesday", "周二", "星期二", "礼拜二"],
  ["3", "wed", "wednesday", "周三", "星期三", "礼拜三"],
  ["4", "thu", "thur", "thurs", "thursday", "周四", "星期四", "礼拜四"],
  ["5", "fri", "friday", "周五", "星期五", "礼拜五"],
  ["6", "sat", "saturday", "周六", "星期六", "礼拜六"],
  ["7", "0", "sun", "sunday", "周日", "周天", "星期日", "星期天", "礼拜天"],
];
const groups: Readonly<Record<string, readonly number[]>> = {
  weekdays: [1, 2, 3, 4, 5],
  workdays: [1, 2, 3, 4, 5],
  工作日: [1, 2, 3, 4, 5],
  weekend: [6, 7],
  weekends: [6, 7],
  周末: [6, 7],
  daily: [1, 2, 3, 4, 5, 6, 7],
  everyday: [1, 2, 3, 4, 5, 6, 7],
  "every-day": [1, 2, 3, 4, 5, 6, 7],
  all: [1, 2, 3, 4, 5, 6, 7],
  每天: [1, 2, 3, 4, 5, 6, 7],
};

/** 1 Monday to 7 Sunday; 0 where the word is no weekday. */
const dayOf = (word: string): number => dayWords.findIndex((words) => words.includes(word)) + 1;

function daysIn(item: string): readonly number[] {
  const word = item.normalize("NFKC").trim().toLowerCase();
  const group = groups[word];
  if (group !== undefined) return group;
  const [from = "", to = from, ...more] = word.split(/[-–~到至]/u).map((part) => part.trim());
  const first = dayOf(from);
  const last = dayOf(to);
  if (first === 0 || last === 0 || more.length > 0)
    throw new Refusal((say) => say.settings.badWeekdays(shown(item)));
  // Friday to Monday goes over the end of the week.
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, at) => ((first - 1 + at) % 7) + 1);
}

/**
 * Weekdays as people write them: `1-5`, `mon`, `周一至周五`, `工作日`.
 *
 * @returns ISO weekdays, each once, in order
 * @throws Refusal where one of the items is no weekday
 */
export function readWeekdays(items: readonly string[]): number[] {
  const days = [...new Set(items.flatMap(daysIn))].toSorted((one, other) => one - other);
  if (days.length === 0) throw new Refusal((say) => say.settings.badWeekdays(""));
  return days;
}

const CODE = /^[a-z]{2}(?:-[a-z0-9]{1,3})?$/i;
const nobodys = new Set(["none", "no", "off", "无", "没有", "不"]);

/**
 * A calendar of holidays by its code, or by the place's name in Chinese or English; null for nobody's.
 *
 * @throws Refusal where nobody knows such a calendar
 */
export async function readHolidays(
  typed: string,
  places: Places,
  holidays: Holidays,
): Promise<string | null> {
  const word = typed.trim();
  if (nobodys.has(word.toLowerCase())) return null;
  const findable = places.holidays.map(({ id, names }) => ({ id, names: [id, names.zh, names.en] }));
  const [found, next] = rank(word, findable);
  const isSure = found !== undefined && (found.fit === 0 || next === undefined || next.fit > found.fit);
  // A code that is not listed is looked up as it stands: to take it for a neighbour's would be a guess.
  const id = isSure && (found.fit === 0 || !CODE.test(word)) ? found.one.id : word.toUpperCase();
  await holidays.calendar(id);
  return id;
}

/** Roles by their ids, each once; none where one of them says so. */
export const readEditors = (items: readonly string[]): string[] =>
  items.some((item) => nobodys.has(item.toLowerCase())) ? [] : [...new Set(items)];

const MOST_TOPICS = 25;
const every = new Set(["all", "全部", "所有"]);

/**
 * Topics by their ids or names; null for all of them, which is what an empty list means too.
 *
 * @throws Refusal that lists the topics where one is none
 */
export function readTopics(items: readonly string[], { questions, topic }: Library): string[] | null {
  if (items.length === 0 || items.some((item) => every.has(item.trim().toLowerCase()))) return null;
  const known = [...new Set(questions.map((question) => question.topic))].map((id) => {
    const names = topic(id) ?? { zh: id, en: id };
    return { id, bilingual: names, names: [id, names.zh, names.en] };
  });
  const ids = items.map((item) => {
    const [found, next] = rank(item, known);
    // Only what can mean one topic is taken for it.
    if (found !== undefined && item.trim() !== "" && (found.fit === 0 || next === undefined))
      return found.one.id;
    throw new Refusal((say) =>
      say.settings.noSuchTopic(
        shown(item),
        known.map(({ bilingual }) => bilingual),
      ),
    );
  });
  const chosen = [...new Set(ids)];
  if (chosen.length > MOST_TOPICS) throw new Refusal((say) => say.settings.tooManyTopics(MOST_TOPICS));
  return chosen;
}

/** A whole number of hours as people write it: `12`, `12h`, `12小时`; null where it is none. */
const hoursIn = (typed: string): number | null => {
  const parts = /^(\d{1,3})\s*(?:h|hours?|小时|个小时)?$/iu.exec(typed.trim().normalize("NFKC"));
  return parts === null ? null : Number(parts[1]);
};

/** @throws Refusal where it is neither 8 to 24 hours nor `next` */
export function readClose(typed: string): number | null {
  if (["next", "下一题"].includes(typed.trim().toLowerCase())) return null;
  const hours = hoursIn(typed);
  if (hours === null || hours < 8 || hours > 24)
    throw new Refusal((say) => say.settings.badClose(shown(typed)));
  return hours;
}

/** @returns milliseconds @throws Refusal where it is not 1 to 24 hours */
export function readCatchUp(typed: string): number {
  const hours = hoursIn(typed);
  if (hours === null || hours < 1 || hours > 24)
    throw new Refusal((say) => say.settings.badCatchup(shown(typed)));
  return hours * 3_600_000;
}
