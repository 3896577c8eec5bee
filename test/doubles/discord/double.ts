import { rateBuckets, wideRateLimits } from "./buckets.ts";
import { startCdn } from "./cdn.ts";
import { machineClock, movingClock, snowflakes } from "./clock.ts";
import { FaultList } from "./faults.ts";
import type { Front } from "./front.ts";
import { Gateway } from "./gateway.ts";
import { completeChannel, greet } from "./greeting.ts";
import { guildOf } from "./guild.ts";
import type { Captured, DiscordDouble, DoubleOptions, GuildOptions, Ping } from "./handles.ts";
import { Interactions } from "./interactions.ts";
import { type Message, Messages } from "./messages.ts";
import { nonces } from "./nonces.ts";
import { openapiJudge } from "./openapi.ts";
import { Registry } from "./registry.ts";
import { startServer } from "./server.ts";
import { startTwin, withoutMessages } from "./twin.ts";
import { waiting } from "./waiting.ts";
import { buildWorld } from "./world.ts";

const smallTeam: GuildOptions = {
  name: "team",
  channels: ["daily"],
  members: [{ name: "ann", admin: true }, { name: "bo" }],
};

/** A token of the form that Discord's have, with nothing in it. */
const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.Double.not-a-secret-of-anybody";

/** Events that the front tells of itself; the twin's own version of them lacks what the front knows. */
const ownEvents =
  /^(?:READY|GUILD_CREATE|MESSAGE_(?:CREATE|UPDATE|DELETE)|CHANNEL_(?:CREATE|DELETE)|THREAD_(?:CREATE|DELETE))$/;

/**
 * Discord on this machine, for the real discord.js: a strict front that refuses what the service refuses, before
 * discord-digital-twin, which keeps guilds, channels and messages. Rules and their sources: `rules.json`.
 */
export async function startDiscordDouble(options: DoubleOptions = {}): Promise<DiscordDouble> {
  const waits = waiting(options.patienceMs ?? 5000);
  const clock = movingClock(options.clock ?? machineClock, waits.changed);
  const nextId = snowflakes(clock);
  const world = buildWorld(options.guilds ?? [smallTeam], nextId);
  const faults = new FaultList();
  const cdn = await startCdn(faults);
  const started = await startTwin(world, nextId());
  const twin = options.keepsInTwin === false ? withoutMessages(started) : started;
  const privileged = options.privileged ?? [];
  const gateway: Gateway = new Gateway({
    world,
    token: TOKEN,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    shards: options.shards ?? 1,
    privileged,
    greet: (session) => greet(world, twin, session, gateway.url),
    changed: waits.changed,
  });
  twin.events.on((type, data) => {
    if (ownEvents.test(type)) return;
    gateway.emit(
      type,
      type.startsWith("CHANNEL_") || type === "THREAD_UPDATE" ? completeChannel(world, data) : data,
    );
  });
  const captured: Captured[] = [];
  const pings: Ping[] = [];
  const registry = new Registry(nextId);
  const front: Front = {
    world,
    clock,
    nextId,
    twin,
    gateway,
    messages: new Messages(),
    mostThreads: options.mostThreads ?? Number.POSITIVE_INFINITY,
    nonces: nonces<Message>(options.nonceWindowMs ?? 180_000, () => clock.now()),
    interactions: new Interactions(clock),
    registry,
    cdn,
    faults,
    pings,
    captured,
    waiting: waits,
    mayReadContent: privileged.includes("MessageContent"),
  };
  const failures: unknown[] = [];
  const limits = options.rateLimits ?? wideRateLimits;
  const server = await startServer(
    { front, token: TOKEN, judge: openapiJudge(), admit: rateBuckets(limits, () => performance.now()) },
    (cause) => failures.push(cause),
  );
  gateway.url = `ws://127.0.0.1:${server.port}/gateway`;

  const guild: DiscordDouble["guild"] = (name) => {
    const found = [...world.guilds.values()].find((each) => name === undefined || each.name === name);
    if (found === undefined) throw new Error(`there is no guild ${name}`);
    return guildOf(front, found);
  };
  return {
    api: `http://127.0.0.1:${server.port}/api`,
    token: TOKEN,
    applicationId: world.botId,
    cdn: cdn.origin,
    get cdnBytes() {
      return cdn.bytesServed;
    },
    clock,
    guild,
    channel: (name) => guild().channel(name),
    member: (name) => guild().member(name),
    captured,
    get refusals() {
      return captured.filter(
        ({ status, fault }) => status >= 400 && fault !== "rate limited" && fault !== "status",
      );
    },
    pings,
    get commands() {
      return registry.list();
    },
    gateway: gateway.faults,
    faults,
    async until(what, holds) {
      await waits.until(what, () => (holds() ? true : undefined));
    },
    async stop() {
      gateway.stop();
      await server.stop();
      await twin.stop();
      await cdn.stop();
      if (failures.length > 0) throw new AggregateError(failures, "the Discord double failed");
    },
  };
}
