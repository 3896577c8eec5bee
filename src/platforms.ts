import { setTimeout as sleep } from "node:timers/promises";
import type { Services } from "#core/services";
import type { Discord } from "./adapters/discord/connect.ts";
import type { Slack } from "./adapters/slack/connect.ts";
import type { Speaking } from "./by-tenant.ts";
import type { Config } from "./config.ts";

/** The chat platforms of this process; null where the operator set none. */
export interface Platforms {
  readonly discord: Discord | null;
  readonly slack: Slack | null;
}

/** Runs a task later; the result cancels it. */
export function after(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  // Whoever ends the pause does not wait for what would come after it.
  sleep(ms, undefined, { signal }).catch(() => {});

/** Puts the adapters together that the operator set. Their libraries are large, so nobody else loads them. */
export async function openPlatforms(
  { discord, slack }: Pick<Config, "discord" | "slack">,
  services: Services,
): Promise<Platforms> {
  const parts = { services, after, pause };
  const openDiscord = async (settings: NonNullable<Config["discord"]>): Promise<Discord> =>
    (await import("./adapters/discord/connect.ts")).createDiscord(settings, parts);
  const openSlack = async (settings: NonNullable<Config["slack"]>): Promise<Slack> =>
    (await import("./adapters/slack/connect.ts")).createSlack(settings, parts);
  return {
    discord: discord === null ? null : await openDiscord(discord),
    slack: slack === null ? null : await openSlack(slack),
  };
}

/** How the bot speaks unasked on a platform. */
export const speakingOn = ({ stages, directMessages, channels }: Discord | Slack): Speaking => ({
  stages,
  directMessages,
  reports: channels,
});
