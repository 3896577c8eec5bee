import type { TenantId } from "#core/ids";
import { memberIdSchema } from "#core/ids";
import type { Services } from "#core/services";

/** Who studies in the recorded day. */
export const people = ["ann", "lin", "sam", "jun", "kit", "mia"] as const;
export type Person = (typeof people)[number];

/** Half past eight in Shanghai, on a Wednesday. */
export const MORNING = Date.UTC(2026, 10, 25, 0, 30);

/** What somebody reads who has asked for something. */
export interface Read {
  readonly text: string;
  /** Whether nobody else sees it. */
  readonly isPrivate: boolean;
  /** Descriptions of its pictures. */
  readonly alts: readonly string[];
  /** Presses a button under it; what they read then. */
  press(label: string): Promise<string>;
  /** The same, to go on from what comes of it. */
  next(label: string): Promise<Read>;
  /** Fills in the form that a button opens, or a choice in a menu, and sends it; what they read then. */
  write(from: Opener, fields: Readonly<Record<string, string>>): Promise<string>;
}

export type Opener = { readonly button: string } | { readonly menu: string; readonly choice: string };

/** A platform on which the day is played; each act is done as its members do it. */
export interface DayStage {
  readonly tenant: TenantId;
  readonly services: Services;
  idOf(person: Person): string;
  /** How a member is named in what is revealed. */
  nameOf(person: Person): string;
  passTime(ms: number): Promise<void>;
  /** An admin sets the channel up; what the panel says. */
  setUp(): Promise<string>;
  /** The same by somebody who may not, past what the platform itself would keep them from. */
  setUpForged(person: Person): Promise<string>;
  /** Waits for the daily post; its text and whether it can be answered. */
  dailyPost(): Promise<{ readonly text: string; readonly takesAnswers: boolean }>;
  /** The daily posts as they stand, oldest first. */
  posts(): readonly { readonly text: string; readonly takesAnswers: boolean }[];
  /** How the platform writes an instant that each reader sees in their own zone. */
  deadline(at: number): string;
  /** Answers by the button under the first daily post. */
  answer(person: Person, text: string): Promise<Read>;
  /** An answer by a button that stands there no more. */
  answerForged(person: Person, text: string): Promise<string>;
  look(person: Person, command: string, options: Readonly<Record<string, string | boolean>>): Promise<Read>;
  /** All that everybody in the channel sees. */
  inChannel(): string;
  /** Descriptions of the pictures in the channel. */
  picturesInChannel(): readonly string[];
  /** What a member reads in their direct messages, oldest first. */
  direct(person: Person): readonly string[];
  /** Presses a button of the newest direct message; what stands in its place then. */
  pressDirect(person: Person, label: string): Promise<string>;
  /** The next direct message to a member is not taken. */
  closeDirect(person: Person): void;
  restart(): Promise<void>;
  /** All that stands in the thread under the first daily post. */
  inThread(): string;
  until(what: string, holds: () => boolean): Promise<void>;
  /** Throws where the platform has refused something, somebody was rung, or an error was logged. */
  end(): Promise<void>;
}

/** What a day has left of a member. */
export interface MemberOutcome {
  readonly scores: readonly (number | null)[];
  readonly verdicts: readonly string[];
  readonly flags: readonly string[];
  readonly days: readonly string[];
}

/** What the day has left, member by member, whatever they are called there. */
export async function outcomeOf(stage: DayStage): Promise<Readonly<Record<string, MemberOutcome>>> {
  const { store } = stage.services;
  const outcome: Record<string, MemberOutcome> = {};
  for (const person of people) {
    const member = memberIdSchema.parse(stage.idOf(person));
    const attempts = await store.attempts({ tenant: stage.tenant, member, limit: 10 });
    const days = await store.ledger(stage.tenant, member);
    outcome[person] = {
      scores: attempts.map(({ result }) => result?.score ?? null),
      verdicts: attempts.flatMap(({ result }) =>
        (result?.points ?? []).map(({ id, verdict }) => `${id} ${verdict}`),
      ),
      flags: attempts.flatMap(({ result }) => result?.flags ?? []),
      days: days.map(({ date, kind }) => `${date} ${kind}`),
    };
  }
  return outcome;
}
