import { z } from "zod";
import { readAppeal } from "#core/appeal/appeal";
import { boardPeriodSchema } from "#core/board/period";
import { type Dossier, type DossierKind, dossierKindSchema } from "#core/dossier";
import { knownEditors } from "#core/editors";
import {
  channelIdSchema,
  instantSchema,
  type MemberId,
  memberIdSchema,
  type RoundId,
  studyDateSchema,
  tenantIdSchema,
} from "#core/ids";
import { interviewSchema } from "#core/interview/interview";
import type { Store } from "#core/ports";
import { consentId } from "#core/report/consent";
import { type Attempt, attemptSchema } from "#core/round/round";
import type { Services } from "#core/services";
import { streakChoiceSchema } from "#core/streak/choice";
import { studyDaySchema } from "#core/streak/ledger";
import { readSuggestion } from "#core/suggestion/suggestion";
import { dossiersOf, type Whom } from "./dossiers.ts";

/** More than anybody sends in a lifetime of days. */
const EVERYTHING = 1_000_000;
const ALL_TIME = boardPeriodSchema.parse("all");

const timed = z.iso.datetime();
const answerSchema = attemptSchema
  .omit({ tenant: true, member: true, sentAt: true })
  .extend({ sentAt: timed })
  .readonly();

/** A member's file; a new release only adds to it, or counts the version up. */
export const memberExportSchema = z.strictObject({
  format: z.literal("rehearsal-member"),
  version: z.literal(1),
  /** A large export comes in several files. */
  part: z.int().positive(),
  parts: z.int().positive(),
  exportedAt: timed,
  tenant: tenantIdSchema,
  member: memberIdSchema,
  answers: z.array(answerSchema),
  studyDays: z.array(studyDaySchema),
  answeredDates: z.array(z.strictObject({ date: studyDateSchema, pending: z.boolean() })),
  homeChannel: channelIdSchema.nullable(),
  streakChoices: z.array(streakChoiceSchema),
  practising: z.string().nullable(),
  /** How many hints were taken of a round or, in practice, of a question. */
  hints: z.array(z.strictObject({ of: z.string(), taken: z.int().positive() })),
  boardPoints: z.int().nonnegative(),
  /** What others may see. */
  shown: z.strictObject({
    onBoards: z.boolean(),
    asStreakKeeper: z.boolean(),
    asMostImproved: z.boolean(),
    answers: z.array(z.strictObject({ round: z.string(), named: z.boolean() })),
  }),
  isKnownEditor: z.boolean(),
  reminder: z.unknown(),
  interviewDate: z.unknown(),
  notes: z.unknown(),
  lastInterview: z.unknown(),
  appeals: z.array(z.unknown()),
  suggestions: z.array(z.unknown()),
  interviews: z.array(z.unknown()),
  /** What the platform's adapter keeps beside it. */
  elsewhere: z.unknown(),
});
export type MemberExport = Readonly<z.infer<typeof memberExportSchema>>;

const at = (instant: number): string => new Date(instantSchema.parse(instant)).toISOString();

const answerOf = ({ tenant: _, member: __, sentAt, ...attempt }: Attempt) => ({
  ...attempt,
  sentAt: at(sentAt),
});

/** The dossiers of a kind that are the member's, as `of` reads them. */
async function theirs(
  { tenant }: Whom,
  kind: DossierKind,
  store: Store,
  of: (dossier: Dossier) => unknown,
): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const dossier of dossiersOf(store, tenant, kind)) {
    const own = dossier.id.includes("/") ? null : of(dossier);
    if (own !== null) found.push(own);
  }
  return found;
}

const textOf = async ({ tenant, member }: Whom, kind: DossierKind, store: Store): Promise<unknown> => {
  const dossier = await store.dossier(tenant, dossierKindSchema.parse(kind), member);
  return dossier === null ? null : JSON.parse(dossier.text);
};

/** What an interview has of a member: what they said, what was judged of it, and what they wrote down of others. */
function interviewPart({ id, text }: Dossier, member: MemberId): unknown {
  const { seats, turns, createdAt, host } = interviewSchema.parse(JSON.parse(text));
  const seat = seats.find((one) => one.member === member);
  if (seat === undefined) return null;
  return {
    id,
    createdAt: at(createdAt),
    hosted: host === member,
    seat,
    asked: turns
      .filter(({ candidate }) => candidate === member)
      .map(({ question, written, score, verdicts }) => ({
        question,
        written: written.map((one) => ({ ...one, by: one.by === member ? one.by : "another member" })),
        score,
        verdicts,
      })),
    wroteOfOthers: turns
      .filter(({ candidate }) => candidate !== member)
      .map(({ question, written, ticks }) => ({
        question,
        written: written.filter(({ by }) => by === member),
        ticked: ticks[member] ?? [],
      }))
      .filter(({ written, ticked }) => written.length + ticked.length > 0),
  };
}

async function shownOf({ tenant, member }: Whom, rounds: readonly RoundId[], store: Store) {
  const [named, hidden, improved] = await Promise.all([
    store.named(tenant),
    store.hiddenAmong(tenant, [member]),
    store.dossier(tenant, "consent", consentId(member)),
  ]);
  const answers: { round: string; named: boolean }[] = [];
  for (const round of rounds) {
    const offers = await store.offers(tenant, round);
    for (const offer of offers) if (offer.member === member) answers.push({ round, named: offer.named });
  }
  return {
    onBoards: hidden.length === 0,
    asStreakKeeper: named.includes(member),
    asMostImproved: improved !== null,
    answers,
  };
}

/** Everything that is kept of a member in a tenant. */
export async function exportMember(
  whom: Whom,
  { store, elsewhere }: Pick<Services, "store" | "elsewhere">,
): Promise<MemberExport> {
  const { tenant, member } = whom;
  const attempts = await store.attempts({ tenant, member, limit: EVERYTHING });
  const rounds = [...new Set(attempts.flatMap(({ round }) => (round === null ? [] : [round])))];
  const { own } = await store.board({ tenant, period: ALL_TIME, member, limit: 1 });
  return memberExportSchema.parse({
    format: "rehearsal-member",
    version: 1,
    part: 1,
    parts: 1,
    exportedAt: at(whom.at),
    tenant,
    member,
    answers: attempts.map(answerOf),
    studyDays: await store.ledger(tenant, member),
    answeredDates: await store.answeredDates(tenant, member),
    homeChannel: await store.homeChannel(tenant, member),
    streakChoices: await store.choices(tenant, member),
    practising: await store.practice(tenant, member),
    hints: await store.hintsOf(tenant, member),
    boardPoints: own?.points ?? 0,
    shown: await shownOf(whom, rounds, store),
    isKnownEditor: (await knownEditors(store, tenant)).some((editor) => editor.member === member),
    reminder: await textOf(whom, "reminder", store),
    interviewDate: await textOf(whom, "interview-date", store),
    notes: await textOf(whom, "inbox", store),
    lastInterview: await textOf(whom, "interview-seat", store),
    appeals: await theirs(whom, "appeal", store, ({ text }) => {
      const appeal = readAppeal(text);
      return appeal.member === member ? appeal : null;
    }),
    suggestions: await theirs(whom, "suggestion", store, ({ text }) => {
      const suggestion = readSuggestion(text);
      return suggestion.type === "question" && suggestion.member === member ? suggestion : null;
    }),
    interviews: await theirs(whom, "interview", store, (dossier) => interviewPart(dossier, member)),
    elsewhere: (await elsewhere?.find(tenant, member)) ?? null,
  });
}

/** What every platform lets a bot send in one file. */
const BYTES_A_FILE = 7 * 1024 * 1024;

/** The export as files of readable JSON; each stands by itself. */
export function filesOf(whole: MemberExport, most = BYTES_A_FILE): readonly string[] {
  const groups: MemberExport["answers"][] = [[]];
  let size = 0;
  for (const answer of whole.answers) {
    const bytes = new TextEncoder().encode(JSON.stringify(answer, null, 2)).length;
    if (size > 0 && size + bytes > most) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(answer);
    size += bytes;
  }
  return groups.map((answers, at) =>
    JSON.stringify({ ...whole, answers, part: at + 1, parts: groups.length }, null, 2),
  );
}
