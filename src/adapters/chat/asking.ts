import type { Command } from "#core/command";
import type { ChannelId, MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Request, Role } from "#core/request";

/** Who asks, where, and in which language. */
export interface Asking {
  readonly tenant: TenantId;
  /** Where it was written: the channel, or that of a thread. */
  readonly place: ChannelId;
  /** Whether it was written in that place, and not in direct messages or a window of no channel. */
  readonly isThere: boolean;
  /** The channel whose rounds are meant. */
  readonly channel: ChannelId;
  readonly member: MemberId;
  readonly role: Role;
  readonly locale: Locale;
}

/** The request for what was typed, pressed or written. */
export function requestOf(
  asked: Pick<Request, "command" | "input" | "sentAt" | "submission"> &
    Partial<Pick<Request, "theme" | "later">>,
  asking: Asking,
  commands: readonly Command[],
): Request {
  const { place, isThere, channel, ...who } = asking;
  // Settings are for the place they are made in; most else is for the channel that has rounds.
  const command = commands.find(({ name }) => name === asked.command);
  const isForPlace = command?.who === "admin" || command?.isForPlace === true;
  return { ...who, ...asked, channel: isForPlace ? place : channel, ...(isThere ? { place } : {}) };
}
