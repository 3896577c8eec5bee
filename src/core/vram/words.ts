import type { MemoryPicture } from "#core/charts";
import type { Messages } from "#core/messages/index";
import type { Block } from "#core/reply";
import { firstCombination } from "./advice.ts";
import { gib } from "./bytes.ts";
import type { Measurement, ModelCatalogue } from "./catalogue.ts";
import { estimate } from "./estimate.ts";
import { countText, decimalsFor, gbText, gibText } from "./figures.ts";
import { formulaLines } from "./formulas.ts";
import { MARGIN } from "./gpus.ts";
import { kvCacheBytes } from "./kv-cache.ts";
import { componentNames, costOf, type Findings, roundedParts } from "./report.ts";
import type { VramRequest } from "./request.ts";
import { isTraining } from "./settings.ts";

/** How many changes are worth reading. */
const MOST_ADVICE = 3;
/** vLLM's share of the card. @see vLLM docs, gpu_memory_utilization */
const VLLM_UTILISATION = 0.9;

const percent = (share: number): string =>
  share >= 0.1 ? String(Math.round(100 * share)) : String(Number((100 * share).toPrecision(2)));

function summary({ estimate: estimated }: Findings, say: Messages): Block[] {
  const { settings } = estimated.settled;
  const { peakBytes, steadyBytes, interval, hostRamBytes, trainable } = estimated;
  const figure = say.vram.figure(
    gibText(peakBytes),
    gbText(peakBytes),
    gibText(interval.lowBytes),
    gibText(interval.highBytes),
    say.vram.metric[settings.metric],
  );
  const training = isTraining(settings);
  const lines = [
    figure,
    training ? say.vram.steady(gibText(steadyBytes)) : say.vram.steadyServing(gibText(steadyBytes)),
    ...(hostRamBytes === null ? [] : [say.vram.hostRam(gibText(hostRamBytes))]),
    ...(training
      ? [say.vram.trainable(countText(trainable), percent(trainable / settings.shape.params))]
      : []),
  ];
  return [{ kind: "text", text: lines.join("\n") }];
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

function advice(findings: Findings, say: Messages): Block[] {
  const { settled } = findings.estimate;
  const top = findings.advice.slice(0, MOST_ADVICE);
  const list: Block[] =
    top.length === 0
      ? [{ kind: "text", text: say.vram.nothingToSave }]
      : [
          { kind: "text", text: say.vram.adviceTitle },
          {
            kind: "list",
            ordered: true,
            items: top.map((entry) =>
              say.vram.advice(say.vram.change[entry.id], gibText(entry.savesBytes), costOf(entry, say)),
            ),
          },
        ];
  const asked = findings.fits.find(({ card }) => card.name === settled.card?.name);
  if (settled.card === null || asked === undefined || asked.verdict === "fits") return list;
  const found = firstCombination(settled.settings, settled.card);
  const text =
    found === null
      ? say.vram.noCombination(settled.card.name)
      : say.vram.combination(
          found.ids.map((id) => say.vram.change[id]).join(" + "),
          gibText(found.peakBytes),
          settled.card.name,
        );
  return [...list, { kind: "text", text }];
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

/** vLLM fills the card whatever the load: what matters is how many tokens the rest holds. */
function cacheBudget({ estimate: estimated }: Findings, say: Messages): string[] {
  const { settings, card } = estimated.settled;
  if (settings.framework !== "vllm" || card === null) return [];
  const { weights, activations, overhead } = estimated.components;
  const budget = card.gib * 2 ** 30 * VLLM_UTILISATION - weights - activations - overhead;
  if (budget <= 0) return [];
  const perToken = kvCacheBytes(settings.shape, 2 * 2 ** 16, settings.kvDtype) / 2 ** 17 || 1;
  return [say.vram.kvBudget(`${gibText(budget)} GiB`, countText(budget / perToken), card.name)];
}

function notes(findings: Findings, say: Messages): Block[] {
  const { assumptions, warnings } = findings.estimate;
  const { nearest } = findings;
  const lines = [
    ...warnings.map((sentence) => sentence(say)),
    ...cacheBudget(findings, say),
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

/** The same run by each method, with that method's usual base dtype. */
function comparison(request: VramRequest, catalogue: ModelCatalogue, say: Messages): Block {
  const rows = (["full", "lora", "qlora", "inference"] as const).map((method) => {
    const parallel = method === "inference" ? null : request.parallel;
    const framework = request.framework === "vllm" && method !== "inference" ? null : request.framework;
    const { peakBytes, interval } = estimate(
      { ...request, method, parallel, framework, weights_dtype: null, gen_tokens: null, compare: null },
      catalogue,
    );
    return [
      say.vram.method[method],
      gibText(peakBytes),
      `${gibText(interval.lowBytes)}–${gibText(interval.highBytes)}`,
    ];
  });
  return {
    kind: "table",
    columns: [
      { label: say.vram.columnMethod, align: "left" },
      { label: "GiB", align: "right" },
      { label: say.vram.columnInterval, align: "right" },
    ],
    rows,
  };
}

const titleOf = ({ estimate: estimated }: Findings, say: Messages): string =>
  say.vram.title(estimated.settled.model.name, say.vram.method[estimated.settled.settings.method]);

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
    ...(request.compare === true ? [comparison(request, catalogue, say)] : []),
    cards(findings, say),
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
