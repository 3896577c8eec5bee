import type { ChannelId, Instant, StudyDate, TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import { nextDue, type Timing } from "#core/schedule/due";
import type { HolidayCalendar } from "#core/schedule/holiday-calendar";
import { chooseQuestion, freshQuestions } from "./choose.ts";
import type { BankQuestion } from "./difficulty.ts";
import type { Round } from "./round.ts";

interface Place {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
}

/** The rounds whose scores are read: enough to know how hard questions are here, and how hard they are now. */
const RESULTS_READ = 60;

/** The question that is asked next in a channel, and how many that were never asked are left after it. */
export interface NextQuestion {
  readonly question: string;
  readonly left: number;
  /** When the channel's last question came; null where this one is its first. */
  readonly lastAt: Instant | null;
}

/** The channel's rounds as far as its next question depends on them: whatever is older has waited longest anyway. */
export const pastRounds = (
  { tenant, channel }: Place,
  bank: readonly BankQuestion[],
  store: Pick<Store, "rounds">,
): Promise<readonly Round[]> => store.rounds(tenant, channel, 2 * bank.length + 1);

/** @returns null where there is nothing to ask */
export async function pickQuestion(
  place: Place,
  bank: readonly BankQuestion[],
  store: Pick<Store, "rounds" | "participation">,
): Promise<NextQuestion | null> {
  const { tenant, channel } = place;
  const [past, participation] = await Promise.all([
    pastRounds(place, bank, store),
    store.participation(tenant, channel, RESULTS_READ),
  ]);
  const lastAt = past.length === 0 ? null : Math.max(...past.map(({ opensAt }) => opensAt));
  // The last round closes as the next one opens: its answers may still come, and no two processes see the same of them.
  const over = participation.filter(({ round }) => round.opensAt !== lastAt);
  const results = over.map(({ round, members }) => ({
    question: round.question,
    scores: members.flatMap(({ best }) => best ?? []),
  }));
  const question = chooseQuestion({ bank, past, results, seed: channel });
  if (question === null) return null;
  const left = freshQuestions({ bank, past }).filter(({ id }) => id !== question).length;
  return { question, left, lastAt };
}

const DAY_MS = 86_400_000;
/** How long before the first repetition admins are told. */
const TOLD_BEFORE_MS = 7 * DAY_MS;

/** The date on which a question comes again for want of new ones; null where that is more than seven days away. */
export const repeatsOn = (
  left: number,
  timing: Timing,
  now: Instant,
  calendar: HolidayCalendar,
): StudyDate | null => {
  let due = nextDue(timing, now, calendar);
  for (let asked = 0; due !== null && due.at - now <= TOLD_BEFORE_MS; asked += 1) {
    if (asked === left) return due.date;
    due = nextDue(timing, due.at, calendar);
  }
  return null;
};

/** Whether admins are to be told with this question: it is the first after which that date is so near. */
export const isFirstWarning = (
  { left, lastAt }: NextQuestion,
  timing: Timing,
  now: Instant,
  calendar: HolidayCalendar,
): boolean =>
  repeatsOn(left, timing, now, calendar) !== null &&
  (lastAt === null || repeatsOn(left + 1, timing, lastAt, calendar) === null);
