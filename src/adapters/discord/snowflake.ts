import { z } from "zod";
import type { Instant } from "#core/ids";

/** An id of Discord's: 64 bits in decimal, the time it was made in the upper 42. */
export const snowflakeSchema = z.string().regex(/^\d{1,20}$/);

/** 2015-01-01T00:00Z, from which Discord counts. */
const EPOCH_MS = 1_420_070_400_000;

/** When Discord made the id; for an interaction or a message, when the member sent it. */
export const instantOf = (snowflake: string): Instant => Number(BigInt(snowflake) >> 22n) + EPOCH_MS;

/** The smallest id of an instant: everything made from then on has a larger one. */
export const snowflakeAt = (instant: Instant): string =>
  String(BigInt(Math.max(0, instant - EPOCH_MS)) << 22n);
