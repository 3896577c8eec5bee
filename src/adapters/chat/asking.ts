import type { Command } from "#core/command";
import type { ChannelId, MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import type { Request, Role } from "#core/request";

/** Who asks, where, and in which language. */
export interface Asking {
  readonly tenant: TenantId;
  /** Where it was written: the channel, or that of a thread. */
  readonly place: ChannelId;
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
  const { place, channel, ...who } = asking;
  // Settings are for the place they are made in; everything else is for the channel that has rounds.
  const isForPlace = commands.find(({ name }) => name === asked.command)?.who === "admin";
  return { ...who, ...asked, channel: isForPlace ? place : channel };
}
