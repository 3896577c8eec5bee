import { join } from "node:path";
import type { Config } from "#src/config";
import { DiscordApi } from "#src/setup/discord-api";
import { SlackApi } from "#src/setup/slack-api";
import { examineClock, type OtherClock } from "./clock.ts";
import { askJudge, askOwnAddress } from "./endpoints.ts";
import { type Finding, on, type Subject } from "./finding.ts";
import { examineContent, examineNode, examinePorts, examineZones, type Port, zonesHere } from "./machine.ts";
import { askDiscord, askSlack, examineDiscordToken, examineSlackTokens } from "./platforms.ts";
import { examineSettings } from "./settings.ts";
import { examineDataFile, examineRedis } from "./stores.ts";

export interface Patient {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where further settings may stand. */
  readonly envFile: string;
  /** Whether platforms and the judge are asked as well. */
  readonly isOnline: boolean;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** A look that fails in a way that nobody foresaw is a finding as well: the rest is looked at all the same. */
const safely = async (
  subject: Subject,
  look: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    return await look();
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return [on(subject).fail((say) => say.doctor.broken(told.slice(0, 300)))];
  }
};

const portsOf = ({ port, slack, health }: Config): readonly Port[] => [
  {
    variable: "REHEARSAL_PORT",
    host: "127.0.0.1",
    port,
    sign: { path: "/", holds: /<title>Rehearsal<\/title>/ },
  },
  ...(slack?.mode.kind === "http"
    ? [
        {
          variable: "REHEARSAL_SLACK_PORT",
          host: undefined,
          port: slack.mode.port,
          sign: { path: "/slack/install", holds: /\/oauth\/v2\/authorize/ },
        },
      ]
    : []),
  ...(health === null
    ? []
    : [
        {
          variable: "REHEARSAL_HEALTH_PORT",
          ...health,
          sign: { path: "/healthz", holds: /"alive":.*"uptimeSeconds":/ },
        },
      ]),
];

/** Looks at everything that a bot needs, whatever of it is broken. */
export const examine = async ({
  environment,
  envFile,
  isOnline,
  now,
  pause,
}: Patient): Promise<readonly Finding[]> => {
  const found: Finding[] = [];
  const clocks: OtherClock[] = [];
  const look = async (subject: Subject, how: () => readonly Finding[] | Promise<readonly Finding[]>) => {
    found.push(...(await safely(subject, how)));
  };
  await look("node", () => examineNode(process.version));
  await look("zones", () => examineZones(zonesHere(), now()));
  await look("content", () => examineContent());
  const { findings, config, left } = await examineSettings(environment, envFile);
  found.unshift(...findings);
  const { redis, discord, slack, judge } = config;
  // Where the bot would keep everything is not known: what it would not use is not looked at.
  if (!left.has("REHEARSAL_REDIS_") && redis === null && !left.has("REHEARSAL_DATA"))
    await look("data", () => examineDataFile(join(config.dataFolder, "rehearsal.db")));
  if (redis !== null)
    await look("redis", async () => {
      const seen = await examineRedis(redis, now);
      clocks.push({ whose: "Redis", aheadMs: seen.aheadMs });
      return seen.findings;
    });
  if (discord !== null) {
    const api = new DiscordApi(discord.api, discord.token, pause);
    await look("discord", () => examineDiscordToken(discord));
    if (isOnline) await look("discord", () => askDiscord(api, discord));
    clocks.push({ whose: "Discord", aheadMs: api.aheadMs });
  }
  if (slack !== null) {
    const api = new SlackApi(slack.api, pause);
    await look("slack", () => examineSlackTokens(slack));
    if (isOnline) await look("slack", () => askSlack(api, slack));
    const { mode } = slack;
    if (isOnline && mode.kind === "http") await look("slack", () => askOwnAddress(mode.url));
    clocks.push({ whose: "Slack", aheadMs: api.aheadMs });
  }
  if (judge !== null && isOnline) await look("judge", () => askJudge(judge));
  await look("clock", () => examineClock(clocks));
  await look("ports", () => examinePorts(portsOf(config)));
  return found;
};
