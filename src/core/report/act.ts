import type { IsoWeek } from "#core/board/period";
import type { Picture } from "#core/charts";
import type { Dossier } from "#core/dossier";
import { type ChannelId, channelIdSchema, submissionIdSchema, type TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Schedule } from "#core/schedule/schedule";
import type { Services } from "#core/services";
import { firstPlan, nextStep, planFor, type ReportPlan, reportPlanSchema } from "./plan.ts";
import { readWeek } from "./read.ts";
import { pictureOf, reportReply } from "./reply.ts";
import type { WeekFacts } from "./week.ts";

const MINUTE_MS = 60_000;
/** A channel that takes no posts is tried again until the next report is due. */
const REFUSED_AGAIN_MS = 60 * MINUTE_MS;
/** More than a week's rounds, and those of the week that has begun. */
const ROUNDS_READ = 16;

type Sources = Pick<Services, "store" | "clock" | "log" | "library" | "charts" | "reports">;
type Kept = Pick<Dossier, "text" | "wakeAt">;

const kept = (plan: ReportPlan, wakeAt: number): Kept => ({ text: JSON.stringify(plan), wakeAt });

/** The same for a channel and week, whoever posts it and however often it is tried. */
const keyOf = (channel: ChannelId, week: IsoWeek) => {
  const key = `report/${week}/${channel}`;
  // Ids of channels are far shorter on every platform; of one that is not, the end is what tells it from others.
  return submissionIdSchema.parse(key.length <= 200 ? key : `report/${week}/${channel.slice(-180)}`);
};

/** The picture; none where it cannot be drawn, since the words say all of it. */
async function draw(
  facts: WeekFacts,
  { locale }: Schedule,
  { charts, log }: Sources,
): Promise<Picture | null> {
  try {
    return await charts.report(pictureOf(facts, locale), { locale, theme: "light" });
  } catch (error) {
    log.error("the picture of a report was not drawn", error, { week: facts.week });
    return null;
  }
}

/** What came of a week's report: `refused` where the channel takes no posts; else what was told, where anything was. */
type Posted = "refused" | { readonly told: ReportPlan["told"] };

async function post(
  tenant: TenantId,
  schedule: Schedule,
  { week, told }: Pick<ReportPlan, "week" | "told">,
  sources: Sources,
): Promise<Posted> {
  const { reports, log, charts } = sources;
  const { channel, locale } = schedule;
  if (reports !== undefined) charts.prepare?.();
  const facts = await readWeek(tenant, channel, week, told, sources);
  if (facts === null) return { told };
  // Whoever starts next may be able to speak.
  if (reports === undefined) return "refused";
  const reply = reportReply(facts, await draw(facts, schedule, sources), locale);
  try {
    await reports.post(tenant, channel, reply, keyOf(channel, week));
    return { told: { through: facts.to, streak: facts.teamStreak } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.error("a report could not be posted", error, { tenant, channel, week });
    return "refused";
  }
}

/** A plan that still knows what was told. */
const withTold = (plan: ReportPlan, told: ReportPlan["told"]): ReportPlan =>
  told === undefined ? plan : { ...plan, told };

/**
 * What the clock does with a channel's dossier of kind `report`: posts the report of the week that is over, once, and
 * plans the next. May be called any number of times, in any number of processes.
 */
export const reportAct =
  (sources: Sources) =>
  async ({ tenant, id, text }: Dossier): Promise<Kept> => {
    const { store, clock, log } = sources;
    const channel = channelIdSchema.parse(id);
    const plan = reportPlanSchema.parse(JSON.parse(text));
    const schedule = await store.schedule(tenant, channel);
    // Whoever sets one again has the report planned again.
    if (schedule === null) return { text, wakeAt: null };
    const rounds = await store.rounds(tenant, channel, ROUNDS_READ);
    const now = clock.now();
    const step = nextStep(plan, schedule, rounds, now);
    // This clock may run behind the one that woke it: without the minute it would be woken again at once.
    const { told } = plan;
    if (step.kind === "wait") return kept(withTold(step.plan, told), Math.max(step.until, now + MINUTE_MS));
    const { week, next, givenUp } = step;
    if (givenUp > 0) log.warn("reports came too late and were left out", { tenant, channel, week, givenUp });
    if (!schedule.enabled || !schedule.report) return kept(withTold(next, told), next.dueAt);
    const posted = await post(tenant, schedule, { week, told }, sources);
    return posted === "refused"
      ? kept(withTold(planFor(week, schedule), told), Math.min(now + REFUSED_AGAIN_MS, next.dueAt))
      : kept(withTold(next, posted.told), next.dueAt);
  };

/**
 * Has a channel's reports planned as its schedule says: at its first, and again where its time or zone has changed.
 * The same again writes nothing.
 */
export async function planReports(
  schedule: Schedule,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<void> {
  const { tenant, channel } = schedule;
  const standing = await store.dossier(tenant, "report", channel);
  const before = standing === null ? null : reportPlanSchema.parse(JSON.parse(standing.text));
  const plan =
    before === null
      ? firstPlan(clock.now(), schedule)
      : withTold(planFor(before.week, schedule), before.told);
  const isPlanned = standing !== null && standing.wakeAt !== null;
  if (isPlanned && standing.text === JSON.stringify(plan)) return;
  // Whoever was quicker planned it by the same schedule, or will be asked again when it has changed.
  await store.keepDossier({
    tenant,
    kind: "report",
    id: channel,
    revision: (standing?.revision ?? 0) + 1,
    ...kept(plan, plan.dueAt),
  });
}
