import type { Messages } from "#core/messages/index";
import type { Block } from "#core/reply";
import { secondOf } from "./asking.ts";
import { gib } from "./bytes.ts";
import type { ModelCatalogue } from "./catalogue.ts";
import { componentNames } from "./components.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { gibText } from "./figures.ts";
import { commonCards, verdictFor } from "./gpus.ts";
import type { VramRequest } from "./request.ts";

const range = ({ interval }: Estimate): string =>
  `${gibText(interval.lowBytes)}–${gibText(interval.highBytes)}`;

/** The same run by each method, with that method's usual base dtype. */
export function methodsBeside(request: VramRequest, catalogue: ModelCatalogue, say: Messages): Block {
  const rows = (["full", "lora", "qlora", "inference"] as const).map((method) => {
    const serves = method === "inference";
    const estimated = estimate(
      {
        ...request,
        method,
        parallel: serves ? null : request.parallel,
        framework: request.framework === "vllm" && !serves ? null : request.framework,
        engine: serves ? request.engine : null,
        task: serves ? null : request.task,
        dora: method === "full" || serves ? null : request.dora,
        weights_dtype: null,
        gen_tokens: null,
        kv_dtype: null,
        compare: null,
      },
      catalogue,
    );
    return [say.vram.method[method], gibText(estimated.peakBytes), range(estimated)];
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

/** Model and method, and how many cards where they are several. */
const nameOf = ({ settled }: Estimate, say: Messages): string => {
  const { settings, model } = settled;
  const { method, gpus, parallel } = settings;
  const cards = gpus > 1 ? ` ${gpus} GPU${parallel === null ? "" : ` ${parallel}`}` : "";
  return `${model.name} ${say.vram.method[method]}${cards}`;
};

function smallestCard({ peakBytes }: Estimate, catalogue: ModelCatalogue): string | null {
  const fitting = commonCards(catalogue).find((card) => verdictFor(gib(peakBytes), card) === "fits");
  return fitting?.name ?? null;
}

/** Two set-ups side by side: every part, what stays, host memory, and the smallest card that holds each. */
export function twoBeside(
  request: VramRequest,
  words: string,
  catalogue: ModelCatalogue,
  say: Messages,
): Block[] {
  const one = estimate({ ...request, compare: null }, catalogue);
  const other = estimate(secondOf({ ...request, compare: null, edit: null }, words), catalogue);
  const both = [one, other] as const;
  const row = (label: string, cell: (of: Estimate) => string): string[] => [label, ...both.map(cell)];
  const rows = [
    row(say.vram.rowPeak, ({ peakBytes }) => gibText(peakBytes)),
    row(say.vram.columnInterval, range),
    ...componentNames
      .filter((name) => both.some(({ components }) => components[name] > 0))
      .map((name) => row(say.vram.component[name], ({ components }) => gibText(components[name]))),
    row(say.vram.rowSteady, ({ steadyBytes }) => gibText(steadyBytes)),
    row(say.vram.rowHost, ({ hostRamBytes }) =>
      hostRamBytes === null ? say.vram.none : gibText(hostRamBytes),
    ),
    row(say.vram.rowSmallest, (of) => smallestCard(of, catalogue) ?? say.vram.none),
  ];
  const names = both.map((of) => nameOf(of, say));
  const [here = "", there = ""] = names;
  const saves = other.peakBytes - one.peakBytes;
  const less = saves >= 0 ? [here, there] : [there, here];
  return [
    { kind: "heading", text: say.vram.compareTitle(here, there) },
    {
      kind: "text",
      text:
        saves === 0
          ? say.vram.compareSame
          : say.vram.compareDifference(gibText(Math.abs(saves)), less[0] ?? "", less[1] ?? ""),
    },
    {
      kind: "table",
      columns: [
        { label: "GiB", align: "left" },
        ...names.map((label) => ({ label, align: "right" as const })),
      ],
      rows,
    },
    ...both.map(
      (of): Block => ({
        kind: "note",
        text: say.vram.assumptions(
          of.assumptions.map((sentence) => sentence(say)).join(say.vram.listSeparator),
        ),
      }),
    ),
  ];
}
