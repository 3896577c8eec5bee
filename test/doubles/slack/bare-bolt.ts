import { once } from "node:events";
import { createServer } from "node:net";
import { App, type Logger, LogLevel } from "@slack/bolt";
import type { SlackDouble } from "./handles.ts";

type Store = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>["installationStore"]>;

export interface BareBolt {
  readonly app: App;
  /** In HTTP mode, where "Add to Slack" begins. */
  readonly installUrl: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Installations in memory, by workspace or organisation. */
function memoryStore(): Store {
  type Installation = Parameters<Store["storeInstallation"]>[0];
  const kept = new Map<string, Installation>();
  const keyOf = (isOrg: boolean | undefined, enterprise?: string, team?: string) =>
    (isOrg === true ? enterprise : team) ?? "";
  return {
    async storeInstallation(installation) {
      const { isEnterpriseInstall, enterprise, team } = installation;
      kept.set(keyOf(isEnterpriseInstall, enterprise?.id, team?.id), installation);
    },
    async fetchInstallation({ isEnterpriseInstall, enterpriseId, teamId }) {
      const found = kept.get(keyOf(isEnterpriseInstall, enterpriseId, teamId));
      if (found === undefined) throw new Error("not installed");
      return found;
    },
  };
}

/** What a closing socket has to say is nothing for a report of tests. */
const silent = (): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
});

/** The real Bolt before a double, with no handler yet. */
export async function startBolt(
  slack: SlackDouble,
  mode: "socket" | "http",
  prepare: (app: App) => void,
): Promise<BareBolt> {
  const port = mode === "http" ? await freePort() : 0;
  const origin = `http://127.0.0.1:${port}`;
  const clientOptions = { slackApiUrl: slack.api };
  const logger = silent();
  const app =
    mode === "socket"
      ? new App({
          token: slack.botToken,
          appToken: slack.appToken,
          socketMode: true,
          clientOptions,
          logger,
        })
      : new App({
          signingSecret: slack.signingSecret,
          clientId: slack.clientId,
          clientSecret: slack.clientSecret,
          stateSecret: "only-here",
          scopes: ["chat:write", "commands", "app_mentions:read", "im:history", "users:read", "files:write"],
          redirectUri: `${origin}/slack/oauth_redirect`,
          installerOptions: {
            redirectUriPath: "/slack/oauth_redirect",
            authorizationUrl: slack.authorizeUrl,
            clientOptions,
          },
          installationStore: memoryStore(),
          clientOptions,
          logger,
        });
  prepare(app);
  await app.start(port);
  if (mode === "http") slack.deliverTo(`${origin}/slack/events`);
  return {
    app,
    installUrl: `${origin}/slack/install`,
    async stop() {
      await app.stop();
    },
  };
}
