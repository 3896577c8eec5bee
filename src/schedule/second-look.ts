import { z } from "zod";
import { type Instant, instantSchema, roundIdSchema } from "#core/ids";
import { inTenant } from "#core/pack/library";
import type { Announcement } from "#core/ports";
import type { DossierAct } from "./dossier-clock.ts";
import type { ClockParts } from "./parts.ts";

const HOUR_MS = 3_600_000;
/** By then whoever was frozen has come to, or was ended. */
const LAST_LOOK_MS = 24 * HOUR_MS;

const lookSchema = z.strictObject({
  kind: z.enum(["question", "reveal"]),
  round: roundIdSchema,
  key: z.string(),
  since: instantSchema,
  kept: z.string(),
});

/** Removes what was posted twice. It only tidies up, so nothing waits for it to succeed. */
export const removeTwins = async (
  announcement: Announcement,
  since: Instant,
  kept: string,
  { poster, log }: ClockParts,
): Promise<void> => {
  try {
    await poster.dropTwins?.(announcement, since, kept);
  } catch (error) {
    const { tenant, channel, key } = announcement;
    log.error("a second post could not be removed", error, { tenant, channel, key });
  }
};

/**
 * Plans to look for a second message of a post that took more than one try: a process that was frozen between its last
 * look at the clock and its post may send it minutes or hours after another has looked and posted.
 */
export const planSecondLook = async (
  { kind, tenant, key, round }: Announcement,
  since: Instant,
  kept: string,
  { store, clock, poster, log }: ClockParts,
): Promise<void> => {
  if (poster.dropTwins === undefined) return;
  const text = JSON.stringify({ kind, round: round.id, key, since, kept });
  const wakeAt = clock.now() + HOUR_MS;
  try {
    await store.keepDossier({ tenant, kind: "second-look", id: key, revision: 1, text, wakeAt });
  } catch (error) {
    // The post itself is settled.
    log.error("no second look at a post could be planned", error, { tenant, key });
  }
};

/** Looks an hour after the post and once more, for twins of it. */
export const secondLook = (parts: Pick<ClockParts, "store" | "poster" | "library" | "clock">): DossierAct => {
  const { store, poster, clock } = parts;
  return async ({ tenant, id, text }) => {
    const { library } = await inTenant(tenant, parts);
    const { kind, round: named, key, since, kept } = lookSchema.parse(JSON.parse(text));
    const round = await store.round(tenant, named);
    const question = round === null ? undefined : library.question(round.question);
    const isLast = clock.now() - since >= LAST_LOOK_MS;
    if (round !== null && question !== undefined) {
      const { channel } = round;
      await poster.dropTwins?.({ kind, tenant, channel, key, round, question, late: false }, since, kept);
      if (!isLast) return { text, wakeAt: since + LAST_LOOK_MS + HOUR_MS };
    }
    await store.dropDossier(tenant, "second-look", id);
    return null;
  };
};
