import { z } from "zod";
import { changeDossier } from "#core/dossier-change";
import { type Instant, instantSchema, type MemberId, memberIdSchema } from "#core/ids";
import type { Services } from "#core/services";
import { eraseInDossiers, type Whom } from "./dossiers.ts";
import { planPurge, purgeNow } from "./purge.ts";

/** Whoever began it is done or dead by then; the clock goes on in its place. */
const AGAIN_MS = 60_000;
const PREFIX = "member/";

const noteSchema = z.strictObject({ at: instantSchema });
export const memberErasureId = (member: MemberId): string => `${PREFIX}${member}`;

/** Whom an erasure is about, by its id; null where it is another kind of erasure. */
export const memberIn = (id: string): MemberId | null =>
  id.startsWith(PREFIX) ? memberIdSchema.parse(id.slice(PREFIX.length)) : null;

export const eraseAt = (text: string): Instant => noteSchema.parse(JSON.parse(text)).at;

type Parts = Pick<Services, "store" | "clock" | "log" | "elsewhere">;

/** On Slack members themselves are editors, by the settings of a channel. */
async function eraseInSchedules({ tenant, member }: Whom, { store, clock }: Parts): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const naming = (await store.schedules(tenant)).filter(({ editors }) => editors.includes(member));
    if (naming.length === 0) return;
    for (const schedule of naming) {
      const editors = schedule.editors.filter((editor) => editor !== member);
      // Whoever changes the settings at the same moment has the later revision: it is looked at again.
      await store.saveSchedule({ ...schedule, editors, revision: schedule.revision + 1 }, clock.now());
    }
  }
  throw new Error("the settings of a channel were changed all the time");
}

/**
 * Erases a member from a tenant: everything of theirs goes, and where they did something to others' things nobody knows
 * any more that it was them. A process that dies in between is taken over by the clock. Again is as good as once.
 */
export async function eraseMember(whom: Whom, parts: Parts): Promise<void> {
  const { tenant, member, at } = whom;
  const { store, clock, elsewhere } = parts;
  const id = memberErasureId(member);
  await changeDossier(store, { tenant, kind: "erasure", id }, (standing) => {
    const since = standing === null ? at : Math.max(at, eraseAt(standing.text));
    return { text: JSON.stringify({ at: since }), wakeAt: clock.now() + AGAIN_MS };
  });
  // First, so that what arrives meanwhile writes nothing that was looked for already.
  await store.eraseMember(tenant, member, at);
  await eraseInSchedules(whom, parts);
  await eraseInDossiers(whom, store);
  await elsewhere?.erase(tenant, member);
  await store.eraseMember(tenant, member, at);
  const planned = await planPurge(tenant, parts);
  await store.dropDossier(tenant, "erasure", id);
  await purgeNow(tenant, planned, parts);
}
