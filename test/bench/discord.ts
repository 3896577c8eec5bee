import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Events, GatewayIntentBits, MessageFlags } from "discord.js";
import { z } from "zod";
import { commands } from "#commands/index";
import type { Command } from "#core/command";
import { createDispatch, type Dispatch } from "#core/dispatch";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import type { Log, Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { createDiscord } from "#src/adapters/discord/connect";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { createLog } from "#src/log";
import { openSqliteStore } from "#src/store/sqlite/store";
import type { Figure } from "./figure.ts";

const PER_SECOND = 200;
const COUNT = 2000;
const BOT = "1000000000000000001";
export const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.load.not-a-token-of-anybody";

const readySchema = z.object({ api: z.string(), guilds: z.array(z.string()) });
const timesSchema = z.object({ ms: z.array(z.number().nullable()) });

export interface Kind {
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export const slash = (name: string, options: Readonly<Record<string, string>> = {}): Kind => ({
  type: 2,
  data: {
    id: "1",
    name,
    type: 1,
    options: Object.entries(options).map(([option, value]) => ({ name: option, type: 3, value })),
  },
});

export const traceback =
  "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";
const answer =
  "灾难性遗忘是指学了新任务，把旧任务的能力忘了。Mix some old data into the training set, freeze most layers and train LoRA only.";

/** What a busy server asks at nine: answers above all, then hints, look-ups, and what is typed before one. */
export const mixFor = (round: string): readonly Kind[] => [
  { type: 3, data: { custom_id: JSON.stringify(["run", "answer", { round }]), component_type: 2 } },
  {
    type: 5,
    data: {
      custom_id: JSON.stringify(["send", "answer", { round, opened: Date.now() }]),
      components: [{ type: 1, components: [{ type: 4, custom_id: "text", value: answer }] }],
    },
  },
  { type: 3, data: { custom_id: JSON.stringify(["run", "hint", { round }]), component_type: 2 } },
  slash("quiz"),
  slash("oom", { text: traceback }),
  slash("help", { command: "vram" }),
  {
    type: 4,
    data: {
      id: "1",
      name: "vram",
      type: 1,
      options: [{ name: "model", type: 3, value: "qwen2.5", focused: true }],
    },
  },
  slash("history"),
];

/** A load in a process of its own, with the other core to itself. */
export async function startLoad(guilds = 50, channels = 1) {
  const child = fork(join(import.meta.dirname, "discord-load.ts"), [String(guilds), String(channels)], {
    execArgv: ["--import", "./src/require-node-24.js"],
  });
  const [ready] = await once(child, "message");
  return {
    ...readySchema.parse(ready),
    async run(
      kinds: readonly Kind[],
      count = COUNT,
      perSecond = PER_SECOND,
      members?: number,
    ): Promise<readonly (number | null)[]> {
      child.send({ perSecond, count, kinds, members });
      const [times] = await once(child, "message");
      return timesSchema.parse(times).ms;
    },
    async stop(): Promise<void> {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

interface Times {
  readonly median: number;
  readonly p99: number;
  readonly lost: number;
  /** What this process worked for one interaction, in ms: it does not depend on what else the machine does. */
  readonly cpu: number;
}

async function measured(run: () => Promise<readonly (number | null)[]>): Promise<Times> {
  const before = process.cpuUsage();
  const all = await run();
  const { user, system } = process.cpuUsage(before);
  const sorted = all.filter((ms) => ms !== null).toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  const cpu = (user + system) / 1000 / all.length;
  return { median: at(0.5), p99: at(0.99), lost: all.length - sorted.length, cpu };
}

/** discord.js with a handler that only replies: what there is to gain by doing nothing else. */
export async function startBare(load: { readonly api: string }): Promise<Client> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: load.api } });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isAutocomplete()) void interaction.respond([]);
    else if (interaction.isRepliable())
      void interaction.reply({ content: "here you are", flags: MessageFlags.Ephemeral });
  });
  const ready = once(client, Events.ClientReady);
  await client.login(TOKEN);
  await ready;
  return client;
}

async function measureBare(): Promise<Times> {
  const load = await startLoad();
  const client = await startBare(load);
  const mix = mixFor("2026-11-25@CHANNEL");
  await load.run(mix, PER_SECOND);
  const times = await measured(() => load.run(mix));
  await client.destroy();
  await load.stop();
  return times;
}

/** The whole bot on a store, connected to a load; with what it is to be asked, and the id of its rounds. */
export async function startBot(
  load: { readonly api: string; readonly guilds: readonly string[] },
  store: Store,
  log: Log = createLog("silent"),
  dispatchOf: (commands: readonly Command[], services: Services) => Dispatch = createDispatch,
) {
  const library = loadLibrary(SHIPPED_CONTENT);
  const everywhere = commands.filter(({ where }) => where === "everywhere");
  const base: Services = {
    clock: { now: () => Date.now() },
    log,
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
  let round = "";
  for (const guild of load.guilds) {
    const opened = prepareRound({
      tenant: tenantIdSchema.parse(`discord:${guild}`),
      channel: channelIdSchema.parse(String(BigInt(guild) + 1n)),
      zone: base.zone,
      question: library.questions[0]?.id ?? "",
      opensAt,
    });
    await store.openRound(opened);
    round = opened.id.replace(opened.channel, "CHANNEL");
  }
  const after = (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  };
  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});
  const bot = createDiscord(
    { token: TOKEN, application: BOT, api: load.api, shards: null },
    { services: base, after, pause },
  );
  const services = { ...base, notices: bot.notices, channels: bot.channels };
  await bot.start({ commands: everywhere, services, dispatch: dispatchOf(everywhere, services) });
  return { bot, mix: mixFor(round), round };
}

/** The whole bot with a data file, at the same load. */
async function measureRehearsal(): Promise<Times> {
  const load = await startLoad();
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
  const store = await openSqliteStore({ file: join(folder, "rehearsal.db") });
  const { bot, mix } = await startBot(load, store);
  await load.run(mix, PER_SECOND);
  const times = await measured(() => load.run(mix));
  await bot.stop();
  await load.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return times;
}

/** From an interaction to its first response at 200 a second, beside a bare handler in the same run. */
export async function benchDiscord(): Promise<Figure[]> {
  const bare = await measureBare();
  const whole = await measureRehearsal();
  return [
    { name: "bare discord.js handler, first response, median", value: bare.median, unit: "ms" },
    { name: "bare discord.js handler, first response, p99", value: bare.p99, unit: "ms" },
    { name: "first response at 200/s, median", value: whole.median, unit: "ms", limit: 250 },
    { name: "first response at 200/s, p99", value: whole.p99, unit: "ms", limit: 1500 },
    { name: "interactions without a response in 3 s", value: whole.lost, unit: "", limit: 0.5 },
    { name: "median against the bare handler", value: whole.median / bare.median, unit: "×" },
    { name: "p99 against the bare handler", value: whole.p99 / bare.p99, unit: "×" },
    { name: "processor time of an interaction", value: whole.cpu, unit: "ms", limit: 5 },
    { name: "processor time against the bare handler", value: whole.cpu / bare.cpu, unit: "×" },
  ];
}
