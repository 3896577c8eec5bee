import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { ModelCatalogue } from "#core/vram/catalogue";
import { orderFixes } from "./advice.ts";
import { type Examination, examine } from "./examination.ts";
import { splitNames } from "./finding.ts";
import type { FixId } from "./fixes.ts";
import type { Confidence, MemoryKind, Span } from "./kinds.ts";
import { planFor } from "./planning.ts";
import type { Remedies } from "./remedies.ts";
import { readRun } from "./run.ts";
import { showGib } from "./sum.ts";

/** What scripts get for a pasted text; sizes in GiB (2^30 bytes), null where the text does not state one. */
export interface Diagnosis {
  readonly kind: MemoryKind;
  readonly subkind: string;
  readonly confidence: Confidence;
  readonly numbers: {
    readonly tried_gib: number | null;
    readonly total_gib: number | null;
    readonly allocated_gib: number | null;
    readonly reserved_gib: number | null;
    readonly free_gib: number | null;
    readonly other_process_gib: number | null;
    readonly private_pools_gib: number | null;
  };
  /** UTF-16 offsets into the text as it came. */
  readonly evidence: readonly Span[];
  readonly fixes: readonly {
    readonly id: FixId;
    readonly title: string;
    readonly saves: string;
    readonly cost: string;
  }[];
  /** The one question that would settle it; null where nothing has to be asked. */
  readonly ask: string | null;
}

const HAN = /\p{Script=Han}/u;

/** The language of a text: Chinese as soon as it holds a Chinese character. */
const languageOf = (text: string): Locale => (HAN.test(text.slice(0, 4_000)) ? "zh" : "en");

/** The question that is due: always where nothing could be told, and where only hints speak for the answer. */
const questionFor = (examined: Examination, remedies: Remedies, locale: Locale): string | null => {
  const due = examined.names === "unknown/unknown" || examined.unsure;
  return due ? remedies.questions[remedies.cases[examined.names].send][locale] : null;
};

/**
 * Reads a message or a log and says which memory ran out, why, and what to do. Never throws, whatever the text.
 * @param text as pasted; at most 40 Ki code units of it are parsed
 * @param remedies as they load from content
 * @param locale of the words; without it, the language of the text
 * @param models what /vram knows; with it, fixes for a run that the text names are weighed in GiB
 */
export const diagnose = (
  text: string,
  remedies: Remedies,
  locale: Locale = languageOf(text),
  models: ModelCatalogue | null = null,
): Diagnosis => {
  const examined = examine(text, remedies);
  const { figures } = examined;
  const [kind, subkind] = splitNames(examined);
  const plan = models === null ? null : planFor(examined, readRun(examined.text, models), models);
  const savedBy = (id: FixId): string | null => {
    const step = plan?.steps.find((taken) => taken.id === id);
    return step === undefined ? null : messagesFor(locale).oom.savedGib(showGib(step.savesGib));
  };
  return {
    kind,
    subkind,
    confidence: examined.confidence,
    numbers: {
      tried_gib: figures.tried,
      total_gib: figures.total,
      allocated_gib: figures.allocated,
      reserved_gib: figures.reserved,
      free_gib: figures.free,
      other_process_gib: figures.others,
      private_pools_gib: figures.privatePools,
    },
    evidence: examined.evidence,
    fixes: orderFixes(examined, remedies, plan).map(({ id, title, saves, cost }) => ({
      id,
      title: title[locale],
      saves: savedBy(id) ?? saves[locale],
      cost: cost[locale],
    })),
    ask: questionFor(examined, remedies, locale),
  };
};
