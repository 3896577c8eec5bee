import { performance } from "node:perf_hooks";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { openRedisStore } from "#src/store/redis/store";
import { type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import type { Figure } from "./figure.ts";

const MEMBERS = ["ada", "bo", "cy", "dee", "eli", "fay", "gus", "hal"] as const;
/** A month in which each of them practised sixteen times a day. */
const ANSWERS_BEFORE = 480;
const DAY_MS = 86_400_000;

type Times = Map<string, number[]>;

async function answerBefore({ services, tenant, now }: InterviewTeam): Promise<void> {
  const [question] = services.library.questions;
  const rubric = question === undefined ? undefined : services.library.rubric(question.id);
  if (question === undefined || rubric === undefined) throw new Error("there is no question");
  const text = question.modelAnswer.en;
  const result = await services.grader.grade({ answer: text, rubric, locale: "en" });
  for (const name of MEMBERS) {
    const member = memberIdSchema.parse(name);
    for (let at = 0; at < ANSWERS_BEFORE; at += 1)
      await services.store.recordAttempt({
        tenant,
        member,
        round: null,
        question: question.id,
        submission: submissionIdSchema.parse(`before-${name}-${at}`),
        sentAt: now() - DAY_MS - at * 1000,
        text,
        result,
        credit: null,
      });
  }
}

/** One interview of eight from the lobby to the reports, each step of it timed. */
async function hold(team: InterviewTeam): Promise<Times> {
  const times: Times = new Map();
  const timed = async (step: string, task: () => Promise<unknown>): Promise<void> => {
    const startedAt = performance.now();
    await task();
    times.set(step, [...(times.get(step) ?? []), performance.now() - startedAt]);
  };
  const [host, ...others] = MEMBERS;
  await team.type(host, "start minutes=5");
  await timed("seven join at once", () => Promise.all(others.map((name) => team.type(name, "join"))));
  await timed("the first question", () => team.type(host, "next"));
  for (let asked = 0; asked < MEMBERS.length; asked += 1) {
    const turn = (await team.kept(host)).turns.at(-1);
    const question = team.services.library.question(turn?.question ?? "");
    if (turn === undefined || question === undefined) throw new Error("no question has come");
    const text = question.modelAnswer.en.slice(0, 3000);
    await timed("an answer", () => team.type(turn.candidate, `answer ${text}`));
    const ticking = MEMBERS.filter((name) => name !== turn.candidate);
    await timed("seven tick at once", () =>
      Promise.all(ticking.map((name, at) => team.type(name, `tick ${1 + (at % 3)}`))),
    );
    await timed("the time for the answer ends", () => team.type(host, "next"));
    await timed("key points, recording, the next question", () => team.type(host, "next"));
  }
  await timed("eight reports at once", () => Promise.all(MEMBERS.map((name) => team.type(name, "report"))));
  return times;
}

async function measure(where: string, store: (sqlite: Store) => Store): Promise<Figure[]> {
  const team = await openInterviewTeam(store);
  try {
    await answerBefore(team);
    await hold(team);
    const times = await hold(team);
    return [...times].map(([step, all]) => ({
      name: `${where}, interview of 8: ${step} (slowest of ${all.length})`,
      value: Math.max(...all),
      unit: "ms",
      limit: 1000,
    }));
  } finally {
    await team.stop();
  }
}

/** How long each step of an interview of eight takes, everything that it posts included, but no platform's network. */
export const benchInterview = async (): Promise<Figure[]> => {
  const embedded = await measure("SQLite", (store) => store);
  const redis = await startRedis();
  try {
    const store = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
    const shared = await measure("Redis", (sqlite) => {
      void sqlite.close();
      return store;
    });
    return [...embedded, ...shared];
  } finally {
    await redis.stop();
  }
};
