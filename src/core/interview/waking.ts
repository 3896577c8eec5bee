import type { Dossier } from "#core/dossier";
import type { Services } from "#core/services";
import type { Stages } from "#core/stages";
import { deliver } from "./delivering.ts";
import { interviewSchema } from "./interview.ts";
import { happenTo } from "./keeping.ts";
import { KEPT_MS } from "./limits.ts";
import { wakeAtOf } from "./step.ts";

/**
 * What is due of an interview without anybody asking: its deadlines, and what a process that died had still to do. An
 * interview whose reports nobody reads any more is forgotten.
 */
export const wakeInterview =
  (parts: Pick<Services, "store" | "library" | "clock" | "log"> & { readonly stages: Stages }) =>
  async ({ tenant, id, text }: Dossier): Promise<Pick<Dossier, "text" | "wakeAt"> | null> => {
    const { over } = interviewSchema.parse(JSON.parse(text));
    const { clock, store } = parts;
    if (over !== null && clock.now() - over.at >= KEPT_MS) {
      await store.dropDossier(tenant, "interview", id);
      return null;
    }
    const woken = await happenTo(tenant, id, null, parts, () => ({ kind: "wake" }));
    const delivered = await deliver(tenant, woken, "now", parts);
    // What has changed was kept with its own time; what has not was looked at too early.
    return JSON.stringify(delivered) === text ? { text, wakeAt: wakeAtOf(delivered, clock.now()) } : null;
  };
