import type { StudyDate } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { daysBetween, nextDay, studyDateAt } from "#core/round/calendar";
import type { Services } from "#core/services";
import type { Pause, StreakChoice } from "./choice.ts";
import { readSpan } from "./dates.ts";
import {
  datesOf,
  daysByQuarter,
  isWithinQuarters,
  LONGEST_PAUSE_DAYS,
  PAUSED_DAYS_A_QUARTER,
  pausedDates,
  quarterOf,
} from "./pauses.ts";
import { homeOf } from "./standing.ts";

/** No pause begins later than this from now. */
const DAYS_AHEAD = 366;
const endings = new Set(["off", "end", "none", "no", "stop", "cancel", "结束", "取消", "无", "不"]);

/** The date at a member's home, whose rounds the pause is about. */
async function todayAtHome(
  { tenant, member, channel, sentAt }: Request,
  { store, zone }: Services,
): Promise<StudyDate> {
  const home = (await homeOf(tenant, member, sentAt, store)) ?? channel;
  const schedule = await store.schedule(tenant, home);
  return studyDateAt(sentAt, schedule?.zone ?? zone);
}

const pausesIn = (choices: readonly StreakChoice[]): readonly Pause[] =>
  choices.filter((choice) => choice.kind === "pause");

/** @throws Refusal where it has begun already, is too far away or too long, or the quarter has not so many days left */
function refuseUnfit(
  { from, to }: Pick<Pause, "from"> & { to: StudyDate },
  today: StudyDate,
  used: ReadonlySet<StudyDate>,
): void {
  if (to < from) throw new Refusal((say) => say.streak.pauseBackwards(from, to));
  if (from <= today) throw new Refusal((say) => say.streak.pauseBegun(today));
  if (daysBetween(today, from) > DAYS_AHEAD) throw new Refusal((say) => say.streak.pauseFar);
  const isLong = daysBetween(from, to) >= LONGEST_PAUSE_DAYS;
  if (!isLong && isWithinQuarters([...used, ...datesOf({ from, to })])) return;
  const taken = daysByQuarter(used).get(quarterOf(from)) ?? 0;
  throw new Refusal((say) =>
    say.streak.pauseLong(Math.max(0, PAUSED_DAYS_A_QUARTER - taken), PAUSED_DAYS_A_QUARTER),
  );
}

async function listPauses(request: Request, today: StudyDate, { store }: Services): Promise<Reply> {
  const say = messagesFor(request.locale).streak;
  const pauses = pausesIn(await store.choices(request.tenant, request.member));
  const items = pauses
    .flatMap(({ from, to }) => (to === null || to < today ? [] : [{ from, to }]))
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .map(({ from, to }) => say.pauseSpan(from, to));
  if (items.length === 0) return privateReply({ kind: "text", text: say.noPause });
  const list: Block = { kind: "list", ordered: false, items };
  return privateReply({ kind: "heading", text: say.pauses }, list, { kind: "note", text: say.pauseHow });
}

/** Takes back what has not begun, and ends today what has. */
async function endPauses(request: Request, today: StudyDate, { store }: Services): Promise<Reply> {
  const { tenant, member, sentAt: at } = request;
  for (const pause of pausesIn(await store.choices(tenant, member))) {
    if (pause.to === null || pause.to <= today) continue;
    await store.keepChoice(tenant, member, { ...pause, to: pause.from > today ? null : today, at });
  }
  return privateReply({ kind: "text", text: messagesFor(request.locale).streak.pauseEnded });
}

/**
 * Sets a pause, ends them all (`off`), or lists them (an empty text).
 *
 * @throws Refusal where it is no span of days, or none that can be paused
 */
export async function changePause(typed: string, request: Request, services: Services): Promise<Reply> {
  const today = await todayAtHome(request, services);
  const word = typed.trim().toLowerCase();
  if (word === "") return listPauses(request, today, services);
  if (endings.has(word)) return endPauses(request, today, services);
  const span = readSpan(typed, nextDay(today));
  if (span === null) throw new Refusal((say) => say.streak.badPause(typed.slice(0, 40)));
  const { store } = services;
  const { tenant, member, sentAt: at } = request;
  const { from, to } = span;
  // A pause of the same first day is the one that is changed.
  const others = (await store.choices(tenant, member)).filter(
    (choice) => choice.kind !== "pause" || choice.from !== from,
  );
  const used = pausedDates(others);
  refuseUnfit(span, today, used);
  await store.keepChoice(tenant, member, { kind: "pause", from, to, at });
  const taken = daysByQuarter([...used, ...datesOf(span)]).get(quarterOf(from)) ?? 0;
  const left = PAUSED_DAYS_A_QUARTER - taken;
  return privateReply({ kind: "text", text: messagesFor(request.locale).streak.paused(from, to, left) });
}
