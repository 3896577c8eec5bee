import type { Installation, InstallationQuery, InstallationStore } from "@slack/bolt";
import { z } from "zod";
import { type TenantId, tenantIdSchema } from "#core/ids";
import type { Clock, Log, Store } from "#core/ports";
import type { Sealing } from "./sealing.ts";

/** What is kept of an installation; what Slack gives beyond that is forgotten. */
const keptSchema = z.object({
  team: z.object({ id: z.string(), name: z.string().optional() }).nullable(),
  enterprise: z.object({ id: z.string(), name: z.string().optional() }).nullable(),
  isEnterpriseInstall: z.boolean(),
  appId: z.string().optional(),
  /** Who let the app in. */
  installer: z.string(),
  bot: z.object({ token: z.string(), id: z.string(), userId: z.string(), scopes: z.array(z.string()) }),
  installedAt: z.number(),
});
export type KeptInstallation = z.infer<typeof keptSchema>;

const tenantFor = (id: string): TenantId => tenantIdSchema.parse(`slack:${id}`);

export interface InstallationParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly sealing: Sealing;
  /** Told of every installation, once it is kept. */
  installed(kept: KeptInstallation): void;
}

/** Where Bolt keeps what Slack gave when the app was let in: sealed, in the store. */
export class Installations implements InstallationStore {
  readonly #parts: InstallationParts;

  constructor(parts: InstallationParts) {
    this.#parts = parts;
  }

  async storeInstallation<AuthVersion extends "v1" | "v2">(
    installation: Installation<AuthVersion, boolean>,
  ): Promise<void> {
    const { team, enterprise, bot, user, appId, isEnterpriseInstall = false } = installation;
    const kept = keptSchema.parse({
      team: isEnterpriseInstall ? null : team,
      enterprise: enterprise ?? null,
      isEnterpriseInstall,
      appId,
      installer: user.id,
      bot,
      installedAt: this.#parts.clock.now(),
    });
    const id = isEnterpriseInstall ? kept.enterprise?.id : kept.team?.id;
    if (id === undefined) throw new Error("an installation belongs to no workspace");
    const tenant = tenantFor(id);
    await this.#parts.store.keepInstallation(tenant, this.#parts.sealing.seal(JSON.stringify(kept), tenant));
    this.#parts.installed(kept);
  }

  /** Null where there is none; sealed anew where it was sealed with an old key. */
  async find(tenant: TenantId): Promise<KeptInstallation | null> {
    const { store, sealing, log } = this.#parts;
    const sealed = await store.installation(tenant);
    if (sealed === null) return null;
    const text = sealing.open(sealed, tenant);
    if (sealing.isOld(sealed)) {
      await store.keepInstallation(tenant, sealing.seal(text, tenant));
      log.info("an installation was sealed anew", { tenant });
    }
    return keptSchema.parse(JSON.parse(text));
  }

  async drop(tenant: TenantId): Promise<void> {
    await this.#parts.store.dropInstallation(tenant);
  }

  async fetchInstallation<AuthVersion extends "v1" | "v2">(
    query: InstallationQuery<boolean>,
  ): Promise<Installation<AuthVersion, boolean>> {
    const id = query.isEnterpriseInstall ? query.enterpriseId : query.teamId;
    const kept = id === undefined ? null : await this.find(tenantFor(id));
    if (kept === null) throw new Error("the app is not installed there");
    const { installer, isEnterpriseInstall, appId } = kept;
    return {
      team: kept.team === null ? undefined : { id: kept.team.id },
      enterprise: kept.enterprise === null ? undefined : { id: kept.enterprise.id },
      user: { id: installer, token: undefined, scopes: undefined },
      bot: kept.bot,
      isEnterpriseInstall,
      ...(appId === undefined ? {} : { appId }),
      tokenType: "bot",
    } as Installation<AuthVersion, boolean>;
  }

  async deleteInstallation(query: InstallationQuery<boolean>): Promise<void> {
    const id = query.isEnterpriseInstall ? query.enterpriseId : query.teamId;
    if (id !== undefined) await this.drop(tenantFor(id));
  }
}
