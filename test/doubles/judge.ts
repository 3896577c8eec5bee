import { memberIdSchema, tenantIdSchema } from "#core/ids";
import { type Briefing, briefFor } from "#core/scoring/brief";
import type { Judge } from "#core/scoring/judge";
import { type JudgeParts, openJudge } from "#src/judge/judge";
import { questions, rubricOf } from "#test/core/scoring/rubrics";
import type { JudgeEndpoint } from "#test/doubles/judge-endpoint";

export const KEY = "sk-secret-key-of-the-operator";

/** A judge in front of a test's endpoint; pauses take no time. */
export const judgeAt = ({ url }: JudgeEndpoint, parts: Partial<JudgeParts> = {}): Judge =>
  openJudge(
    { url, key: KEY, model: "fake-model", host: "api.example.com" },
    {
      clock: { now: () => Date.UTC(2026, 10, 25, 9) },
      random: () => 0.5,
      pause: async (_, signal) => signal.throwIfAborted(),
      ...parts,
    },
  );

export const tenant = tenantIdSchema.parse("team");
export const member = memberIdSchema.parse("ada");

/** What a judge is given for an answer to one of the shipped questions. */
export function briefingFor(answer: string, questionId = "q5-oom", as: string = member): Briefing {
  const question = questions.find(({ id }) => id === questionId);
  if (question === undefined) throw new Error(`no question ${questionId}`);
  return briefFor(answer, question, rubricOf(questionId), { tenant, member: memberIdSchema.parse(as) });
}
