import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from "discord.js";

/**
 * What a failed call means for us: `late` the interaction can no longer be answered; `acknowledged` somebody else has
 * answered it; `no-message`, `no-channel` it was deleted; `no-access`, `no-permission` somebody has to grant it;
 * `closed` the member takes no direct messages; `has-thread` the message has one already; `archived` the thread takes
 * nothing until it is opened again; `wrong-token`; `refused` the body or the request is wrong and stays so; `unsure` it
 * may or may not have happened.
 */
export type Trouble =
  | "late"
  | "acknowledged"
  | "no-message"
  | "no-channel"
  | "no-access"
  | "no-permission"
  | "closed"
  | "has-thread"
  | "archived"
  | "wrong-token"
  | "refused"
  | "unsure";

const troubles: ReadonlyMap<number | string, Trouble> = new Map<number | string, Trouble>([
  [RESTJSONErrorCodes.UnknownInteraction, "late"],
  [RESTJSONErrorCodes.UnknownWebhook, "late"],
  [RESTJSONErrorCodes.InvalidWebhookToken, "late"],
  [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged, "acknowledged"],
  [RESTJSONErrorCodes.UnknownMessage, "no-message"],
  [RESTJSONErrorCodes.UnknownChannel, "no-channel"],
  [RESTJSONErrorCodes.UnknownGuild, "no-access"],
  [RESTJSONErrorCodes.MissingAccess, "no-access"],
  [RESTJSONErrorCodes.MissingPermissions, "no-permission"],
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser, "closed"],
  [RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, "closed"],
  [RESTJSONErrorCodes.UnknownUser, "closed"],
  [RESTJSONErrorCodes.OpeningDirectMessagesTooFast, "unsure"],
  [RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage, "has-thread"],
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread, "archived"],
  [RESTJSONErrorCodes.ThreadLocked, "no-permission"],
]);

export const troubleOf = (error: unknown): Trouble => {
  if (error instanceof RateLimitError) return "unsure";
  if (!(error instanceof DiscordAPIError || error instanceof HTTPError)) return "unsure";
  const known = error instanceof DiscordAPIError ? troubles.get(error.code) : undefined;
  if (known !== undefined) return known;
  if (error.status === 401) return "wrong-token";
  if (error.status === 404) return "late";
  return error.status >= 500 || error.status === 429 ? "unsure" : "refused";
};
