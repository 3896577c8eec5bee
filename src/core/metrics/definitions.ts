import { skipReasonSchema } from "#core/schedule/post-record";

/** What a metric is called where it is read, what it says, and by what it is told apart. */
interface Definition {
  /** By Prometheus's convention: `_total` for counts, base units like `_seconds`. */
  readonly name: string;
  readonly help: string;
  /** Each has a short closed list of values; a tenant, a channel or a member is never one. */
  readonly labels: readonly string[];
}

interface CounterDefinition extends Definition {
  /** Values that are counted from zero on: the first of something that appears is no increase to Prometheus. */
  readonly from0?: Readonly<Record<string, readonly string[]>>;
}

interface DurationDefinition extends Definition {
  /** Upper bounds in seconds. */
  readonly buckets: readonly number[];
}

const platforms = ["discord", "slack", "local"] as const;

/** Platforms give up at 3 s. */
const ACKNOWLEDGED_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5];
const QUICK_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2];
const WORK_S = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];
/** A post is on time within two minutes; the catch-up window is four hours unless an admin says otherwise. */
const POST_DELAY_S = [1, 5, 15, 60, 120, 600, 1800, 3600, 14_400, 86_400];

/** What is counted. */
export const counters = {
  interactions: {
    name: "rehearsal_interactions_total",
    help: "Commands, presses and forms by what came of them: done, refused (the member can mend it), failed, or shed by a limit.",
    labels: ["platform", "command", "outcome"],
  },
  acknowledgementsMissed: {
    name: "rehearsal_acknowledgements_missed_total",
    help: "Interactions that the platform would not hear about any more when they were acknowledged.",
    labels: ["platform"],
    from0: { platform: platforms },
  },
  deliveriesDropped: {
    name: "rehearsal_deliveries_dropped_total",
    help: "Deliveries of a platform of which nothing came: unreadable, turned away at the door, or held back.",
    labels: ["platform", "reason"],
  },
  roundsPosted: {
    name: "rehearsal_rounds_posted_total",
    help: "Daily questions posted, on time or two minutes late and more.",
    labels: ["platform", "timing"],
    from0: { platform: platforms, timing: ["on_time", "late"] },
  },
  roundsSkipped: {
    name: "rehearsal_rounds_skipped_total",
    help: "Dates whose question was not posted, by the reason that /status shows.",
    labels: ["platform", "reason"],
    from0: { platform: platforms, reason: skipReasonSchema.options },
  },
  postFailures: {
    name: "rehearsal_post_failures_total",
    help: "Tries to post a question or a reveal that failed; they are tried again.",
    labels: ["platform", "kind"],
    from0: { platform: platforms, kind: ["question", "reveal"] },
  },
  dossiersWoken: {
    name: "rehearsal_dossiers_woken_total",
    help: "What wakes by itself (reminders, interviews, reports …), by what came of looking at it.",
    labels: ["kind", "outcome"],
  },
  reminders: {
    name: "rehearsal_reminders_total",
    help: "Reminders whose hour came: sent, not_taken (no direct messages), or not_needed.",
    labels: ["platform", "outcome"],
  },
  judgeCalls: {
    name: "rehearsal_judge_calls_total",
    help: "Answers that a judge was to read, by outcome: answered, or why there is no opinion.",
    labels: ["outcome"],
    from0: {
      outcome: ["answered", "timeout", "unreachable", "refused", "unreadable", "truncated", "paused"],
    },
  },
  judgeTokens: {
    name: "rehearsal_judge_tokens_total",
    help: "Tokens that the judge was paid for, as its endpoint counts them.",
    labels: ["direction"],
    from0: { direction: ["input", "output"] },
  },
  storeFailures: {
    name: "rehearsal_store_failures_total",
    help: "Calls of the store that failed, by what an operator can act on.",
    labels: ["store", "operation", "trouble"],
  },
  logLines: {
    name: "rehearsal_log_lines_total",
    help: "Lines of the operator's log, written or not.",
    labels: ["level"],
    from0: { level: ["info", "warn", "error"] },
  },
} as const satisfies Readonly<Record<string, CounterDefinition>>;

/** What is timed. */
export const durations = {
  acknowledgement: {
    name: "rehearsal_acknowledgement_seconds",
    help: "From the arrival of an interaction until the platform has its first response.",
    labels: ["platform", "command"],
    buckets: ACKNOWLEDGED_S,
  },
  command: {
    name: "rehearsal_command_seconds",
    help: "From a request to its reply, without showing it.",
    labels: ["platform", "command"],
    buckets: WORK_S,
  },
  grading: {
    name: "rehearsal_grading_seconds",
    help: "Scoring of one answer by the local grader.",
    labels: [],
    buckets: QUICK_S,
  },
  judging: {
    name: "rehearsal_judge_seconds",
    help: "One answer's reading by the judge, tries and pauses included.",
    labels: [],
    buckets: WORK_S,
  },
  store: {
    name: "rehearsal_store_seconds",
    help: "One call of the store, until it is as durable as its level says.",
    labels: ["store", "operation"],
    buckets: QUICK_S,
  },
  postDelay: {
    name: "rehearsal_post_delay_seconds",
    help: "How long after its due time a daily question stood in its channel.",
    labels: ["platform"],
    buckets: POST_DELAY_S,
  },
  sweep: {
    name: "rehearsal_sweep_seconds",
    help: "One look of the clock at all that is due.",
    labels: ["clock"],
    buckets: WORK_S,
  },
} as const satisfies Readonly<Record<string, DurationDefinition>>;

/** What is read when somebody asks. */
export const gauges = {
  waiting: {
    name: "rehearsal_queue_waiting",
    help: "What waits in a queue of this process.",
    labels: ["queue"],
  },
  limit: {
    name: "rehearsal_queue_limit",
    help: "How much a queue takes before it refuses more.",
    labels: ["queue"],
  },
  ready: {
    name: "rehearsal_ready",
    help: "1 where a part works as /readyz sees it: the store, each platform, and the process as a whole.",
    labels: ["part"],
  },
  ticked: {
    name: "rehearsal_clock_ticked_timestamp_seconds",
    help: "When the clock last went round.",
    labels: [],
  },
  build: {
    name: "rehearsal_build_info",
    help: "Always 1; the labels say which release runs on what.",
    labels: ["release", "node", "zones"],
  },
} as const satisfies Readonly<Record<string, Definition>>;
