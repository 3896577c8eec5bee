import type { MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Clock, Log } from "#core/ports";
import type { UserInfo } from "./calls.ts";
import { scopeMissing } from "./failure.ts";
import { localeIn } from "./whereabouts.ts";
import type { Workspaces } from "./workspaces.ts";

/** A member as Slack knows them. */
export interface MemberInfo {
  readonly isAdmin: boolean;
  /** The language of their own Slack, where it is one of ours. */
  readonly locale: Locale | null;
  readonly name: string;
}

const HOUR_MS = 3_600_000;
const MOST_KNOWN = 10_000;

const infoOf = ({
  is_admin,
  is_owner,
  is_primary_owner,
  locale,
  name,
  real_name,
  profile,
}: UserInfo): MemberInfo => ({
  isAdmin: is_admin || is_owner || is_primary_owner,
  locale: localeIn(locale),
  name: profile?.display_name || real_name || name,
});

interface MemberParts {
  readonly workspaces: Workspaces;
  readonly clock: Clock;
  readonly log: Log;
}

/** What Slack says of members; their language and name for an hour, whether they are admins whenever that counts. */
export class Members {
  readonly #parts: MemberParts;
  readonly #known = new Map<string, { readonly info: MemberInfo; readonly at: number }>();
  #isWarned = false;

  constructor(parts: MemberParts) {
    this.#parts = parts;
  }

  /** As Slack says now. */
  async ask(tenant: TenantId, member: MemberId): Promise<MemberInfo> {
    const { workspaces, clock } = this.#parts;
    const { calls } = await workspaces.at(tenant);
    const info = infoOf(await calls.user(member));
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(`${tenant}/${member}`, { info, at: clock.now() });
    return info;
  }

  /** As far as it is known without waiting. */
  recall(tenant: TenantId, member: MemberId): MemberInfo | null {
    return this.#known.get(`${tenant}/${member}`)?.info ?? null;
  }

  /** As it was within the hour; null where Slack does not say. Never rejects. */
  async of(tenant: TenantId, member: MemberId): Promise<MemberInfo | null> {
    const known = this.#known.get(`${tenant}/${member}`);
    if (known !== undefined && this.#parts.clock.now() - known.at < HOUR_MS) return known.info;
    try {
      return await this.ask(tenant, member);
    } catch (error) {
      const scope = scopeMissing(error);
      if (scope === null) this.#parts.log.warn("a member could not be looked up", { reason: String(error) });
      else if (!this.#isWarned) this.#parts.log.warn("members cannot be looked up", { missing: scope });
      this.#isWarned ||= scope !== null;
      return known?.info ?? null;
    }
  }

  /** Names of members, as far as Slack tells them. */
  async namesOf(tenant: TenantId, members: readonly MemberId[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const member of members) {
      const info = await this.of(tenant, member);
      if (info !== null && info.name !== "") names.set(member, info.name);
    }
    return names;
  }
}
