import { fingerprint } from "#core/fingerprint";
import type { ChannelId, Instant, MemberId, SubmissionId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Services } from "#core/services";
import { withTask } from "./change.ts";
import { type Interview, interviewSchema } from "./interview.ts";

export interface InterviewWish {
  readonly channel: ChannelId;
  readonly host: MemberId;
  readonly locale: Locale;
  readonly topic: string | null;
  readonly questions: number | null;
  readonly minutes: number;
  /** When it was asked for, by the platform's clock, and by what: both are the same at every delivery. */
  readonly sentAt: Instant;
  readonly submission: SubmissionId;
}

/** The latest instant that a name of 13 digits can be counted back from. */
const LAST_INSTANT = 9_999_999_999_999;

/** Names an interview, so that the newest comes first in the order of names. */
export const interviewIdOf = (sentAt: Instant, submission: SubmissionId, host: MemberId): string =>
  `${String(LAST_INSTANT - sentAt).padStart(13, "0")}-${fingerprint([submission, host])}`;

/** An interview in its lobby, with its host in it and its thread still to be opened. */
export function newInterview(wish: InterviewWish, now: Instant): Interview {
  const { channel, host, locale, topic, questions, minutes, sentAt, submission } = wish;
  const interview: Interview = {
    id: interviewIdOf(sentAt, submission, host),
    channel,
    thread: null,
    locale,
    host,
    createdAt: now,
    phase: "lobby",
    over: null,
    topic,
    questions,
    minutes,
    seats: [{ member: host, leftAt: null, consents: false, candidate: 0, interviewer: 0 }],
    turns: [],
    skipped: [],
    messages: { first: null, questions: {} },
    tasks: [],
    numbered: 0,
    heard: [submission],
  };
  return withTask(interview, now, { kind: "open" });
}

/** No interview lasts longer: twice the most questions, of the most minutes each. */
const LONGEST_MS = 24 * 3_600_000;
const READ_AT_ONCE = 20;
const MOST_READ = 100;

/** The interviews of a channel that are not over, the newest first. */
export async function openInterviews(
  tenant: TenantId,
  channel: ChannelId,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<readonly Interview[]> {
  const found: Interview[] = [];
  let after: string | undefined;
  for (let read = 0; read < MOST_READ; read += READ_AT_ONCE) {
    const page = await store.dossiers({
      tenant,
      kind: "interview",
      limit: READ_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    const interviews = page.map(({ text }) => interviewSchema.parse(JSON.parse(text)));
    found.push(...interviews.filter((each) => each.channel === channel && each.phase !== "over"));
    const last = interviews.at(-1);
    if (last === undefined || page.length < READ_AT_ONCE || clock.now() - last.createdAt > LONGEST_MS) break;
    after = last.id;
  }
  return found;
}
