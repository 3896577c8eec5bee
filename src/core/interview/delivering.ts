import { type SubmissionId, submissionIdSchema, type TenantId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { PostRefused } from "#core/ports";
import type { Services } from "#core/services";
import type { Once, Stages } from "#core/stages";
import type { Interview, Task, WaitingTask } from "./interview.ts";
import { changeKept, happenTo } from "./keeping.ts";
import { firstPost, postFor, questionPost } from "./posts.ts";
import { readInterview, rememberAsked } from "./seat.ts";

type Parts = Pick<Services, "store" | "library" | "clock" | "log"> & { readonly stages: Stages };

/** What became of a task: nothing but that it is done, or the name of what was posted. */
interface Done {
  readonly number: number;
  readonly thread?: string;
  readonly message?: string;
  readonly question?: number;
}

/** Names the answer of a question of an interview among all that its candidate ever sent. */
export const answerIdOf = ({ id }: Pick<Interview, "id">, turn: number): SubmissionId =>
  submissionIdSchema.parse(`interview/${id}/${turn}`);

/** The key under which a task is done once. */
const onceFor = ({ id }: Interview, { number, at }: WaitingTask): Once => ({
  key: `interview/${id}/${number}`,
  since: at,
});

async function record(
  tenant: TenantId,
  interview: Interview,
  { turn: number, text, sentAt, result }: Extract<Task, { kind: "record" }>,
  { store }: Parts,
): Promise<void> {
  const turn = interview.turns[number];
  if (turn === undefined) return;
  await store.recordAttempt({
    tenant,
    member: turn.candidate,
    // As practice: it is remembered point by point, and touches neither streak nor board.
    round: null,
    question: turn.question,
    submission: answerIdOf(interview, number),
    sentAt,
    text,
    result,
    credit: null,
  });
}

async function open(
  tenant: TenantId,
  interview: Interview,
  waiting: WaitingTask,
  parts: Parts,
): Promise<Done> {
  const { channel, locale, topic } = interview;
  const about = topic === null ? null : (parts.library.topic(topic)?.[locale] ?? topic);
  const title = messagesFor(locale).interview.threadTitle(about).slice(0, 80);
  const first = firstPost(interview, parts.library);
  return {
    number: waiting.number,
    ...(await parts.stages.open(tenant, channel, title, first, onceFor(interview, waiting))),
  };
}

async function redraw(
  tenant: TenantId,
  interview: Interview,
  turn: number | null,
  { stages, store, library }: Parts,
): Promise<void> {
  const { id, channel, thread, messages } = interview;
  const message = turn === null ? messages.first : (messages.questions[turn] ?? null);
  if (thread === null || message === null) return;
  await stages.edit({ tenant, channel, thread }, message, async () => {
    const now = await readInterview(store, tenant, id);
    if (now === null) return null;
    return turn === null ? firstPost(now, library) : questionPost(now, turn, library);
  });
}

/** @returns null where the task waits for the thread */
async function carryOut(
  tenant: TenantId,
  interview: Interview,
  waiting: WaitingTask,
  parts: Parts,
): Promise<Done | null> {
  const { number, task } = waiting;
  if (task.kind === "open") return open(tenant, interview, waiting, parts);
  if (task.kind === "record") {
    await record(tenant, interview, task, parts);
    return { number };
  }
  if (task.kind === "asked") {
    const turn = interview.turns[task.turn];
    if (turn !== undefined) await rememberAsked(parts.store, tenant, turn);
    return { number };
  }
  const { channel, thread } = interview;
  if (thread === null) return null;
  if (task.kind === "redraw") {
    await redraw(tenant, interview, task.turn, parts);
    return { number };
  }
  const reply = postFor(interview, task, parts.library);
  if (reply === null) return { number };
  const message = await parts.stages.post({ tenant, channel, thread }, reply, onceFor(interview, waiting));
  return task.kind === "question" ? { number, message, question: task.turn } : { number };
}

/** The interview without the tasks that are done, and with the names of what was posted. */
function withDone(interview: Interview, done: readonly Done[]): Interview {
  const numbers = new Set(done.map(({ number }) => number));
  const tasks = interview.tasks.filter(({ number }) => !numbers.has(number));
  if (tasks.length === interview.tasks.length) return interview;
  const opened = done.find(({ thread }) => thread !== undefined);
  const questions = done.flatMap(({ message, question }) =>
    message === undefined || question === undefined ? [] : [[String(question), message] as const],
  );
  return {
    ...interview,
    tasks,
    thread: opened?.thread ?? interview.thread,
    messages: {
      first: opened?.message ?? interview.messages.first,
      questions: { ...interview.messages.questions, ...Object.fromEntries(questions) },
    },
  };
}

/** Rounds of posting: each may meet what others have added meanwhile. */
const ROUNDS = 5;

/**
 * Does what waits to be done, in its order, as far as it goes: what fails stays, and is tried again by the clock. Whoever
 * else does the same at the same time does it under the same keys, so that it is done once.
 *
 * @param edits `later`: messages are brought up to date without anybody waiting for it, and by the clock once more
 */
export async function deliver(
  tenant: TenantId,
  given: Interview,
  edits: "now" | "later",
  parts: Parts,
): Promise<Interview> {
  let interview = given;
  for (let round = 0; round < ROUNDS; round += 1) {
    const waiting = interview.tasks.filter(({ task }) => edits === "now" || task.kind !== "redraw");
    if (waiting.length === 0) break;
    const done: Done[] = [];
    let isRefused = false;
    try {
      for (const each of waiting) {
        const opened = done.find(({ thread }) => thread !== undefined);
        const known = opened === undefined ? interview : withDone(interview, done);
        const outcome = await carryOut(tenant, known, each, parts);
        if (outcome === null) break;
        done.push(outcome);
      }
    } catch (error) {
      isRefused = error instanceof PostRefused;
      parts.log.error("an interview's message was not sent", error, { tenant, interview: interview.id });
    }
    const before = interview.id;
    if (done.length > 0)
      interview = await changeKept(tenant, before, parts, (standing) => withDone(standing, done));
    if (isRefused) return happenTo(tenant, before, null, parts, () => ({ kind: "thread-lost" }));
    if (done.length < waiting.length) break;
  }
  if (edits === "later") startEdits(tenant, interview, parts);
  return interview;
}

/** A press does not wait until a message that everybody edits has had its turn. */
function startEdits(tenant: TenantId, interview: Interview, parts: Parts): void {
  for (const { task } of interview.tasks) {
    if (task.kind !== "redraw") continue;
    redraw(tenant, interview, task.turn, parts).catch((error: unknown) => {
      parts.log.error("an interview's message was not brought up to date", error, { tenant });
    });
  }
}
