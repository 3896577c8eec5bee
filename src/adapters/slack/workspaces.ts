import type { Instant, TenantId } from "#core/ids";
import type { Clock } from "#core/ports";
import { Refusal } from "#core/refusal";
import { type CallSettings, Calls } from "./calls.ts";
import type { Installations, KeptInstallation } from "./installations.ts";
import { installedAt, tenantOf, type Workspace, workspaceOf } from "./whereabouts.ts";

/** A workspace as this process can speak in it. */
export interface Connected {
  readonly calls: Calls;
  /** The bot as a member, by which its own messages are known. */
  readonly bot: { readonly user: string; readonly id: string | null };
  /** Who let the app in, where that is known. */
  readonly installer: string | null;
}

/** The workspaces that the app is installed in. */
export interface Workspaces {
  /**
   * @throws Refusal where the app is not installed there
   * @throws Error where that cannot be found out now
   */
  at(tenant: TenantId): Promise<Connected>;
  /**
   * The app was taken out of a workspace. False where it has been let in again since, or never was in.
   *
   * @param at when that was, to the second
   */
  drop(tenant: TenantId, at: Instant): Promise<boolean>;
}

const notInstalled = (): Refusal => new Refusal((say) => say.slack.notInstalled);

/** The one workspace of a token in the environment. */
export class OneWorkspace implements Workspaces {
  readonly #calls: Calls;
  #known: Promise<{ readonly tenant: TenantId; readonly connected: Connected }> | null = null;

  constructor(token: string, settings: CallSettings) {
    this.#calls = new Calls(token, settings);
  }

  /** The workspace itself, as Slack says whose the token is; asked once. */
  async own(): Promise<{ readonly tenant: TenantId; readonly connected: Connected }> {
    this.#known ??= this.#ask().catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    return this.#known;
  }

  async #ask() {
    const self = await this.#calls.self();
    const enterprise = self.is_enterprise_install ? (self.enterprise_id ?? null) : null;
    const bot = { user: self.user_id, id: self.bot_id ?? null };
    return {
      tenant: tenantOf({ team: self.team_id, enterprise }),
      connected: { calls: this.#calls, bot, installer: null },
    };
  }

  async at(tenant: TenantId): Promise<Connected> {
    const { tenant: own, connected } = await this.own();
    // A schedule of another workspace may be kept from when another token stood in the environment.
    if (tenant !== own) throw notInstalled();
    return connected;
  }

  async drop(tenant: TenantId): Promise<boolean> {
    const { tenant: own } = await this.own();
    if (tenant === own) this.#known = null;
    return tenant === own;
  }
}

/** How long a token is used without another look: another process may have heard that the app was taken out. */
const KNOWN_MS = 5 * 60_000;
const MOST_KNOWN = 2000;
/** Events say when they were to the second. */
const A_SECOND_MS = 1000;

/** All workspaces that have let the app in. */
export class InstalledWorkspaces implements Workspaces {
  readonly #installations: Installations;
  readonly #settings: CallSettings;
  readonly #clock: Clock;
  readonly #known = new Map<TenantId, { readonly connected: Connected; readonly at: number }>();

  constructor(installations: Installations, settings: CallSettings, clock: Clock) {
    this.#installations = installations;
    this.#settings = settings;
    this.#clock = clock;
  }

  async at(tenant: TenantId): Promise<Connected> {
    const known = this.#known.get(tenant);
    if (known !== undefined && this.#clock.now() - known.at < KNOWN_MS) return known.connected;
    const workspace = workspaceOf(tenant);
    const kept = workspace === null ? null : await this.#installations.find(installedAt(workspace));
    if (workspace === null || kept === null) {
      this.#known.delete(tenant);
      throw notInstalled();
    }
    const connected = this.#connect(workspace, kept, known?.connected);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(tenant, { connected, at: this.#clock.now() });
    return connected;
  }

  #connect(workspace: Workspace, kept: KeptInstallation, before: Connected | undefined): Connected {
    if (before?.calls.token === kept.bot.token) return before;
    return {
      calls: new Calls(kept.bot.token, this.#settings, kept.isEnterpriseInstall ? workspace.team : null),
      bot: { user: kept.bot.userId, id: kept.bot.id },
      installer: kept.installer,
    };
  }

  async drop(tenant: TenantId, at: Instant): Promise<boolean> {
    const workspace = workspaceOf(tenant);
    if (workspace === null) return false;
    const installed = installedAt(workspace);
    const kept = await this.#installations.find(installed);
    // The event may come late, when somebody has added the app again: that installation is not the one that ended.
    if (kept !== null && at + A_SECOND_MS < kept.installedAt) return false;
    await this.#installations.drop(installed);
    this.forget(tenant);
    return true;
  }

  /** Forgets the token of a workspace, or of all of an organisation, so that it is looked up again. */
  forget(tenant: TenantId): void {
    const { enterprise } = workspaceOf(tenant) ?? { enterprise: null };
    const organisation = enterprise === null ? `${tenant}.` : `slack:${enterprise}.`;
    for (const known of this.#known.keys())
      if (known === tenant || known.startsWith(organisation)) this.#known.delete(known);
  }
}
