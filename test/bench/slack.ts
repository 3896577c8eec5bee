import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { App } from "@slack/bolt";
import { z } from "zod";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { createSlack } from "#src/adapters/slack/connect";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { createLog } from "#src/log";
import { openSqliteStore } from "#src/store/sqlite/store";
import type { Figure } from "./figure.ts";

const PER_SECOND = 100;
const COUNT = 1000;

const readySchema = z.object({ api: z.string(), team: z.string(), channels: z.array(z.string()) });
const timesSchema = z.object({ ack: z.array(z.number().nullable()), seen: z.array(z.number().nullable()) });
type Ready = z.infer<typeof readySchema>;

interface Kind {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const traceback =
  "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";
const answer =
  "灾难性遗忘是指学了新任务，把旧任务的能力忘了。Mix some old data into the training set, freeze most layers and train LoRA only.";

/** What a busy workspace asks at nine: answers above all, then hints and look-ups. */
function mixFor({ team }: Ready, date: string): readonly Kind[] {
  const channel = "$CHANNEL";
  const round = `${date}@${channel}`;
  const from = { team: { id: team }, user: { id: "$USER" }, trigger_id: "$NAME", response_url: "$RESPOND" };
  const slash = (command: string, text = ""): Kind => ({
    type: "slash_commands",
    payload: {
      command,
      text,
      trigger_id: "$NAME",
      response_url: "$RESPOND",
      team_id: team,
      channel_id: channel,
      user_id: "$USER",
    },
  });
  const press = (action: string): Kind => ({
    type: "interactive",
    payload: {
      ...from,
      type: "block_actions",
      channel: { id: channel },
      container: { type: "message", message_ts: "1.000001", is_ephemeral: false },
      actions: [
        {
          type: "button",
          action_id: "button-1",
          block_id: "b",
          value: JSON.stringify(["run", action, { round }]),
          action_ts: "$TS",
        },
      ],
    },
  });
  const form: Kind = {
    type: "interactive",
    payload: {
      ...from,
      type: "view_submission",
      view: {
        id: "V$NAME",
        type: "modal",
        hash: "$NAME",
        callback_id: `from:${channel}`,
        private_metadata: JSON.stringify(["send", "answer", { round, opened: Date.now() }]),
        state: { values: { text: { "answer.text": { type: "plain_text_input", value: answer } } } },
      },
    },
  };
  return [
    press("answer"),
    form,
    press("hint"),
    slash("/quiz"),
    slash("/oom", traceback),
    slash("/history"),
    form,
  ];
}

/** A load in a process of its own, with the other core to itself. */
async function startLoad() {
  const child = fork(join(import.meta.dirname, "slack-load.ts"), {
    execArgv: ["--import", "./src/require-node-24.js"],
  });
  const [ready] = await once(child, "message");
  return {
    ready: readySchema.parse(ready),
    async run(kinds: readonly Kind[], count = COUNT): Promise<z.infer<typeof timesSchema>> {
      child.send({ perSecond: PER_SECOND, count, kinds });
      const [times] = await once(child, "message");
      return timesSchema.parse(times);
    },
    async stop(): Promise<void> {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
type Load = Awaited<ReturnType<typeof startLoad>>;

interface Times {
  readonly ack: readonly number[];
  readonly seen: readonly number[];
  readonly lost: number;
  /** What this process worked for one thing, in ms: it does not depend on what else the machine does. */
  readonly cpu: number;
}

const known = (all: readonly (number | null)[]): number[] =>
  all.filter((ms) => ms !== null).toSorted((one, other) => one - other);

async function measured(load: Load, mix: readonly Kind[]): Promise<Times> {
  // Every member is known by then, as they are an hour later.
  await load.run(mix);
  const before = process.cpuUsage();
  const { ack, seen } = await load.run(mix);
  const { user, system } = process.cpuUsage(before);
  return {
    ack: known(ack),
    seen: known(seen),
    lost: [...ack, ...seen].filter((ms) => ms === null).length,
    cpu: (user + system) / 1000 / ack.length,
  };
}

/** Bolt with handlers that only reply: what there is to gain by doing nothing else. */
async function measureBare(): Promise<Times> {
  const load = await startLoad();
  const app = new App({
    token: "xoxb-of-nobody",
    appToken: "xapp-of-nobody",
    socketMode: true,
    clientOptions: { slackApiUrl: load.ready.api },
  });
  app.command(/.*/, async ({ ack, respond }) => {
    await ack();
    await respond("here you are");
  });
  app.action(/.*/, async ({ ack, respond }) => {
    await ack();
    await respond("here you are");
  });
  app.view(/.*/, async ({ ack }) => {
    const text = { type: "plain_text" as const, text: "here you are" };
    const view = { type: "modal" as const, title: text, blocks: [{ type: "section" as const, text }] };
    await ack({ response_action: "update", view });
  });
  await app.start();
  const times = await measured(load, mixFor(load.ready, "2026-11-25"));
  await app.stop();
  await load.stop();
  return times;
}

/** The whole bot with a data file, at the same load. */
async function measureRehearsal(): Promise<Times> {
  const load = await startLoad();
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
  const store = await openSqliteStore({ file: join(folder, "rehearsal.db") });
  const library = loadLibrary(SHIPPED_CONTENT);
  const everywhere = commands.filter(({ where }) => where === "everywhere");
  const base: Services = {
    clock: { now: () => Date.now() },
    log: createLog("silent"),
    store,
    library,
    grader: createLocalGrader(),
    models: loadModels(SHIPPED_CONTENT),
    remedies: loadRemedies(SHIPPED_CONTENT),
    charts: createCharts({ fontFolder: SHIPPED_FONTS }),
    holidays: createHolidays(),
    places: loadPlaces(SHIPPED_CONTENT),
    commands: everywhere,
    zone: zoneSchema.parse("Asia/Shanghai"),
  };
  const opensAt = Date.now();
  let date = "";
  for (const channel of load.ready.channels) {
    const opened = prepareRound({
      tenant: tenantIdSchema.parse(`slack:${load.ready.team}`),
      channel: channelIdSchema.parse(channel),
      zone: base.zone,
      question: library.questions[0]?.id ?? "",
      opensAt,
    });
    await store.openRound(opened);
    date = opened.date;
  }
  const after = (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  };
  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});
  const mode = { kind: "socket", botToken: "xoxb-of-nobody", appToken: "xapp-of-nobody" } as const;
  const bot = createSlack({ mode, api: load.ready.api, prefix: "" }, { services: base, after, pause });
  const services = { ...base, notices: bot.notices, channels: bot.channels };
  await bot.start({ commands: everywhere, services, dispatch: createDispatch(everywhere, services) });
  const times = await measured(load, mixFor(load.ready, date));
  await bot.stop();
  await load.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return times;
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;

/** From a command, press or form to its acknowledgement and to what the member sees, beside bare Bolt in the same run. */
export async function benchSlack(): Promise<Figure[]> {
  const bare = await measureBare();
  const whole = await measureRehearsal();
  const rows = (name: string, { ack, seen, cpu }: Times): Figure[] => [
    { name: `${name}, acknowledged, median`, value: share(ack, 0.5), unit: "ms" },
    { name: `${name}, acknowledged, 99 of 100`, value: share(ack, 0.99), unit: "ms", limit: 250 },
    { name: `${name}, seen by the member, median`, value: share(seen, 0.5), unit: "ms" },
    { name: `${name}, seen by the member, 99 of 100`, value: share(seen, 0.99), unit: "ms" },
    { name: `${name}, work for one`, value: cpu, unit: "ms" },
  ];
  return [
    ...rows("bare Bolt handler", bare),
    ...rows(`Rehearsal at ${PER_SECOND} a second`, whole),
    { name: "Rehearsal, lost", value: whole.lost, unit: "", limit: 0.5 },
  ];
}
