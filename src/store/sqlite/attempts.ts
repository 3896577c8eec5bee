import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import {
  type ChannelId,
  channelIdSchema,
  instantSchema,
  type MemberId,
  memberIdSchema,
  type RoundId,
  roundIdSchema,
  type StudyDate,
  studyDateSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import type {
  AttemptQuery,
  AttemptToRecord,
  Recorded,
  Revised,
  Revision,
  SentText,
} from "#core/round/recording";
import type { Attempt } from "#core/round/round";
import { type GradeResult, gradeResultSchema } from "#core/scoring/grader";
import { ConflictingSubmission } from "#core/store-failure";
import type { AnsweredDate } from "#core/streak/ledger";
import type { boardsTables } from "./boards.ts";
import { fromColumn, toColumn } from "./columns.ts";
import type { erasuresTable } from "./erasures.ts";
import type { studyDaysTable } from "./study-days.ts";

/** Practice answers no round; '' is no JSON string, so it can be no round's id. */
const PRACTICE = "";

const roundColumn = (round: RoundId | null): string => (round === null ? PRACTICE : toColumn(round));

const rowSchema = z
  .object({
    tenant: fromColumn.pipe(tenantIdSchema),
    round: z.union([z.literal(PRACTICE).transform(() => null), fromColumn.pipe(roundIdSchema)]),
    member: fromColumn.pipe(memberIdSchema),
    submission: fromColumn.pipe(submissionIdSchema),
    question: fromColumn.pipe(z.string().min(1)),
    sent_at: instantSchema,
    text: fromColumn.pipe(z.string()),
    result: fromColumn.pipe(gradeResultSchema).nullable(),
  })
  .transform(({ sent_at: sentAt, ...row }): Attempt => ({ ...row, sentAt }));

const textSchema = z
  .object({
    member: fromColumn.pipe(memberIdSchema),
    submission: fromColumn.pipe(submissionIdSchema),
    sent_at: instantSchema,
    text: fromColumn.pipe(z.string()),
  })
  .transform(({ sent_at: sentAt, ...row }): SentText => ({ ...row, sentAt }));

const countSchema = z.object({ count: z.int().nonnegative() });
const channelRowSchema = z.object({ channel: fromColumn.pipe(channelIdSchema) });
const answeredSchema = z
  .object({ date: studyDateSchema, pending: z.int() })
  .transform(({ date, pending }): AnsweredDate => ({ date, pending: pending === 1 }));

/** Parsing brings the keys into one order, so that equal results have equal texts. */
const resultText = (result: GradeResult): string => JSON.stringify(gradeResultSchema.parse(result));

/** The answers. `record` and `revise` are called inside a transaction. */
export const attemptsTable = (
  database: DatabaseSync,
  studyDays: ReturnType<typeof studyDaysTable>,
  boards: ReturnType<typeof boardsTables>,
  erasures: Pick<ReturnType<typeof erasuresTable>, "erasedAt">,
) => {
  const find = database.prepare(
    "SELECT * FROM attempts WHERE tenant = ? AND round = ? AND member = ? AND submission = ?",
  );
  const countAtRound = database.prepare(
    "SELECT count(*) AS count FROM attempts WHERE tenant = ? AND round = ? AND member = ?",
  );
  const countInPractice = database.prepare(
    "SELECT count(*) AS count FROM attempts WHERE tenant = ? AND round = '' AND member = ? AND question = ?",
  );
  const insert = database.prepare(
    "INSERT INTO attempts (tenant, round, member, submission, question, sent_at, text, result, hint_cost, earned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const complete = database.prepare(
    "UPDATE attempts SET result = ?, earned = max(earned, ?) WHERE tenant = ? AND round = ? AND member = ? AND submission = ?",
  );
  const ofMember = database.prepare(
    `SELECT * FROM attempts
     WHERE tenant = ?1 AND member = ?2 AND (?3 IS NULL OR round = ?3) AND (?4 IS NULL OR question = ?4)
     ORDER BY sent_at DESC, round DESC, submission DESC LIMIT ?5`,
  );
  const ofRound = database.prepare(
    "SELECT * FROM attempts WHERE tenant = ?1 AND round = ?2 ORDER BY sent_at, member, submission",
  );
  const textsOfRound = database.prepare(
    `SELECT * FROM (
       SELECT member, submission, sent_at, text FROM attempts
       WHERE tenant = ?1 AND round = ?2 ORDER BY sent_at DESC, member DESC, submission DESC LIMIT ?3
     ) ORDER BY sent_at, member, submission`,
  );
  const answered = database.prepare(
    `SELECT rounds.date AS date, max(attempts.result IS NULL) AS pending
     FROM attempts JOIN rounds ON rounds.tenant = attempts.tenant AND rounds.id = attempts.round
     WHERE attempts.tenant = ? AND attempts.member = ? GROUP BY rounds.date ORDER BY rounds.date`,
  );
  const home = database.prepare(
    `SELECT rounds.channel AS channel
     FROM attempts JOIN rounds ON rounds.tenant = attempts.tenant AND rounds.id = attempts.round
     WHERE attempts.tenant = ? AND attempts.member = ? ORDER BY attempts.sent_at, rounds.id LIMIT 1`,
  );

  const countOf = ({ tenant, member, round, question }: Omit<Attempt, "result">): number =>
    countSchema.parse(
      round === null
        ? countInPractice.get(toColumn(tenant), toColumn(member), toColumn(question))
        : countAtRound.get(toColumn(tenant), roundColumn(round), toColumn(member)),
    ).count;

  /** What follows from an answer that is written as it is now. */
  const follow = (
    { tenant, member, round }: Pick<Attempt, "tenant" | "member" | "round">,
    credit: StudyDate | null,
  ): void => {
    if (credit !== null) studyDays.credit(tenant, member, { date: credit, kind: "pass" });
    if (round !== null) boards.settle(tenant, member, round);
  };

  return {
    record: ({ credit, hintCost = 0, earned = false, ...attempt }: AttemptToRecord): Recorded => {
      const { tenant, member, round, submission, question, text, result } = attempt;
      const key = [toColumn(tenant), roundColumn(round), toColumn(member), toColumn(submission)] as const;
      const resultColumn = result === null ? null : JSON.stringify(result);
      const isEarned = earned || credit !== null ? 1 : 0;
      const count = countOf(attempt);
      const row = find.get(...key);
      if (row !== undefined) {
        const kept = rowSchema.parse(row);
        // Of an old answer the words may be forgotten.
        const isSame = (kept.text === text || kept.text === "") && kept.question === question;
        if (!isSame) throw new ConflictingSubmission(submission);
        if (kept.result !== null || result === null)
          return { outcome: "recorded", fresh: false, attempt: kept, count };
        complete.run(resultColumn, isEarned, ...key);
        follow(attempt, credit);
        return { outcome: "recorded", fresh: false, attempt: { ...kept, result }, count };
      }
      if (attempt.sentAt <= (erasures.erasedAt(tenant, member) ?? -1)) return { outcome: "erased" };
      if (round !== null && count >= ATTEMPTS_PER_ROUND) return { outcome: "no-attempts-left", count };
      insert.run(
        ...key,
        toColumn(question),
        attempt.sentAt,
        toColumn(text),
        resultColumn,
        hintCost,
        isEarned,
      );
      follow(attempt, credit);
      return { outcome: "recorded", fresh: true, attempt, count: count + 1 };
    },

    revise: (revision: Revision): Revised => {
      const { tenant, member, round, submission, judged, result, credit, earned = false } = revision;
      const key = [toColumn(tenant), roundColumn(round), toColumn(member), toColumn(submission)] as const;
      const row = find.get(...key);
      if (row === undefined) return { outcome: "unknown" };
      const kept = rowSchema.parse(row);
      const known = kept.result === null ? null : resultText(kept.result);
      if (known !== resultText(judged) && known !== resultText(result))
        return { outcome: "superseded", attempt: kept };
      complete.run(JSON.stringify(result), earned || credit !== null ? 1 : 0, ...key);
      follow(revision, credit);
      return { outcome: "revised", attempt: { ...kept, result } };
    },

    ofMember: ({ tenant, member, round, question, limit }: AttemptQuery): Attempt[] =>
      ofMember
        .all(
          toColumn(tenant),
          toColumn(member),
          round === undefined ? null : toColumn(round),
          question === undefined ? null : toColumn(question),
          limit,
        )
        .map((row) => rowSchema.parse(row)),

    ofRound: (tenant: TenantId, round: RoundId): Attempt[] =>
      ofRound.all(toColumn(tenant), toColumn(round)).map((row) => rowSchema.parse(row)),

    textsOfRound: (tenant: TenantId, round: RoundId, most: number): SentText[] =>
      textsOfRound.all(toColumn(tenant), toColumn(round), most).map((row) => textSchema.parse(row)),

    answeredDates: (tenant: TenantId, member: MemberId): AnsweredDate[] =>
      answered.all(toColumn(tenant), toColumn(member)).map((row) => answeredSchema.parse(row)),

    homeChannel: (tenant: TenantId, member: MemberId): ChannelId | null => {
      const row = home.get(toColumn(tenant), toColumn(member));
      return row === undefined ? null : channelRowSchema.parse(row).channel;
    },
  };
};
