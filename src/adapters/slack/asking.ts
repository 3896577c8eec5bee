import { type MemberId, memberIdSchema, type TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import type { Role } from "#core/request";
import type { Asking } from "#src/adapters/chat/asking";
import { studyChannelFor } from "#src/adapters/chat/study-channel";
import { scopeMissing } from "./failure.ts";
import type { Parts } from "./parts.ts";
import { channelOf } from "./whereabouts.ts";

/** Whose delivery it is, and where it came from. */
export interface Sender {
  readonly tenant: TenantId;
  readonly member: MemberId;
  /** The channel or the direct messages; null for a window that came from none. */
  readonly channel: string | null;
}

export const senderOf = (tenant: TenantId, user: string, channel: string | null): Sender => ({
  tenant,
  member: memberIdSchema.parse(user),
  channel,
});

/**
 * Whether a member is an admin of the workspace, asked now: nobody stays one because they were one.
 *
 * @throws Refusal where Slack does not say
 */
async function isAdmin({ tenant, member }: Sender, { members, services }: Parts): Promise<boolean> {
  try {
    return (await members.ask(tenant, member)).isAdmin;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const scope = scopeMissing(error);
    services.log.warn("whether a member is an admin could not be found out", { reason: String(error) });
    throw new Refusal((say) => say.slack.cannotCheckAdmin(scope), { cause: error });
  }
}

/**
 * Who asks for a command, and what they may do.
 *
 * @throws Refusal where the app is not installed there, or it cannot be found out whether they may
 */
export async function askingBy(sender: Sender, command: string, parts: Parts): Promise<Asking> {
  const { commands, members, services } = parts;
  const { tenant, member } = sender;
  const { who = "member", hasEditorsDesk = false } = commands.find(({ name }) => name === command) ?? {};
  const schedules = await services.store.schedules(tenant);
  const isEditor = schedules.some(({ editors }) => editors.includes(member));
  const info = await members.of(tenant, member);
  // Members do not wait for what matters to admins only.
  const counts = who !== "member" || (hasEditorsDesk && info?.isAdmin === true);
  const mayBeAdmin = counts && (await isAdmin(sender, parts));
  const role: Role = mayBeAdmin ? "admin" : isEditor ? "editor" : "member";
  // A window that was opened at home belongs to no channel: the member's own is meant.
  const place = channelOf(sender.channel ?? member);
  const isThere = sender.channel !== null && !sender.channel.startsWith("D");
  const channel = await studyChannelFor(place, tenant, member, schedules, services);
  const schedule = schedules.find((one) => one.channel === channel);
  const locale: Locale = info?.locale ?? schedule?.locale ?? "en";
  return { tenant, place, isThere, channel, member, role, locale };
}
