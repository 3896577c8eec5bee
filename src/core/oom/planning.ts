import type { Messages } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Block } from "#core/reply";
import type { ModelCatalogue } from "#core/vram/catalogue";
import type { VramRequest } from "#core/vram/request";
import { isPlanned } from "./advice.ts";
import { type Finding, splitNames } from "./finding.ts";
import type { Fix } from "./fixes.ts";
import { makePlan, type Plan } from "./plan.ts";
import { showGib } from "./sum.ts";

/** A plan where the case is one that /vram can speak of, and the run one that it knows. */
export const planFor = (finding: Finding, run: VramRequest | null, models: ModelCatalogue): Plan | null => {
  if (run === null || !isPlanned(finding)) return null;
  try {
    const plan = makePlan(run, finding.figures, models);
    const [kind] = splitNames(finding);
    // What a card needs is no matter where host RAM ran out, and offloading would make it worse.
    return kind === "host_ram" ? { ...plan, steps: [], fits: null, after: run } : plan;
  } catch (error) {
    // A run that was picked out of a log may contradict itself; then the advice goes without figures.
    if (error instanceof Refusal) return null;
    throw error;
  }
};

/** What the message shows as taken and asked for, in GiB. */
const seenGib = ({ figures }: Finding): number | null =>
  figures.tried === null || figures.allocated === null ? null : figures.allocated + figures.tried;

/** The run as it was read, what it needs by /vram, and where that and the message are at odds. */
export const runBlocks = (finding: Finding, plan: Plan, messages: Messages): readonly Block[] => {
  const say = messages.oom;
  const method = messages.vram.method[plan.method as keyof Messages["vram"]["method"]] ?? plan.method;
  const room = plan.roomGib === null ? null : showGib(plan.roomGib);
  const blocks: Block[] = [
    {
      kind: "text",
      text: say.run(
        { model: plan.model, method, batch: plan.batch, seq: plan.seq, gpus: plan.gpus },
        { needs: showGib(plan.needsGib), low: showGib(plan.lowGib), high: showGib(plan.highGib) },
        room,
      ),
    },
  ];
  const seen = seenGib(finding);
  if (seen !== null && seen > plan.highGib) {
    blocks.push({ kind: "note", text: say.moreThanPlanned(showGib(seen)) });
  }
  if (plan.hostRamGib !== null)
    blocks.push({ kind: "note", text: say.hostNeeds(Math.ceil(plan.hostRamGib)) });
  const assumed = plan.assumptions.map((sentence) => sentence(messages));
  if (assumed.length > 0) blocks.push({ kind: "note", text: say.assumed(assumed.join(say.semicolon)) });
  return blocks;
};

/** Whether it fits after those of the shown fixes that /vram can weigh; null where no card is known. */
export const verdictLine = (plan: Plan, shown: readonly Fix[], say: Messages["oom"]): string | null => {
  if (plan.roomGib === null || plan.fits === null) return null;
  const after = showGib(plan.afterGib);
  const room = showGib(plan.roomGib);
  if (plan.steps.length === 0 && plan.fits) return say.shouldFit(after, room);
  const places = shown.flatMap(({ id }, at) => (plan.steps.some((step) => step.id === id) ? [at + 1] : []));
  return plan.fits
    ? say.fits(places.length === shown.length ? null : places, shown.length, after, room)
    : say.fitsNot(plan.steps.length, after, room);
};
