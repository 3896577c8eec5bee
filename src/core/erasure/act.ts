import type { Dossier } from "#core/dossier";
import type { Services } from "#core/services";
import { eraseAt, eraseMember, memberIn } from "./member.ts";
import { PURGE, purgeFurther } from "./purge.ts";
import { eraseTenant, LEFT_ERASURE, TENANT_ERASURE, tenantErasureAt } from "./tenant.ts";
import { sweepTexts, TEXTS } from "./texts.ts";

/** What the clock does of an erasure whose time has come. May be called any number of times, in any number of processes. */
export const erasureAct =
  (services: Services) =>
  async ({ tenant, id, text }: Dossier): Promise<Pick<Dossier, "text" | "wakeAt"> | null> => {
    if (id === TEXTS) return { text, wakeAt: await sweepTexts(tenant, services) };
    if (id === TENANT_ERASURE || id === LEFT_ERASURE) {
      await eraseTenant(tenant, tenantErasureAt(text), services);
      services.log.info("a tenant's data was erased", { tenant });
      return null;
    }
    if (id === PURGE) {
      const next = await purgeFurther(tenant, text, services);
      if (next === null) await services.store.dropDossier(tenant, "erasure", PURGE);
      return next;
    }
    const member = memberIn(id);
    if (member === null) throw new Error(`no such erasure: ${id}`);
    await eraseMember({ tenant, member, at: eraseAt(text) }, services);
    return null;
  };
