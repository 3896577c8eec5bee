import type { Channels } from "#core/channels";
import type { DirectMessages } from "#core/direct-messages";
import type { TenantId } from "#core/ids";
import type { Stages } from "#core/stages";

/** How the bot speaks without having been asked. */
export interface Speaking {
  readonly stages: Stages;
  readonly directMessages: DirectMessages;
  readonly reports: Pick<Channels, "post">;
}

/**
 * Speaks on the platform that a tenant belongs to. A platform that is not there may come back with the next start: until
 * then what is to be said on it fails, and is said later.
 *
 * @param platforms by the first part of a tenant's id: `discord` for `discord:81384788765712384`
 */
export function speakByTenant(platforms: Readonly<Record<string, Speaking>>): Speaking {
  const on = (tenant: TenantId): Speaking => {
    const [platform = ""] = tenant.split(":");
    const speaking = Object.hasOwn(platforms, platform) ? platforms[platform] : undefined;
    if (speaking === undefined) throw new Error(`${platform} is not set up in this process`);
    return speaking;
  };
  return {
    stages: {
      obstacle: (tenant, channel) => on(tenant).stages.obstacle(tenant, channel),
      open: async (tenant, ...thread) => on(tenant).stages.open(tenant, ...thread),
      post: async (stage, ...message) => on(stage.tenant).stages.post(stage, ...message),
      edit: async (stage, ...message) => on(stage.tenant).stages.edit(stage, ...message),
    },
    directMessages: {
      send: async (tenant, ...message) => on(tenant).directMessages.send(tenant, ...message),
    },
    reports: { post: async (tenant, ...post) => on(tenant).reports.post(tenant, ...post) },
  };
}
