import { createHash } from "node:crypto";
import type { Instant } from "#core/ids";
import type { Schedule } from "#core/schedule/schedule";

/** From so many channels at once on they are a crowd, which no platform takes in one second. */
const CROWD = 256;
/** Over how long a crowd is spread; short of what would count as late. */
const WINDOW_MS = 60_000;
/** What is planned nearer than this is somebody's wait or a second look, and stays where it is. */
const NEAR_MS = 120_000;

/** A number from 0 to 1 that depends on the channel alone. */
const placeOf = ({ tenant, channel }: Pick<Schedule, "tenant" | "channel">): number =>
  createHash("sha256")
    .update(JSON.stringify([tenant, channel]))
    .digest()
    .readUInt32BE() /
  2 ** 32;

/**
 * When a channel of a crowd is looked at next: each a moment of its own later, always the same, so that channels that
 * are due at the same time do not come all at once the next time.
 *
 * @param together how many channels were due at once
 */
export const spreadOut = (
  schedule: Pick<Schedule, "tenant" | "channel">,
  wakeAt: Instant,
  now: Instant,
  together: number,
): Instant =>
  together < CROWD || wakeAt - now < NEAR_MS ? wakeAt : wakeAt + Math.floor(placeOf(schedule) * WINDOW_MS);
