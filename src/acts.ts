import { appealAct } from "#core/appeal/telling";
import { erasureAct } from "#core/erasure/act";
import { wakeInterview } from "#core/interview/waking";
import { inTenant } from "#core/pack/library";
import { reminderAct } from "#core/reminder/reminding";
import { reportAct } from "#core/report/act";
import type { Services } from "#core/services";
import { suggestionAct } from "#core/suggestion/telling";
import type { DossierAct, DossierActs } from "./schedule/dossier-clock.ts";

/** What wakes by itself, and what is done then. */
export function dossierActs(services: Services): DossierActs {
  const { stages } = services;
  const inItsTenant =
    (actOf: (services: Services) => DossierAct): DossierAct =>
    async (dossier) =>
      actOf(await inTenant(dossier.tenant, services))(dossier);
  return {
    reminder: inItsTenant(reminderAct),
    ...(stages === undefined ? {} : { interview: inItsTenant((own) => wakeInterview({ ...own, stages })) }),
    appeal: inItsTenant(appealAct),
    suggestion: inItsTenant(suggestionAct),
    report: inItsTenant(reportAct),
    erasure: erasureAct(services),
  };
}
