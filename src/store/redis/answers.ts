import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  type MemberId,
  memberIdSchema,
  type RoundId,
  roundIdSchema,
  submissionIdSchema,
  type TenantId,
} from "#core/ids";
import { ATTEMPTS_PER_ROUND } from "#core/ports";
import type { AttemptQuery, AttemptToRecord, Recorded, Revised, Revision } from "#core/round/recording";
import type { Attempt } from "#core/round/round";
import { type GradeResult, gradeResultSchema } from "#core/scoring/grader";
import { ConflictingSubmission } from "#core/store-failure";
import { answerKeys, type EffectArgs, type Effects } from "./effects.ts";
import { digestOf } from "./erased-name.ts";
import { fromPart, tenantKeys, toPart } from "./keys.ts";
import { instantTextSchema, jsonSchema, textsSchema } from "./replies.ts";
import { byTime } from "./round-texts.ts";
import type { RedisServer } from "./server.ts";

/** Names of calls that no other process has: a random beginning and a count. */
const callNames = (): (() => string) => {
  const beginning = randomBytes(6).toString("base64url");
  let count = 0;
  return () => {
    count += 1;
    return `${beginning}${count.toString(36)}`;
  };
};

/**
 * A result as a text: equal ones have equal texts, in whatever order their keys came. Written out, as a schema takes longer
 * over it than all else that is done for an answer here.
 */
export const resultText = ({ score, points, flags, grader }: GradeResult): string => {
  const { id, version, rubricHash, promptVersion } = grader;
  return JSON.stringify({
    score,
    points: points.map((point) => ({
      id: point.id,
      verdict: point.verdict,
      confidence: point.confidence,
      evidence: point.evidence.map(({ start, end, quote }) => ({ start, end, quote })),
      reason: point.reason,
    })),
    flags,
    grader: { id, version, rubricHash, promptVersion },
  });
};

const part = z.string().transform(fromPart);
const resultPart = z.union([z.literal("").transform(() => null), jsonSchema.pipe(gradeResultSchema)]);
const roundPart = z.union([z.literal("").transform(() => null), part.pipe(roundIdSchema)]);

const fieldsSchema = z.object({
  member: part.pipe(memberIdSchema),
  round: roundPart,
  submission: part.pipe(submissionIdSchema),
  question: part.pipe(z.string().min(1)),
  sentAt: instantTextSchema,
  text: jsonSchema.pipe(z.string()),
  result: resultPart,
});

/** An entry of the journal as a flat reply: `k answer 2 <member> 3 <round> …`. */
export const attemptIn = (tenant: TenantId, entry: unknown): Attempt => {
  const fields = textsSchema.parse(entry);
  const [member, round, submission, question, sentAt, text, result] = fields.filter(
    (_, at) => at % 2 === 1 && at > 2,
  );
  return { tenant, ...fieldsSchema.parse({ member, round, submission, question, sentAt, text, result }) };
};

/** Who answered a round, and the best of their scores; null where none of their answers has one. */
export interface Answered {
  readonly member: MemberId;
  readonly best: number | null;
}

/** In the database, where a score would be. */
const NO_SCORE = 255;
const NO_POINTS = "-";
const hintCostText = (cost: number | null): string =>
  cost === null ? NO_POINTS : cost === 0 ? "" : String(cost);

/** What an answer's entry says of its board points, as arguments of the script. */
export const winningsIn = (
  args: EffectArgs,
): { readonly hintCost: number | null; readonly earned: boolean } => {
  const [credited = "", cost = "", earned = ""] = [args[8], args[11], args[12]];
  return { hintCost: cost === NO_POINTS ? null : Number(cost), earned: credited !== "" || earned === "1" };
};

const ENTRIES_AT_ONCE = 500;
const numbersSchema = z.array(z.int().positive());
const entriesSchema = z.array(z.unknown());
// What nearly always comes stands first: a branch that does not fit costs as much as one that does.
const recordedSchema = z.union([
  z.tuple([z.literal("kept"), z.int(), z.int()]),
  z.tuple([z.literal("conflict")]),
  z.tuple([z.literal("erased")]),
  z.tuple([z.literal("full"), z.int()]),
  z.tuple([z.literal("kept"), z.int(), z.int(), z.unknown()]),
]);
const revisedSchema = z.union([
  z.tuple([z.literal("unknown")]),
  z.tuple([z.enum(["revised", "superseded"]), z.unknown()]),
]);

export const answersIn = (server: RedisServer, effects: Effects, nameCall = callNames()) => ({
  record: async (attempt: AttemptToRecord): Promise<Recorded> => {
    const { credit, hintCost = 0, earned = false, ...sent } = attempt;
    const { tenant, member, round, submission, question, sentAt, text, result } = sent;
    const reply = recordedSchema.parse(
      await effects.apply(tenant, "answer", [
        toPart(member),
        round === null ? "" : toPart(round),
        toPart(submission),
        toPart(question),
        String(sentAt),
        JSON.stringify(text),
        result === null ? "" : resultText(result),
        result === null ? "" : String(result.score),
        credit ?? "",
        nameCall(),
        String(ATTEMPTS_PER_ROUND),
        hintCostText(hintCost),
        earned ? "1" : "",
        digestOf(tenant, member),
      ]),
    );
    if (reply[0] === "erased") return { outcome: "erased" };
    if (reply[0] === "conflict") throw new ConflictingSubmission(submission);
    if (reply[0] === "full") return { outcome: "no-attempts-left", count: reply[1] };
    const [, fresh, count, entry] = reply;
    const kept = entry === undefined ? sent : attemptIn(tenant, entry);
    return { outcome: "recorded", fresh: fresh === 1, attempt: kept, count };
  },

  revise: async ({
    tenant,
    member,
    round,
    submission,
    judged,
    result,
    credit,
    earned = false,
  }: Revision): Promise<Revised> => {
    const args = [
      toPart(member),
      round === null ? "" : toPart(round),
      toPart(submission),
      resultText(judged),
      resultText(result),
      String(result.score),
      credit ?? "",
      earned ? "1" : "",
    ];
    const reply = revisedSchema.parse(
      await server.write("revise", answerKeys(tenantKeys(tenant), args), ["", ...args]),
    );
    if (reply[0] === "unknown") return { outcome: "unknown" };
    const [outcome, entry] = reply;
    return { outcome, attempt: attemptIn(tenant, entry) };
  },

  ofMember: async ({ tenant, member, round, question, limit }: AttemptQuery): Promise<Attempt[]> => {
    const keys = tenantKeys(tenant);
    const index = keys.answers(member);
    const reply = await server.read(
      "answers-of-member",
      [
        keys.journal,
        index,
        ...(round === undefined ? [index, index] : [keys.live(round), keys.packed(round)]),
      ],
      [
        round === undefined ? "" : toPart(round),
        question === undefined ? "" : toPart(question),
        String(limit),
        toPart(member),
      ],
    );
    return entriesSchema.parse(reply).map((entry) => attemptIn(tenant, entry));
  },

  /** A crowd's answers are read some at a time: one script for all would hold up everybody else. */
  ofRound: async (tenant: TenantId, round: RoundId): Promise<Attempt[]> => {
    const keys = tenantKeys(tenant);
    const found = new Map<string, Attempt>();
    const read = new Set<number>();
    for (;;) {
      const all = numbersSchema.parse(
        await server.read("numbers-of-round", [keys.live(round), keys.packed(round)], []),
      );
      const numbers = all.filter((number) => !read.has(number));
      let gone = numbers.length;
      for (let at = 0; at < numbers.length; at += ENTRIES_AT_ONCE) {
        const some = numbers.slice(at, at + ENTRIES_AT_ONCE);
        const reply = await server.read("entries", [keys.journal], [some.join(",")]);
        for (const entry of entriesSchema.parse(reply)) {
          const attempt = attemptIn(tenant, entry);
          found.set(`${toPart(attempt.member)}|${toPart(attempt.submission)}`, attempt);
          gone -= 1;
        }
        for (const number of some) read.add(number);
      }
      // What was rewritten since the numbers were read has another one now. What was recorded since is not looked for:
      // in a rush there would always be more.
      if (gone === 0) break;
    }
    return [...found.values()].toSorted(byTime);
  },

  /** Who answered each of some rounds, with the best of their scores. */
  membersOf: async (
    tenant: TenantId,
    rounds: readonly RoundId[],
  ): Promise<readonly (readonly Answered[])[]> => {
    const keys = tenantKeys(tenant);
    // The same people answer day after day: each name is read once.
    const known = new Map<string, MemberId>();
    const memberIn = (name: string): MemberId => {
      const member = known.get(name) ?? memberIdSchema.parse(fromPart(name));
      known.set(name, member);
      return member;
    };
    const texts = await Promise.all(
      rounds.map((round) =>
        server.read("members-of-round", [keys.journal, keys.live(round), keys.packed(round)], []),
      ),
    );
    return texts.map((text) => {
      const words = z.string().parse(text).split(" ");
      return Array.from({ length: words.length >> 1 }, (_, at) => {
        const best = Number(words[2 * at + 1]);
        return { member: memberIn(words[2 * at] ?? ""), best: best === NO_SCORE ? null : best };
      });
    });
  },
});
export type Answers = ReturnType<typeof answersIn>;
