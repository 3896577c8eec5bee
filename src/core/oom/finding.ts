import { CASES, type CaseId, type Confidence, type Figures, type MemoryKind, NO_FIGURES } from "./kinds.ts";
import { FLAGS, type Setting } from "./setting.ts";
import { STACKS } from "./trainers.ts";

/** What is known of a failure without its text: enough for the advice, and small enough for a button. */
export interface Finding {
  readonly names: CaseId;
  readonly confidence: Confidence;
  readonly figures: Figures;
  /** The idle cache would have covered the request, whatever else the case is named for. */
  readonly fragmented: boolean;
  /** Only hints speak for it. */
  readonly unsure: boolean;
  readonly setting: Setting;
}

/** The kind and the cause as two words. */
export const splitNames = ({ names }: Pick<Finding, "names">): readonly [MemoryKind, string] => {
  const [kind, subkind] = names.split("/");
  return [kind as MemoryKind, subkind ?? ""];
};

const CONFIDENCES = ["high", "medium", "low"] as const satisfies readonly Confidence[];
const WORKS = [null, "training", "serving"] as const satisfies readonly Setting["work"][];
/** Sizes in MiB, so that a finding fits a button; then plain counts. */
const SIZES = [
  "tried",
  "total",
  "allocated",
  "reserved",
  "free",
  "others",
  "privatePools",
  "own",
  "allowed",
] as const;
const COUNTS = ["device", "fittingTokens"] as const;
const MIB_PER_GIB = 1024;

const bits = <Item>(all: readonly Item[], has: (item: Item) => boolean): number =>
  all.reduce((sum, item, at) => sum + (has(item) ? 2 ** at : 0), 0);
const fromBits = <Item>(all: readonly Item[], value: number): readonly Item[] =>
  all.filter((_, at) => Math.floor(value / 2 ** at) % 2 === 1);

const write = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? "" : Math.round(value).toString(36);
const read = (digits: string | undefined): number | null =>
  digits === undefined || digits === "" ? null : Number.parseInt(digits, 36);

/** The form of a written finding, for the option that a button sets. */
export const FINDING_FORM = /^[a-z_]{2,20}\/[a-z0-9_]{2,30}(?:\.[0-9a-z]{0,12}){14}$/;

/**
 * A finding as one short word: names of cases and numbers, never a word of the text it was drawn from.
 * @example "gpu_device/capacity.h.b4w.oxvk..."
 */
export const writeFinding = (finding: Finding): string => {
  const { names, confidence, figures, fragmented, unsure, setting } = finding;
  const marks = [
    CONFIDENCES.indexOf(confidence) +
      3 * WORKS.indexOf(setting.work) +
      9 * bits([fragmented, unsure], Boolean),
    bits(STACKS, (stack) => setting.stacks.includes(stack)),
    bits(FLAGS, (flag) => setting.flags.has(flag)),
  ];
  // What does not fit a button is no memory that anybody has.
  const sizes = SIZES.map((name) => {
    const gib = figures[name];
    return gib === null ? "" : write(gib === 0 ? 0 : Math.max(1, Math.min(gib, 1e9) * MIB_PER_GIB));
  });
  return [names, ...marks.map(write), ...sizes, ...COUNTS.map((name) => write(figures[name]))].join(".");
};

/** Reads a written finding; null where it is none, or names a case that is no more. */
export const readFinding = (word: string): Finding | null => {
  if (!FINDING_FORM.test(word)) return null;
  const [name, first, stacks, flags, ...numbers] = word.split(".");
  const names = CASES.find((known) => known === name);
  if (names === undefined) return null;
  const mark = read(first) ?? 0;
  const figures = {
    ...NO_FIGURES,
    ...Object.fromEntries(
      [...SIZES, ...COUNTS].map((key, at) => {
        const value = read(numbers[at]);
        const isSize = at < SIZES.length;
        return [key, value === null ? null : isSize ? Number((value / MIB_PER_GIB).toPrecision(6)) : value];
      }),
    ),
  };
  const pair = fromBits(["fragmented", "unsure"], Math.floor(mark / 9));
  return {
    names,
    confidence: CONFIDENCES[mark % 3] ?? "low",
    figures,
    fragmented: pair.includes("fragmented"),
    unsure: pair.includes("unsure"),
    setting: {
      stacks: fromBits(STACKS, read(stacks) ?? 0),
      work: WORKS[Math.floor(mark / 3) % 3] ?? null,
      flags: new Set(fromBits(FLAGS, read(flags) ?? 0)),
    },
  };
};
