/**
 * How far the clock of whoever answered is ahead of this machine's, to about a second; null where it did not say.
 *
 * @see RFC 9110, section 6.6.1
 */
export function aheadIn(headers: Headers, now = Date.now()): number | null {
  const told = Date.parse(headers.get("date") ?? "");
  // The header names whole seconds, cut off.
  return Number.isNaN(told) ? null : told + 500 - now;
}
