import { Refusal } from "#core/refusal";
import { gib } from "./bytes.ts";
import type { Gpu, ModelCatalogue } from "./catalogue.ts";
import { LONGEST_NAME, spellingOf } from "./spelling.ts";

/** A card's driver and firmware keep about 3 %: a "24 GB" card offers 24,564 MiB or less. */
const USABLE_SHARE = 0.97;
/** What must stay free for a comfortable fit. */
export const MARGIN = 1.1;

export interface Card {
  readonly name: string;
  /** Nominal GiB. */
  readonly gib: number;
  /** What driver or system report as its total, where that is known. */
  readonly total: number | null;
}

export type Verdict = "fits" | "tight" | "no";

/**
 * What a run can have of a card, in GiB: 97 % of the nominal size, less where ECC or the system keeps more. Two decimals,
 * as printed: a verdict must agree with the figures beside it.
 *
 * @example a 4090 of 24 GB offers 23.28; an L40S of 48 GB reports 44.42 with ECC; a Mac of 64 GB lets its GPU wire 48
 */
export const usableGib = ({ gib: nominal, total }: Card): number =>
  Math.round(Math.min(nominal * USABLE_SHARE, total ?? Number.POSITIVE_INFINITY) * 100) / 100;

export function verdictFor(peakGib: number, card: Card): Verdict {
  const usable = usableGib(card);
  if (peakGib * MARGIN <= usable) return "fits";
  return peakGib <= usable ? "tight" : "no";
}

/** Judged by the figure as it is printed, so that no answer contradicts itself in the last digit. */
export const fitsCard = (peakBytes: number, card: Card): boolean =>
  verdictFor(Math.round(gib(peakBytes) * 100) / 100, card) === "fits";

const cardOf = ({ id, gib: nominal, total }: Gpu): Card => ({ name: id, gib: nominal, total });

const namesOf = (gpu: Gpu): string[] => [gpu.id, ...gpu.aliases].map((name) => spellingOf(name));

/** `NVIDIA GeForce RTX 4090 24GB` and `4090` are the same card. */
const bareName = (key: string): string =>
  key
    .replace(/^nvidia/, "")
    .replace(/^geforce/, "")
    .replace(/^tesla/, "")
    .replace(/(?:sxm\d?|pcie|nvl)/, "");

const cardNamed = (text: string, catalogue: ModelCatalogue): Gpu | undefined => {
  const key = bareName(spellingOf(text));
  return catalogue.gpus.find((gpu) => namesOf(gpu).includes(key));
};

/**
 * Finds the card meant by a name (`4090`, `A100-80G`) or by its memory (`24G`, `24`).
 *
 * @throws Refusal that names the known cards
 */
export function resolveGpu(text: string, catalogue: ModelCatalogue): Card {
  const known = (): string[] => catalogue.gpus.filter(({ common }) => common).map(({ id }) => id);
  if (text.length > LONGEST_NAME) {
    throw new Refusal((say) => say.vram.nameTooLong(text.slice(0, 30), text.length, LONGEST_NAME));
  }
  // A leading minus is a sign, not the hyphen of a name.
  if (/^\s*-/.test(text)) throw new Refusal((say) => say.vram.noSuchGpu(text, known()));
  const exact = cardNamed(text, catalogue);
  if (exact !== undefined) return cardOf(exact);
  const memory = /^\s*(\d{1,4}(?:\.\d{1,2})?)\s?(?:g|gb|gib)?\s*$/i.exec(text);
  if (memory !== null && Number(memory[1]) >= 1)
    return { name: `${Number(memory[1])} GB`, gib: Number(memory[1]), total: null };
  // A known card with its memory beside it: `A100-80G`, `RTX 4080 32GB` (there are modified ones).
  const sized = /^(.{1,100}[^-_\s])[-_\s]{1,3}(\d{1,3})\s?g(?:i?b)?$/i.exec(text.trim());
  const found = cardNamed(sized?.[1] ?? "", catalogue);
  if (found !== undefined) {
    const nominal = Number(sized?.[2]);
    return nominal === found.gib
      ? cardOf(found)
      : { name: `${found.id} ${nominal} GB`, gib: nominal, total: null };
  }
  throw new Refusal((say) => say.vram.noSuchGpu(text, known()));
}

/** One card of every common size, smallest first, as plain cards. */
export const commonCards = (catalogue: ModelCatalogue): Card[] =>
  catalogue.gpus
    .filter(({ common }) => common)
    .map(cardOf)
    .sort((left, right) => left.gib - right.gib);
