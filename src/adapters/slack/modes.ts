import { createHmac } from "node:crypto";
import type { Services } from "#core/services";
import type { Inflow } from "#src/adapters/chat/inflow";
import type { Pauses } from "#src/adapters/chat/pauses";
import type { CallSettings } from "./calls.ts";
import { HttpDoor } from "./http.ts";
import { Installations, type KeptInstallation } from "./installations.ts";
import { botScopes } from "./manifest-scopes.ts";
import { Sealing, type SealKey } from "./sealing.ts";
import { SocketLines } from "./socket.ts";
import { tenantOf } from "./whereabouts.ts";
import { InstalledWorkspaces, OneWorkspace, type Workspaces } from "./workspaces.ts";

/** One workspace, over connections that the bot opens. */
export interface SocketMode {
  readonly kind: "socket";
  readonly botToken: string;
  readonly appToken: string;
}

/** Many workspaces, which add the app by themselves and deliver over HTTP. */
export interface HttpMode {
  readonly kind: "http";
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly port: number;
  /** Where Slack and people find the app, like `https://study.example.com`. */
  readonly url: string;
  readonly sealKeys: readonly SealKey[];
  /** Slack's own consent page unless a test says otherwise. */
  readonly authorizeUrl?: string;
}

export interface ModeParts {
  readonly calls: CallSettings;
  readonly services: Pick<Services, "store" | "clock" | "log" | "meter">;
  readonly pauses: Pauses;
  readonly inflow: Inflow;
}

/** How the bot hears of what members do, and whose tokens it has. */
export interface OpenedMode {
  readonly workspaces: Workspaces;
  readonly receiver: SocketLines | HttpDoor;
  /** Resolves when the token is known to be good; at once where every workspace has its own. */
  known(): Promise<unknown>;
}

function openSocket({ botToken, appToken }: SocketMode, { calls, services }: ModeParts): OpenedMode {
  const { api, logger, pause } = calls;
  const { log, clock } = services;
  const one = new OneWorkspace(botToken, calls);
  const receiver = new SocketLines({ appToken, api, logger, log, pause, now: () => clock.now() });
  return { workspaces: one, receiver, known: () => one.own() };
}

function openHttp(mode: HttpMode, { calls, services, pauses, inflow }: ModeParts): OpenedMode {
  const { clientId, clientSecret, signingSecret, port, url, authorizeUrl } = mode;
  const { store, clock, log } = services;
  const { api, logger } = calls;
  const installed = ({ team, enterprise, isEnterpriseInstall }: KeptInstallation): void => {
    const id = isEnterpriseInstall ? enterprise?.id : team?.id;
    if (id === undefined) return;
    const tenant = tenantOf({ team: id, enterprise: null });
    workspaces.forget(tenant);
    inflow.run(() => pauses.return(tenant));
  };
  const sealing = new Sealing(mode.sealKeys);
  const installations = new Installations({ store, clock, log, sealing, installed });
  const workspaces = new InstalledWorkspaces(installations, calls, clock);
  const receiver = new HttpDoor({
    signingSecret,
    port,
    logger,
    log,
    meter: services.meter,
    now: () => clock.now(),
    oauth: {
      clientId,
      clientSecret,
      // The state of an installation under way stands in the member's browser, signed with this.
      stateSecret: createHmac("sha256", clientSecret).update("state of an installation").digest("hex"),
      redirectUri: `${url}/slack/oauth_redirect`,
      scopes: botScopes(),
      installationStore: installations,
      installerOptions: {
        directInstall: true,
        redirectUriPath: "/slack/oauth_redirect",
        clientOptions: { slackApiUrl: api, retryConfig: { retries: 0 }, timeout: 5000 },
        ...(authorizeUrl === undefined ? {} : { authorizationUrl: authorizeUrl }),
      },
    },
  });
  return { workspaces, receiver, known: async () => {} };
}

export const openMode = (mode: SocketMode | HttpMode, parts: ModeParts): OpenedMode =>
  mode.kind === "socket" ? openSocket(mode, parts) : openHttp(mode, parts);
