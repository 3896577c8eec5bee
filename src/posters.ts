import type { ChannelId, TenantId } from "#core/ids";
import type { Announcement, Pace, Poster } from "#core/ports";

/** Sends each of the clock's messages by the poster of the platform that its tenant belongs to. */
export class PosterByTenant implements Poster {
  readonly #posters: ReadonlyMap<string, Poster>;

  /** @param posters by the first part of a tenant's id: `discord` for `discord:81384788765712384` */
  constructor(posters: Readonly<Record<string, Poster>>) {
    this.#posters = new Map(Object.entries(posters));
  }

  async post(announcement: Announcement): Promise<string> {
    return this.#for(announcement.tenant).post(announcement);
  }

  async find(announcement: Announcement, since: number): Promise<string | null> {
    return this.#for(announcement.tenant).find(announcement, since);
  }

  async closed(announcement: Announcement): Promise<void> {
    await this.#for(announcement.tenant).closed?.(announcement);
  }

  async dropTwins(announcement: Announcement, since: number, kept: string): Promise<void> {
    await this.#for(announcement.tenant).dropTwins?.(announcement, since, kept);
  }

  paces(tenant: TenantId, channel: ChannelId): readonly Pace[] {
    return this.#for(tenant).paces?.(tenant, channel) ?? [];
  }

  /** A platform may come back with the next start: until then its posts fail, and are made up for in time. */
  #for(tenant: TenantId): Poster {
    const [platform = ""] = tenant.split(":");
    const poster = this.#posters.get(platform);
    if (poster === undefined) throw new Error(`${platform} is not set up in this process`);
    return poster;
  }
}
