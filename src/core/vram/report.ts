import type { Locale } from "#core/language";
import { type Messages, messagesFor } from "#core/messages/index";
import { type Advice, adviceFor } from "./advice.ts";
import { apportion, gib } from "./bytes.ts";
import type { Measurement, ModelCatalogue } from "./catalogue.ts";
import { cheapestSetup, type Setup } from "./cheapest.ts";
import { type ComponentName, type Components, componentNames } from "./components.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { type Card, commonCards, usableGib, type Verdict, verdictFor } from "./gpus.ts";
import { type Largest, largestFor } from "./largest.ts";
import { nearestMeasured } from "./nearest.ts";
import type { VramRequest } from "./request.ts";

/** The answer as scripts read it; all sizes in GiB. */
export interface VramReport {
  readonly gib_per_gpu: number;
  readonly low: number;
  readonly high: number;
  /** Alive at the peak; adds up to `gib_per_gpu`. */
  readonly breakdown: {
    readonly weights: number;
    readonly gradients: number;
    readonly optimizer: number;
    readonly activations: number;
    readonly logits: number;
    readonly kv_cache: number;
    readonly overhead: number;
  };
  readonly steady_gib: number;
  readonly host_ram_gib: number | null;
  readonly fits: readonly { readonly gpu: string; readonly usable_gib: number; readonly verdict: Verdict }[];
  readonly advice: readonly { readonly change: string; readonly saves_gib: number; readonly cost: string }[];
  readonly largest: Largest;
  readonly assumptions: readonly string[];
  readonly nearest_measured: { readonly source: string; readonly gib_per_gpu: number } | null;
}

/** Parts and total in GiB, rounded together so that the parts still add up. */
export const roundedParts = (components: Components, decimals: number): { parts: number[]; sum: number } =>
  apportion(
    componentNames.map((name) => gib(components[name])),
    decimals,
  );

/** Everything one answer needs, before it is put into words. */
export interface Findings {
  readonly estimate: Estimate;
  readonly fits: readonly { readonly card: Card; readonly usableGib: number; readonly verdict: Verdict }[];
  readonly advice: readonly Advice[];
  /** The card that `largest` is for: the one asked about, or the smallest common one that the run fits. */
  readonly card: Card;
  readonly largest: Largest;
  readonly nearest: Measurement | null;
  /** Cards that hold the run with the least memory bought; null where eight of the largest do not. */
  readonly cheapest: Setup | null;
}

/** The smallest common card that the run fits; the largest one where it fits none. */
function smallestFitting(peakGib: number, cards: readonly Card[]): Card {
  const last = cards.at(-1) ?? { name: "80 GB", gib: 80, total: null };
  return cards.find((card) => verdictFor(peakGib, card) === "fits") ?? last;
}

/** @throws Refusal as `estimate` does */
export function findingsFor(request: VramRequest, catalogue: ModelCatalogue): Findings {
  const estimated = estimate(request, catalogue);
  const { settings, model, card: asked } = estimated.settled;
  const { sum: peakGib } = roundedParts(estimated.components, 2);
  const common = commonCards(catalogue);
  const cards = asked === null ? common : [asked, ...common.filter(({ name }) => name !== asked.name)];
  const card = asked ?? smallestFitting(peakGib, common);
  return {
    estimate: estimated,
    fits: cards.map((candidate) => ({
      card: candidate,
      usableGib: usableGib(candidate),
      verdict: verdictFor(peakGib, candidate),
    })),
    advice: adviceFor(settings),
    card,
    largest: largestFor(settings, card),
    nearest: nearestMeasured(settings, model.name, catalogue),
    cheapest: cheapestSetup(settings, common),
  };
}

const hundredths = (bytes: number): number => Math.round(gib(bytes) * 100) / 100;

/** What a change costs, with the host memory it needs where it needs some. */
export const costOf = ({ id, hostRamBytes }: Advice, say: Messages): string =>
  hostRamBytes === null
    ? say.vram.cost[id]
    : say.vram.costWithRam(say.vram.cost[id], `${Math.ceil(gib(hostRamBytes))} GiB`);

/**
 * The estimate in the contract's form.
 *
 * @throws Refusal for an unknown model or card and for settings that contradict each other
 */
export function estimateReport(
  request: VramRequest,
  catalogue: ModelCatalogue,
  locale: Locale = "en",
): VramReport {
  const findings = findingsFor(request, catalogue);
  const { estimate: estimated, card } = findings;
  const say = messagesFor(locale);
  const { parts, sum } = roundedParts(estimated.components, 2);
  const part = (name: ComponentName): number => parts[componentNames.indexOf(name)] ?? 0;
  const sentences = [...estimated.assumptions, ...estimated.warnings].map((sentence) => sentence(say));
  return {
    gib_per_gpu: sum,
    low: Math.min(hundredths(estimated.interval.lowBytes), sum),
    high: Math.max(hundredths(estimated.interval.highBytes), sum),
    breakdown: {
      weights: part("weights"),
      gradients: part("gradients"),
      optimizer: part("optimizer"),
      activations: part("activations"),
      logits: part("logits"),
      kv_cache: part("kvCache"),
      overhead: part("overhead"),
    },
    steady_gib: hundredths(estimated.steadyBytes),
    host_ram_gib: estimated.hostRamBytes === null ? null : hundredths(estimated.hostRamBytes),
    // Scripts compare cards by their nominal size; chat knows what ECC or the system keeps of some.
    fits: findings.fits.map(({ card: { name, gib } }) => {
      const nominal: Card = { name, gib, total: null };
      return { gpu: name, usable_gib: usableGib(nominal), verdict: verdictFor(sum, nominal) };
    }),
    advice: findings.advice.map((advice) => ({
      change: say.vram.change[advice.id],
      saves_gib: hundredths(advice.savesBytes),
      cost: costOf(advice, say),
    })),
    largest: findings.largest,
    assumptions:
      estimated.settled.card === null ? [...sentences, say.vram.assumedCard(card.name)] : sentences,
    nearest_measured:
      findings.nearest === null
        ? null
        : { source: findings.nearest.source, gib_per_gpu: findings.nearest.measured_gib_per_gpu },
  };
}
