import type { Instant, StudyDate } from "#core/ids";
import type { Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import { newestRound } from "#core/round/sitting";
import type { Services } from "#core/services";
import { chooseForPractice, nextDue, type PracticeChoice } from "./choice.ts";
import { interviewDate, interviewInstant } from "./interview-date.ts";
import { type Memory, memoryOf, reviewsIn } from "./memory.ts";

/** Answers that far back still say what a member remembers. */
const ATTEMPTS_READ = 5000;

/** What a member practises next, and why. */
export interface NextPractice extends PracticeChoice {
  /** The interview that it works towards; null where there is none. */
  readonly date: StudyDate | null;
  /** When the next point falls due; null where none was ever asked. */
  readonly nextDueAt: Instant | null;
}

export interface PracticeNarrowing {
  /** Null for any. */
  readonly topics: readonly string[] | null;
  /** A question that the member has before them already and wants to get away from. */
  readonly but?: string | null;
}

/** What a member remembers now, and when each question was answered last. */
export async function memoryNow(
  { tenant, member }: Pick<Request, "tenant" | "member">,
  { store }: Pick<Services, "store">,
): Promise<{ readonly memory: Memory; readonly lastAsked: ReadonlyMap<string, Instant> }> {
  const attempts = await store.attempts({ tenant, member, limit: ATTEMPTS_READ });
  const lastAsked = new Map(attempts.toReversed().map(({ question, sentAt }) => [question, sentAt]));
  return { memory: memoryOf(reviewsIn(attempts)), lastAsked };
}

/** The questions that may be practised: not the one that the channel is asked or was asked last. */
async function practisable(
  { topics, but = null }: PracticeNarrowing,
  request: Request,
  services: Services,
): Promise<readonly Question[]> {
  const today = (await newestRound(request, services))?.question;
  const questions = services.library.questions.filter(
    ({ id, topic }) => id !== today && (topics === null || topics.includes(topic)),
  );
  const others = questions.filter(({ id }) => id !== but);
  return others.length === 0 ? questions : others;
}

/**
 * The question that a member practises next: the one chooser of /quiz and /practice.
 *
 * @throws Refusal where there is none
 */
export async function nextPractice(
  narrowing: PracticeNarrowing,
  request: Request,
  services: Services,
): Promise<NextPractice> {
  const questions = await practisable(narrowing, request, services);
  const { memory, lastAsked } = await memoryNow(request, services);
  const date = await interviewDate(request, services);
  const now = services.clock.now();
  const choice = chooseForPractice({ questions, memory, lastAsked, now, until: interviewInstant(date) });
  if (choice === null) throw new Refusal((say) => say.quiz.noQuestions);
  return { ...choice, date, nextDueAt: nextDue(questions, memory) };
}
