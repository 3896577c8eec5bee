import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Dossier } from "#core/dossier";
import type { Question } from "#core/pack/question";
import type { Store } from "#core/ports";
import { planReports, reportAct } from "#core/report/act";
import { reportPlanSchema } from "#core/report/plan";
import { previousDay, studyDateAt } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import { verdictSchema } from "#core/scoring/grader";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, channel, resultOf, tenant } from "#test/contracts/store-samples";
import { scheduleWith, zoneOf } from "#test/core/schedule/samples";
import { servicesWith } from "#test/doubles/services";
import type { Figure } from "./figure.ts";

const DAY_MS = 86_400_000;
const MEMBERS = 500;
const DAYS = 35;
/** Answers of a member to each round of the last week; one to each before it. */
const ATTEMPTS = 3;
const RUNS = 5;
const AT_ONCE = 500;
/** A Monday at nine. */
const STARTS_AT = Date.UTC(2026, 5, 1, 9);

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

/** A result with a verdict and a quote for each key point. */
const resultFor = ({ points }: Question, seed: number) => ({
  ...resultOf((seed * 37) % 101),
  points: points.map(({ id }, at) => {
    const verdict = verdictSchema.options[(seed + at * at) % 3] ?? "miss";
    const evidence = verdict === "miss" ? [] : [{ start: 0, end: 40, quote: "x".repeat(40) }];
    return { id, verdict, confidence: 0.9, evidence, reason: "core" as const };
  }),
});

/** Five weeks of a team of 500, each member with a text of 600 characters a day, in the last week with three. */
async function fill(store: Store, questions: readonly Question[]): Promise<void> {
  for (let day = 0; day < DAYS; day += 1) {
    const question = questions[day % questions.length];
    if (question === undefined) return;
    const opensAt = STARTS_AT + day * DAY_MS;
    const round = prepareRound({ tenant, channel, zone: zoneOf("UTC"), question: question.id, opensAt });
    await store.openRound(round);
    const tries = day >= DAYS - 7 ? ATTEMPTS : 1;
    const answers = Array.from({ length: MEMBERS * tries }, (_, at) => {
      const fields = {
        as: `member-${at % MEMBERS}`,
        round: round.id,
        question: question.id,
        sentAt: opensAt + at,
      };
      const text = `${at} `.padEnd(600, "words of an answer ");
      return attemptAs(`${day}-${at}`, {
        ...fields,
        text,
        result: resultFor(question, at + day),
        credit: round.date,
      });
    });
    for (let at = 0; at < answers.length; at += AT_ONCE)
      await Promise.all(answers.slice(at, at + AT_ONCE).map((answer) => store.recordAttempt(answer)));
  }
}

/** How long the weekly report of a team of 500 takes, from the dossier that wakes to the post, its picture included. */
export async function benchReport(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
  const store = await openSqliteStore({ file: join(folder, "rehearsal.db") });
  try {
    const library = loadLibrary(SHIPPED_CONTENT);
    await fill(store, library.questions);
    const now = STARTS_AT + DAYS * DAY_MS + 3_600_000;
    let blocks = 0;
    const services = servicesWith({
      store,
      library,
      clock: { now: () => now },
      charts: createCharts({ fontFolder: SHIPPED_FONTS }),
      reports: {
        post: async (_tenant, _channel, reply) => {
          blocks = reply.blocks.filter(({ kind }) => kind === "picture" || kind === "list").length;
        },
      },
    });
    const schedule = scheduleWith({ tenant, channel, zone: zoneOf("UTC") });
    await store.saveSchedule(schedule, STARTS_AT);
    await planReports(schedule, { store, clock: { now: () => now - 7 * DAY_MS } });
    const planned = (await store.dossier(tenant, "report", channel)) as Dossier;
    const plan = reportPlanSchema.parse(JSON.parse(planned.text));
    // As after any report but a channel's first.
    const told = {
      through: previousDay(studyDateAt(STARTS_AT + (DAYS - 7) * DAY_MS, zoneOf("UTC"))),
      streak: DAYS - 7,
    };
    const dossier = { ...planned, text: JSON.stringify({ ...plan, told }) };
    const times: number[] = [];
    const spent: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      await reportAct(services)(dossier);
      times.push(performance.now() - startedAt);
      const { user, system } = process.cpuUsage(before);
      spent.push((user + system) / 1000);
      if (blocks !== 2) throw new Error("the report lacks its picture or its key points");
    }
    return [
      {
        name: `weekly report of ${MEMBERS} members: the first, its drawing process started`,
        value: times[0] ?? Number.NaN,
        unit: "ms",
        limit: 2000,
      },
      {
        name: `weekly report of ${MEMBERS} members, its picture drawn before, median`,
        value: median(times.slice(1)),
        unit: "ms",
        limit: 2000,
      },
      {
        // Says the same on a busy machine.
        name: `weekly report of ${MEMBERS} members: processor time without the picture's, median`,
        value: median(spent),
        unit: "ms",
      },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
