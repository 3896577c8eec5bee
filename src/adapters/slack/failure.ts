import { webApi } from "@slack/bolt";

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

/**
 * What a failed call means for us: `late` the trigger or the address to respond to is no longer good; `no-message`,
 * `no-view` it was deleted or closed; `no-channel`, `archived`, `not-in-channel` the channel takes nothing;
 * `missing-scope`, `not-allowed` somebody has to grant it; `wrong-token` the app was taken out or the token is wrong;
 * `rate-limited`; `refused` the request is wrong and stays so; `down` it surely did not happen; `unsure` it may have.
 */
export type Trouble =
  | "late"
  | "no-message"
  | "no-view"
  | "no-channel"
  | "archived"
  | "not-in-channel"
  | "missing-scope"
  | "not-allowed"
  | "wrong-token"
  | "rate-limited"
  | "refused"
  | "down"
  | "unsure";

const codes: ReadonlyMap<string, Trouble> = new Map<string, Trouble>([
  ["expired_trigger_id", "late"],
  ["trigger_expired", "late"],
  ["trigger_exchanged", "late"],
  ["exchanged_trigger_id", "late"],
  ["invalid_trigger_id", "late"],
  ["expired_url", "late"],
  ["used_url", "late"],
  ["message_not_found", "no-message"],
  ["cant_update_message", "no-message"],
  ["cant_delete_message", "no-message"],
  ["thread_not_found", "no-message"],
  ["not_found", "no-view"],
  ["view_not_found", "no-view"],
  ["hash_conflict", "no-view"],
  ["channel_not_found", "no-channel"],
  ["is_archived", "archived"],
  ["not_in_channel", "not-in-channel"],
  ["user_not_in_channel", "not-in-channel"],
  ["missing_scope", "missing-scope"],
  ["restricted_action", "not-allowed"],
  ["restricted_action_read_only_channel", "not-allowed"],
  ["restricted_action_non_threadable_channel", "not-allowed"],
  ["ekm_access_denied", "not-allowed"],
  ["access_denied", "not-allowed"],
  ["no_permission", "not-allowed"],
  ["team_access_not_granted", "not-allowed"],
  ["invalid_auth", "wrong-token"],
  ["not_authed", "wrong-token"],
  ["account_inactive", "wrong-token"],
  ["token_revoked", "wrong-token"],
  ["token_expired", "wrong-token"],
  ["not_allowed_token_type", "wrong-token"],
  ["ratelimited", "rate-limited"],
  ["rate_limited", "rate-limited"],
  ["internal_error", "unsure"],
  ["fatal_error", "unsure"],
  ["service_unavailable", "unsure"],
  ["request_timeout", "unsure"],
]);

/** Slack's own name for why a call failed; null where it gave none. */
export const codeOf = (error: unknown): string | null =>
  error instanceof WebAPIPlatformError ? error.data.error : null;

/** The scope that a call needed and the token lacks. */
export function scopeMissing(error: unknown): string | null {
  if (!(error instanceof WebAPIPlatformError) || error.data.error !== "missing_scope") return null;
  const needed = "needed" in error.data ? error.data.needed : undefined;
  return typeof needed === "string" ? (needed.split(",")[0] ?? null) : null;
}

/** The connection was never made: nothing can have happened. */
const neverSent: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const isNeverSent = (error: unknown): boolean =>
  error instanceof Error &&
  (neverSent.has("code" in error ? error.code : undefined) || isNeverSent(error.cause));

/** An address to respond to that did not take what was sent. */
export class RespondFailure extends Error {
  readonly status: number;
  /** Slack's name for why, where the answer holds one. */
  readonly code: string | null;

  constructor(status: number, answer = "") {
    const code = /\b(?:invalid|expired|used|too|no)_[a-z_]{1,40}/.exec(answer.slice(0, 1000))?.[0] ?? null;
    super(`the address to respond to answered ${status} ${code ?? ""}`.trimEnd());
    this.name = "RespondFailure";
    this.status = status;
    this.code = code;
  }
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof WebAPIPlatformError) return codes.get(error.data.error) ?? "refused";
  if (error instanceof WebAPIRateLimitedError) return "rate-limited";
  if (error instanceof WebAPIRequestError) return isNeverSent(error.original) ? "down" : "unsure";
  if (error instanceof WebAPIHTTPError) return error.statusCode >= 500 ? "unsure" : "refused";
  if (error instanceof RespondFailure) {
    // Slack answers 404 to blocks that it does not take, too, and the address stays good.
    if (error.code?.startsWith("invalid_")) return "refused";
    if (error.status === 404 || error.status === 410) return "late";
    if (error.status === 429) return "rate-limited";
    return error.status >= 500 ? "unsure" : "refused";
  }
  return isNeverSent(error) ? "down" : "unsure";
}
