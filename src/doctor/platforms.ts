import { commands } from "#commands/index";
import { Refusal } from "#core/refusal";
import { asInTaiwan } from "#core/taiwan";
import { invitePermissions } from "#src/adapters/discord/invite";
import { commandsJson } from "#src/adapters/discord/register";
import { featuresWithout } from "#src/adapters/slack/manifest-scopes";
import type { DiscordConfig } from "#src/config";
import { mistakenToken } from "#src/setup/discord";
import { type DiscordApi, NotInGuild } from "#src/setup/discord-api";
import { mistakenFor } from "#src/setup/slack";
import { type SlackApi, SlackNo } from "#src/setup/slack-api";
import type { SlackConfig } from "#src/slack-config";
import { type Finding, on } from "./finding.ts";

const discord = on("discord");
const slack = on("slack");

/** Who administers a server may do everything there. */
const ADMINISTRATOR = 1n << 3n;
const FEW_STARTS = 20;
const MOST_NAMED = 5;

/** What the look of a token tells by itself. */
export const examineDiscordToken = ({ token }: DiscordConfig): readonly Finding[] => {
  const mistake = mistakenToken(token);
  return mistake === null
    ? [discord.ok((say) => say.doctor.tokenShape)]
    : [discord.fail((say) => say.setup.mistaken(mistake))];
};

export const examineSlackTokens = ({ mode }: SlackConfig): readonly Finding[] => {
  const looks =
    mode.kind === "socket"
      ? [mistakenFor(mode.botToken, "bot-token"), mistakenFor(mode.appToken, "app-token")]
      : [
          mistakenFor(mode.clientId, "client-id"),
          mistakenFor(mode.clientSecret, "secret"),
          mistakenFor(mode.signingSecret, "secret"),
        ];
  const names =
    mode.kind === "socket"
      ? ["REHEARSAL_SLACK_BOT_TOKEN", "REHEARSAL_SLACK_APP_TOKEN"]
      : ["REHEARSAL_SLACK_CLIENT_ID", "REHEARSAL_SLACK_CLIENT_SECRET", "REHEARSAL_SLACK_SIGNING_SECRET"];
  const found = looks.flatMap((mistake, at) =>
    mistake === null ? [] : [slack.fail((say) => `${names[at] ?? ""}: ${say.setupSlack.mistaken(mistake)}`)],
  );
  return found.length > 0 ? found : [slack.ok((say) => say.doctor.tokenShape)];
};

/** What a platform's own refusal says; what is no refusal is not the platform's. */
const refused = (error: unknown, subject: typeof discord): readonly Finding[] => {
  if (error instanceof Refusal) return [subject.fail(error.sentence)];
  throw error;
};

const permissionsIn = async (api: DiscordApi): Promise<readonly Finding[]> => {
  const guilds = await api.guilds();
  if (guilds.length === 0) return [discord.warn((say) => say.doctor.noGuilds)];
  const lacking = guilds.flatMap(({ name, permissions }) => {
    const has = BigInt(permissions);
    const missing = invitePermissions.filter(({ bit }) => (has & (bit | ADMINISTRATOR)) === 0n);
    return missing.length === 0 ? [] : [{ name, missing }];
  });
  if (lacking.length === 0) return [discord.ok((say) => say.doctor.permissions(guilds.length))];
  return lacking.slice(0, MOST_NAMED).map(({ name, missing }) =>
    discord.warn((say) =>
      say.doctor.lacksPermissions(
        name,
        missing.map(({ label, why }) => ({ label, why })),
      ),
    ),
  );
};

const registrationOf = async (api: DiscordApi, { application, guild }: DiscordConfig): Promise<Finding> => {
  const wanted = commandsJson(commands, asInTaiwan).map(({ name }) => name);
  try {
    const there = new Set(await api.registered(application, guild));
    const missing = wanted.filter((name) => !there.has(name));
    return missing.length === 0
      ? discord.ok((say) => say.doctor.registered(wanted.length))
      : discord.warn((say) => say.doctor.unregistered(missing));
  } catch (error) {
    if (!(error instanceof NotInGuild)) throw error;
    return discord.fail((say) => say.setup.notInGuild(guild ?? ""));
  }
};

const gatewayOf = async (api: DiscordApi, { shards }: DiscordConfig): Promise<Finding> => {
  const { shards: advised, session_start_limit: limit } = await api.gateway();
  if (limit.remaining < FEW_STARTS)
    return discord.warn((say) =>
      say.doctor.fewStarts(limit.remaining, Math.ceil(limit.reset_after / 60_000)),
    );
  return shards !== null && shards.count < advised
    ? discord.warn((say) => say.doctor.fewShards(shards.count, advised))
    : discord.ok((say) => say.doctor.gateway(advised, limit.remaining));
};

/** Asks Discord whose the token is, and what the bot may do. */
export const askDiscord = async (api: DiscordApi, config: DiscordConfig): Promise<readonly Finding[]> => {
  try {
    const { id, name } = await api.application();
    if (id !== config.application)
      return [discord.fail((say) => say.setup.otherApplication(config.application, id, name))];
    return [
      discord.ok((say) => say.doctor.tokenOf(name)),
      ...(await permissionsIn(api)),
      await registrationOf(api, config),
      await gatewayOf(api, config),
    ];
  } catch (error) {
    return refused(error, discord);
  }
};

const scopesIn = (has: readonly string[]): readonly Finding[] => {
  const lacking = featuresWithout([]).flatMap(({ scopes, why, isNeeded }) =>
    scopes.filter((scope) => !has.includes(scope)).map((scope) => ({ scope, why, isNeeded })),
  );
  if (lacking.length === 0) return [slack.ok((say) => say.setupSlack.allScopes.replace(/^✔ /, ""))];
  return lacking.map(({ scope, why, isNeeded }) =>
    isNeeded
      ? slack.fail((say) => say.setupSlack.lacksNeeded(scope))
      : slack.warn((say) => say.doctor.lacksScope(scope, why)),
  );
};

/** Asks Slack whose the tokens are, and what they may do. Over HTTP each workspace has its own, sealed in the store. */
export const askSlack = async (api: SlackApi, { mode }: SlackConfig): Promise<readonly Finding[]> => {
  if (mode.kind === "http") return [];
  try {
    const { self, scopes } = await api.self(mode.botToken);
    const found = [slack.ok((say) => say.doctor.tokenIn(self.user, self.team)), ...scopesIn(scopes)];
    await api.connect(mode.appToken);
    return [...found, slack.ok((say) => say.setupSlack.connects.replace(/^✔ /, ""))];
  } catch (error) {
    if (!(error instanceof SlackNo)) return refused(error, slack);
    const { code } = error;
    return [
      slack.fail((say) =>
        error.message.startsWith("apps.")
          ? say.setupSlack.wrongAppToken(code)
          : say.setupSlack.wrongToken(code),
      ),
    ];
  }
};
