import type { MemoryPicture } from "#core/charts";
import type { Messages } from "#core/messages/index";
import type { Block } from "#core/reply";
import { type Step, wayToFit } from "./advice.ts";
import { gib } from "./bytes.ts";
import type { Measurement, ModelCatalogue } from "./catalogue.ts";
import { claimsFor } from "./claims.ts";
import { methodsBeside } from "./comparison.ts";
import { componentNames } from "./components.ts";
import { countText, decimalsFor, gbText, gibText } from "./figures.ts";
import { formulaLines } from "./formulas.ts";
import { type Card, MARGIN } from "./gpus.ts";
import { isUnmeasured } from "./interval.ts";
import { claimSentence } from "./lesson.ts";
import { costOf, type Findings, roundedParts } from "./report.ts";
import type { VramRequest } from "./request.ts";
import { servingBudget } from "./serving.ts";
import { isTraining } from "./settings.ts";

/** How many changes are worth reading. */
const MOST_ADVICE = 3;
/** Where no card is named and nothing small fits, the way into this one is shown: the card that most people have. */
const USUAL_CARD = "RTX 4090";

const percent = (share: number): string =>
  share >= 0.1 ? String(Math.round(100 * share)) : String(Number((100 * share).toPrecision(2)));

/** One sentence: whether it fits the card that was named, or from which common card on it does. */
function verdictSentence({ estimate: estimated, fits }: Findings, say: Messages): string {
  const { settings, card: asked } = estimated.settled;
  const peak = gibText(estimated.peakBytes);
  const first = fits[0];
  if (asked !== null && first !== undefined) {
    const usable = first.usableGib.toFixed(1);
    const sentence = { fits: say.vram.fitsCard, tight: say.vram.tightCard, no: say.vram.noCard }[
      first.verdict
    ];
    return sentence(asked.name, settings.gpus, peak, usable);
  }
  const smallest = fits.find(({ verdict }) => verdict === "fits")?.card;
  const largest = fits.at(-1);
  if (smallest !== undefined) return say.vram.fitsFrom(smallest.name, smallest.gib, settings.gpus);
  return say.vram.fitsNone(largest?.card.name ?? "", (largest?.usableGib ?? 0).toFixed(1));
}

/** A checkpoint lies on disk in 16 bit, whatever it is quantised to on the way in. */
const CHECKPOINT_BYTES = 2;

function summary(findings: Findings, say: Messages): Block[] {
  const { estimate: estimated, cheapest } = findings;
  const { settings } = estimated.settled;
  const { peakBytes, steadyBytes, interval, hostRamBytes, trainable } = estimated;
  const figure = say.vram.figure(
    gibText(peakBytes),
    gbText(peakBytes),
    gibText(interval.lowBytes),
    gibText(interval.highBytes),
    say.vram.metric[settings.metric],
    isUnmeasured(settings),
  );
  const training = isTraining(settings);
  const lines = [
    figure,
    training ? say.vram.steady(gibText(steadyBytes)) : say.vram.steadyServing(gibText(steadyBytes)),
    hostRamBytes === null
      ? say.vram.hostLoad(gibText(CHECKPOINT_BYTES * settings.shape.params))
      : say.vram.hostRam(gibText(hostRamBytes)),
    ...(training
      ? [say.vram.trainable(countText(trainable), percent(trainable / settings.shape.params))]
      : []),
    cheapest === null
      ? say.vram.cheapestNone
      : say.vram.cheapest(cheapest.card.name, cheapest.gpus, cheapest.parallel, gibText(cheapest.peakBytes)),
  ];
  return [
    { kind: "text", text: verdictSentence(findings, say) },
    { kind: "text", text: lines.join("\n") },
  ];
}

function parts({ estimate: estimated }: Findings, say: Messages): Block {
  const decimals = decimalsFor(gib(estimated.peakBytes));
  const rounded = roundedParts(estimated.components, decimals);
  const share = (part: number): string => `${Math.round((100 * part) / Math.max(rounded.sum, 1e-9))}%`;
  const rows = componentNames
    .map((name, index) => ({ name: say.vram.component[name], value: rounded.parts[index] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ name, value }) => [name, value.toFixed(decimals), share(value)]);
  return {
    kind: "table",
    columns: [
      { label: say.vram.columnPart, align: "left" },
      { label: "GiB", align: "right" },
      { label: say.vram.columnShare, align: "right" },
    ],
    rows: [...rows, [say.vram.total, rounded.sum.toFixed(decimals), "100%"]],
    repeats: "picture",
  };
}

const cards = ({ fits }: Findings, say: Messages): Block => ({
  kind: "table",
  columns: [
    { label: say.vram.columnCard, align: "left" },
    { label: say.vram.columnUsable, align: "right" },
    { label: say.vram.columnVerdict, align: "left" },
  ],
  rows: fits.map(({ card, usableGib, verdict }) => [
    card.name,
    usableGib.toFixed(1),
    say.vram.verdict[verdict],
  ]),
  repeats: "picture",
});

/** The card that a run is to be brought into: the one that was named, or the usual one where it does not fit that. */
function wantedCard({ estimate: estimated, fits }: Findings): Card | null {
  const named = estimated.settled.card?.name;
  const wanted = fits.find(({ card }) => card.name === (named ?? USUAL_CARD));
  return wanted === undefined || wanted.verdict === "fits" ? null : wanted.card;
}

/** The same change several times in a row, as doubling the GPUs, is one line. */
function joined(steps: readonly Step[]): (Step & { readonly times: number })[] {
  const lines: (Step & { readonly times: number })[] = [];
  for (const step of steps) {
    const last = lines.at(-1);
    if (last?.id !== step.id) lines.push({ ...step, times: 1 });
    else
      lines.splice(-1, 1, { ...step, times: last.times + 1, savesBytes: last.savesBytes + step.savesBytes });
  }
  return lines;
}

function wayInto(findings: Findings, say: Messages): Block[] {
  const card = wantedCard(findings);
  if (card === null) return [];
  const way = wayToFit(findings.estimate.settled.settings, card);
  if (way === null) return [{ kind: "text", text: say.vram.noWay(card.name) }];
  const items = joined(way.steps).map(({ id, times, savesBytes, peakBytes }) =>
    say.vram.wayStep(say.vram.change[id], times, gibText(savesBytes), gibText(peakBytes)),
  );
  return [
    { kind: "text", text: say.vram.wayTitle(card.name) },
    { kind: "list", ordered: true, items },
  ];
}

function advice(findings: Findings, say: Messages): Block[] {
  const top = findings.advice.slice(0, MOST_ADVICE);
  if (top.length === 0) return [{ kind: "text", text: say.vram.nothingToSave }];
  return [
    { kind: "text", text: say.vram.adviceTitle },
    {
      kind: "list",
      ordered: true,
      items: top.map((entry) =>
        say.vram.advice(say.vram.change[entry.id], gibText(entry.savesBytes), costOf(entry, say)),
      ),
    },
  ];
}

/** A published run in one phrase. */
function runText(run: Measurement, say: Messages): string {
  const unclear = say.vram.unclear;
  return say.vram.run(
    run.model,
    run.method === null || run.method === undefined ? unclear : say.vram.method[run.method],
    String(run.batch ?? unclear),
    String(run.seq ?? unclear),
    run.framework ?? unclear,
    run.gpus ?? 1,
  );
}

/** A server fills its share of the card whatever the load: what matters is how many tokens the rest holds. */
function cacheBudget({ estimate: estimated, card }: Findings, say: Messages): string[] {
  const { settings } = estimated.settled;
  if (settings.engine === null) return [];
  const { cacheBytes, tokens, sequences } = servingBudget(settings, card);
  if (cacheBytes === 0) return [];
  const { engine, utilisation, seq } = settings;
  return [
    say.vram.kvBudget(engine, utilisation, gibText(cacheBytes), countText(tokens), sequences, seq, card.name),
  ];
}

function notes(findings: Findings, say: Messages): Block[] {
  const { assumptions, warnings } = findings.estimate;
  const { nearest } = findings;
  const lines = [
    ...warnings.map((sentence) => sentence(say)),
    ...cacheBudget(findings, say),
    ...claimsFor(findings.estimate.settled.settings).map((id) => claimSentence(id, findings.estimate, say)),
    ...(assumptions.length === 0
      ? []
      : [say.vram.assumptions(assumptions.map((sentence) => sentence(say)).join(say.vram.listSeparator))]),
    nearest === null
      ? say.vram.noNearest
      : say.vram.nearest(runText(nearest, say), String(nearest.measured_gib_per_gpu), nearest.source),
  ];
  return lines.map((text) => ({ kind: "note", text }));
}

function why({ estimate: estimated }: Findings, say: Messages): Block[] {
  const { settings } = estimated.settled;
  const rule = !isTraining(settings)
    ? "inference"
    : settings.accumulation === 1 && (settings.method === "full" || settings.method === "freeze")
      ? "once"
      : "kept";
  const lines = formulaLines(settings, estimated).map(({ part, formula, result }) =>
    say.vram.formula(say.vram.component[part], formula, result),
  );
  return [
    { kind: "text", text: say.vram.whyTitle },
    { kind: "list", ordered: false, items: [...lines, say.vram.whyPeak(say.vram.peakRules[rule])] },
  ];
}

function titleOf({ estimate: { settled } }: Findings, say: Messages): string {
  const { method, task } = settled.settings;
  return say.vram.title(
    settled.model.name,
    say.vram.method[method],
    task === "sft" ? null : task.toUpperCase(),
  );
}

/** What the tables say, as the picture beside them says it. */
export function memoryPicture(findings: Findings, say: Messages): MemoryPicture {
  const decimals = decimalsFor(gib(findings.estimate.peakBytes));
  const { parts, sum } = roundedParts(findings.estimate.components, decimals);
  return {
    title: titleOf(findings, say),
    parts: componentNames.map((name, index) => ({ name, gib: parts[index] ?? 0 })),
    total: sum,
    decimals,
    cards: findings.fits.map(({ card, usableGib, verdict }) => ({
      name: card.name,
      usable: usableGib,
      verdict,
    })),
  };
}

/**
 * The answer to /vram, block by block, with its picture where there is one. Never a bare number: figure, unit,
 * interval and metric come together.
 */
export function vramBlocks(
  request: VramRequest,
  findings: Findings,
  catalogue: ModelCatalogue,
  say: Messages,
  picture: readonly Block[] = [],
): Block[] {
  const { settings } = findings.estimate.settled;
  const { card, largest } = findings;
  return [
    { kind: "heading", text: titleOf(findings, say) },
    ...summary(findings, say),
    ...picture,
    parts(findings, say),
    ...(request.compare === true ? [methodsBeside(request, catalogue, say)] : []),
    cards(findings, say),
    ...wayInto(findings, say),
    ...advice(findings, say),
    {
      kind: "text",
      text: say.vram.largest(
        card.name,
        largest.batch,
        largest.seq,
        settings.seq,
        settings.batch,
        Math.round((MARGIN - 1) * 100),
      ),
    },
    ...(request.why === true ? why(findings, say) : []),
    ...notes(findings, say),
  ];
}
