import { appealAct } from "#core/appeal/telling";
import { wakeInterview } from "#core/interview/waking";
import { reminderAct } from "#core/reminder/reminding";
import { reportAct } from "#core/report/act";
import type { Services } from "#core/services";
import { suggestionAct } from "#core/suggestion/telling";
import type { DossierActs } from "./schedule/dossier-clock.ts";

/** What wakes by itself, and what is done then. */
export const dossierActs = (services: Services): DossierActs => ({
  reminder: reminderAct(services),
  ...(services.stages === undefined
    ? {}
    : { interview: wakeInterview({ ...services, stages: services.stages }) }),
  appeal: appealAct(services),
  suggestion: suggestionAct(services),
  report: reportAct(services),
});
