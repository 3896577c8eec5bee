import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { REST, Routes } from "discord.js";
import { commands } from "#commands/index";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import { commandsJson } from "#src/adapters/discord/register";
import { openRedisStore } from "#src/store/redis/store";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble, Interaction } from "#test/doubles/discord/handles";
import { startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { randomNumbers } from "#test/schedule/hazards";

const root = resolve(import.meta.dirname, "..", "..", "..");
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";
const PATIENCE_MS = 60_000;
/** What the program sent last is there by then. */
const SETTLED_MS = 500;

export interface TerminationReport {
  /** From the signal to the end of the process. */
  readonly longestMs: number;
  readonly exitCodes: readonly (number | null)[];
  /** Answers whose members were told that they were recorded, before the end or by the next process. */
  readonly told: number;
  /** Told, and not in the store. */
  readonly lost: number;
  /** In the store, and its member was told nothing: it would be sent again. */
  readonly untold: number;
  /** In the store more than once. */
  readonly doubled: number;
  /** Answers under way when the signal came. */
  readonly underWay: number;
}

/** The program as `npm start` runs it, on Redis and Discord alone. */
const startProgram = async (redis: string, { token, applicationId, api, gateway }: DiscordDouble) => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-term-"));
  const words = ["--import", join(root, "src/require-node-24.js"), join(root, "src/main.ts")];
  const env = {
    ...process.env,
    REHEARSAL_DATA: folder,
    REHEARSAL_PORT: "0",
    REHEARSAL_LOG: "silent",
    REHEARSAL_REDIS_URL: redis,
    REHEARSAL_DISCORD_TOKEN: token,
    REHEARSAL_DISCORD_APPLICATION: applicationId,
    REHEARSAL_DISCORD_API: api,
  };
  const child: ChildProcess = spawn(process.execPath, words, {
    cwd: root,
    env,
    stdio: "ignore",
  });
  const ended = once(child, "exit").then(([code]) => {
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  for (const until = Date.now() + PATIENCE_MS; gateway.connected === 0; await sleep(50))
    if (Date.now() > until || child.exitCode !== null) throw new Error("the program did not come to Discord");
  return { child, ended };
};

/** The first reply that is more than "thinking", or null where none came before the program ended. */
const replyTo = async (asked: Interaction, ended: Promise<unknown>): Promise<string | null> => {
  const silence = ended.then(() => sleep(SETTLED_MS)).then(() => null);
  const reply = await Promise.race([asked.reply().catch(() => silence), silence]);
  return (reply ?? asked.now())?.text ?? null;
};

/**
 * Asks the whole program to end as an operator does, each time while members answer; then the next one starts, and whoever
 * was told nothing sends again.
 */
export const endUnderLoad = async (plan: {
  readonly endings: number;
  /** Who answer at the same time. */
  readonly members: number;
  readonly seed: number;
}): Promise<TerminationReport> => {
  const random = randomNumbers(plan.seed);
  const redis = await startRedis();
  const discord = await startDiscordDouble({ patienceMs: PATIENCE_MS, keepsInTwin: false });
  const body = commandsJson(commands, (text) => text);
  await new REST({ api: discord.api })
    .setToken(discord.token)
    .put(Routes.applicationCommands(discord.applicationId), { body });
  const store = await openRedisStore({ url: redis.url, durability: "none", log: recordingLog() });
  const daily = discord.channel("daily");
  const tenant = tenantIdSchema.parse(`discord:${discord.guild().id}`);
  const channel = channelIdSchema.parse(daily.id);
  const round = await store.openRound(
    prepareRound({
      tenant,
      channel,
      zone: zoneSchema.parse("UTC"),
      question: "q1-catastrophic-forgetting",
      opensAt: Date.now() - 1_000,
    }),
  );
  const told = new Map<string, number>();
  const sent = new Map<string, number>();
  const exitCodes: (number | null)[] = [];
  let [longestMs, underWay] = [0, 0];
  let running = await startProgram(redis.url, discord);

  const send = async (name: string): Promise<Interaction> => {
    sent.set(name, (sent.get(name) ?? 0) + 1);
    return discord.member(name).slash(daily, "answer", { text: `${answer} ${name}` });
  };
  const hear = async (name: string, asked: Interaction): Promise<boolean> => {
    const isTold = /answer \d of 3/.test((await replyTo(asked, running.ended)) ?? "");
    if (isTold) told.set(name, (told.get(name) ?? 0) + 1);
    return isTold;
  };

  try {
    for (let ending = 0; ending < plan.endings; ending += 1) {
      const names = Array.from({ length: plan.members }, (_, at) => `m${ending}-${at}`);
      for (const name of names) await discord.guild().addMember({ name });
      const asked = await Promise.all(names.map(send));
      await sleep(random() * 400);
      underWay += asked.filter((one) => one.now() === null).length;
      const signalledAt = Date.now();
      running.child.kill("SIGTERM");
      const isTold = Promise.all(asked.map((one, at) => hear(names[at] ?? "", one)));
      exitCodes.push(await running.ended);
      longestMs = Math.max(longestMs, Date.now() - signalledAt);
      running = await startProgram(redis.url, discord);
      const again = (await isTold).flatMap((was, at) => (was ? [] : [names[at] ?? ""]));
      await Promise.all(again.map(async (name) => hear(name, await send(name))));
    }
  } finally {
    running.child.kill("SIGTERM");
    await running.ended;
  }
  const kept = Map.groupBy(await store.attemptsOfRound(tenant, round.id), ({ text }) =>
    text.split(" ").at(-1),
  );
  let [lost, untold, doubled] = [0, 0, 0];
  for (const [name, times] of sent) {
    const count = kept.get(name)?.length ?? 0;
    const heard = told.get(name) ?? 0;
    lost += Math.max(0, heard - count);
    untold += Math.max(0, count - heard);
    doubled += Math.max(0, count - times);
  }
  await store.close();
  await discord.stop();
  await redis.stop();
  return { longestMs, exitCodes, told: told.size, lost, untold, doubled, underWay };
};
