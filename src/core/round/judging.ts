import type { Question } from "#core/pack/question";
import type { Amendment } from "#core/reply";
import type { Request } from "#core/request";
import { briefFor } from "#core/scoring/brief";
import type { GradeResult } from "#core/scoring/grader";
import { isWorthJudging, mergeJudgement, withoutJudge } from "#core/scoring/hybrid";
import { type Judge, JudgeFailure } from "#core/scoring/judge";
import type { CompiledRubric } from "#core/scoring/rubric";
import type { Services } from "#core/services";
import type { Round } from "./round.ts";
import { reasonsAgainst, type Submitted } from "./submission.ts";

/** Where it is looked up whether a judge has read anything of a member's before. */
const LOOKED_BACK = 20;

/** An answer with the result that the member has seen. */
export interface Judged {
  readonly submitted: Submitted & { readonly result: GradeResult };
  readonly question: Question;
  /** Null for practice. */
  readonly round: Round | null;
  readonly request: Request;
}

/** The same answer after the second reading. */
export interface Rejudged {
  readonly submitted: Judged["submitted"];
  /** The ids of the points that have another verdict now. */
  readonly changed: ReadonlySet<string>;
}

const wasRead = (result: GradeResult | null): boolean =>
  result !== null && (result.grader.promptVersion !== undefined || result.flags.includes("judge-failed"));

/** Second readings of answers, which go on after the member has the first result. */
export class Judging {
  readonly #judge: Judge;
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** The host that a member's answers are sent to, while none of theirs has been; null where there is nothing to tell. */
  async hostToTell({ tenant, member }: Request, { store }: Services): Promise<string | null> {
    if (this.#judge.host === null) return null;
    const attempts = await store.attempts({ tenant, member, limit: LOOKED_BACK });
    return attempts.some(({ result }) => wasRead(result)) ? null : this.#judge.host;
  }

  /** Whether an answer will be read a second time. */
  reads({ result }: Submitted): boolean {
    return result !== null && !this.#ending.signal.aborted && isWorthJudging(result);
  }

  /**
   * Has an answer read again and keeps what comes of it. Never rejects: whatever fails, the first result stays.
   *
   * @param amend draws the result anew where a verdict has changed or the reading failed
   * @returns null where the member has nothing new to see
   */
  seek(
    judged: Judged,
    services: Services,
    amend: (rejudged: Rejudged) => Promise<Amendment>,
  ): Promise<Amendment | null> {
    const reading = this.#read(judged, services, amend).catch((error: unknown) => {
      services.log.error("second reading failed", error, {
        question: judged.question.id,
        submission: judged.request.submission,
      });
      return null;
    });
    this.#running.add(reading);
    void reading.then(() => this.#running.delete(reading));
    return reading;
  }

  async #read(
    { submitted, question, round, request }: Judged,
    services: Services,
    amend: (rejudged: Rejudged) => Promise<Amendment>,
  ): Promise<Amendment | null> {
    const local = submitted.result;
    const rubric = services.library.rubric(question.id);
    if (rubric === undefined) throw new Error(`question ${question.id} has no rubric`);
    const { text } = submitted.recorded.attempt;
    const result = await this.#secondResult(text, local, question, rubric, request, services);
    if (result === null) return null;

    const reasons =
      round === null ? [] : await reasonsAgainst(text, result, round, question, request, services);
    const { tenant, member, submission } = request;
    const revised = await services.store.reviseResult({
      tenant,
      member,
      round: round?.id ?? null,
      submission,
      judged: local,
      result,
      credit: round !== null && reasons.length === 0 ? round.date : null,
    });
    if (revised.outcome !== "revised") return null;
    const changed = result.points.filter(({ verdict }, at) => verdict !== local.points[at]?.verdict);
    if (changed.length === 0 && result.flags.length === local.flags.length) return null;
    return amend({
      submitted: { recorded: { ...submitted.recorded, attempt: revised.attempt }, result, reasons },
      changed: new Set(changed.map(({ id }) => id)),
    });
  }

  /** The result after the second reading; null where the program is ending and the answer stays as it was. */
  async #secondResult(
    answer: string,
    local: GradeResult,
    question: Question,
    rubric: CompiledRubric,
    request: Request,
    { log }: Services,
  ): Promise<GradeResult | null> {
    const facts = { question: question.id, submission: request.submission };
    const briefing = briefFor(answer, question, rubric, request);
    try {
      const reply = await this.#judge.judge(briefing.brief, this.#ending.signal);
      const { result, distrust } = mergeJudgement(local, reply, answer, rubric, briefing, this.#judge);
      if (distrust !== null) log.warn("judge not believed", { ...facts, distrust });
      return result;
    } catch (error) {
      if (!(error instanceof JudgeFailure)) throw error;
      if (error.reason === "stopped") return null;
      log.warn("judge failed", { ...facts, reason: error.reason, status: error.status });
      return withoutJudge(local);
    }
  }

  /** Breaks off what is being read and waits until nothing of it touches the store any more. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#running);
  }
}
