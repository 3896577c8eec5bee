import { z } from "zod";
import { changeDossier } from "#core/dossier-change";
import { type Instant, type StudyDate, studyDateSchema, submissionIdSchema } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import { studyDateAt, type Zone } from "#core/round/calendar";
import type { Services } from "#core/services";

const DAY_MS = 86_400_000;
/** Interviews further off are no reason to cram. */
const FURTHEST_DAYS = 366;

const dossierSchema = z.strictObject({
  /** Null where the date was taken back. */
  date: studyDateSchema.nullable(),
  /** The submission that set it. */
  setBy: submissionIdSchema,
});

/** Where dates were kept before they had a dossier; the ones set then still hold. */
const oldKeyOf = (member: string): string => `interview-date:${member}`;

/** The beginning of the day in UTC: a cram is planned in days. */
const instantOf = (date: StudyDate): Instant => Date.parse(`${date}T00:00:00Z`);

/** The date as it was set last; null where none is. */
async function keptDate({ tenant, member }: Request, { store, clock }: Services): Promise<StudyDate | null> {
  const kept = await store.dossier(tenant, "interview-date", member);
  if (kept !== null) return dossierSchema.parse(JSON.parse(kept.text)).date;
  const old = await store.keptAction(tenant, oldKeyOf(member), clock.now());
  return old === null || old === "" ? null : studyDateSchema.parse(old);
}

/** The date that a member works towards, while it has not passed; null where there is none. */
export async function interviewDate(request: Request, services: Services): Promise<StudyDate | null> {
  const date = await keptDate(request, services);
  return date === null || date < studyDateAt(services.clock.now(), services.zone) ? null : date;
}

export const interviewInstant = (date: StudyDate | null): Instant | null =>
  date === null ? null : instantOf(date);

/**
 * Sets (a date) or ends (`off`) what a member works towards.
 *
 * @throws Refusal for what is no date, has passed or lies more than a year ahead
 */
export async function setInterviewDate(
  typed: string,
  zone: Zone,
  request: Request,
  { store, clock }: Services,
): Promise<StudyDate | null> {
  const now = clock.now();
  const { tenant, member, submission } = request;
  const keep = (date: StudyDate | null): Promise<unknown> =>
    changeDossier(store, { tenant, kind: "interview-date", id: member }, () => ({
      text: JSON.stringify({ date, setBy: submission }),
      wakeAt: null,
    }));
  if (/^(?:off|none|stop|取消|关|不用)$/iu.test(typed.trim())) {
    await keep(null);
    return null;
  }
  const date = readDate(typed, studyDateAt(now, zone));
  if (date === null) throw new Refusal((say) => say.practice.noDate(typed.slice(0, 40)));
  const at = instantOf(date);
  if (date < studyDateAt(now, zone)) throw new Refusal((say) => say.practice.datePassed(date));
  if (at - now > FURTHEST_DAYS * DAY_MS) throw new Refusal((say) => say.practice.dateTooFar);
  await keep(date);
  return date;
}

/** `2026-12-24`, `12-24`, `12/24`, `12月24日`; without a year the next such day. Null for anything else. */
function readDate(typed: string, today: StudyDate): StudyDate | null {
  const match = /^(?:(\d{4})\s?[-/.年]\s?)?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?$/u.exec(typed.trim());
  if (match === null) return null;
  const [, year, month = "", day = ""] = match;
  const written = (of: number): string => `${of}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const thisYear = Number(today.slice(0, 4));
  const text =
    year === undefined
      ? written(thisYear) < today
        ? written(thisYear + 1)
        : written(thisYear)
      : written(Number(year));
  const parsed = studyDateSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}
