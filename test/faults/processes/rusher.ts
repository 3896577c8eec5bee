import { setTimeout as sleep } from "node:timers/promises";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import { createLocalGrader } from "#core/scoring/local-grader";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { openRedisStore } from "#src/store/redis/store";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { parent } from "./child.ts";
import { rushPlace } from "./rush-place.ts";

/** A process whose members all answer within seconds of a post; each answer goes the whole way through the core. */
export interface RusherSettings {
  readonly url: string;
  /** In how many channels, each of a tenant of its own. */
  readonly channels: number;
  readonly process: number;
  readonly answers: number;
  /** Over how long they arrive. */
  readonly withinMs: number;
  /** How long the store waits for Redis; what it waits in the product where left out. */
  readonly commandTimeoutMs?: number;
}

export interface FromRusher {
  readonly kind: "ready" | "done";
  /** From the arrival of each answer to its reply. */
  readonly tookMs: readonly number[];
  readonly errors: number;
}

/** Grading happens in turn anyway; more at once would only wait. */
const AT_ONCE = 200;
const text =
  "灾难性遗忘是指学了新任务，把旧任务的能力忘了。Mix some old data into the training set, freeze most layers and train LoRA only.";

const { settings, listen, tell } = parent<{ readonly kind: "go" }, FromRusher>();
const { url, process: number, answers, withinMs, channels, ...waits } = settings() as RusherSettings;
const log = recordingLog();
const store = await openRedisStore({ url, log, durability: "local", ...waits });
const clock = { now: () => Date.now() };
const grader = createLocalGrader();
const dispatch = createDispatch(
  commands,
  servicesWith({ store, log, clock, grader, commands, library: loadLibrary(SHIPPED_CONTENT) }),
);

const answerAs = async (at: number, arrivedAt: number): Promise<number> => {
  await dispatch({
    command: "answer",
    input: { kind: "typed", options: { text: `${text} ${at}` } },
    ...rushPlace(at % channels),
    member: memberIdSchema.parse(`p${number}-${at}`),
    locale: at % 2 === 0 ? "zh" : "en",
    role: "member",
    sentAt: Date.now(),
    submission: submissionIdSchema.parse(`p${number}-${at}`),
  });
  return performance.now() - arrivedAt;
};

const rush = async (): Promise<void> => {
  const beganAt = performance.now();
  const tookMs: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < answers) {
      const at = next;
      next += 1;
      const arrivesAt = beganAt + (at * withinMs) / answers;
      if (arrivesAt > performance.now()) await sleep(arrivesAt - performance.now());
      tookMs.push(await answerAs(at, arrivesAt));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  tell({ kind: "done", tookMs, errors: log.errors.length });
};
listen(() => void rush());
tell({ kind: "ready", tookMs: [], errors: 0 });
