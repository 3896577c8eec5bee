import { drawUp, ROUNDING_GIB } from "./account.ts";
import { isFragmented, judge, judgeRequest, judgeUnified } from "./arithmetic.ts";
import type { Finding } from "./finding.ts";
import { type Flat, flatten, rawSpan, unwrap } from "./flatten.ts";
import { type CaseId, type Confidence, type Figures, NO_FIGURES, type Span } from "./kinds.ts";
import { refine } from "./phases.ts";
import { readProse } from "./prose.ts";
import { ABSURD_GIB } from "./quantities.ts";
import type { Remedies } from "./remedies.ts";
import type { Rule } from "./rule.ts";
import { DEVICE_RULES } from "./rules-device.ts";
import { HOST_RULES } from "./rules-host.ts";
import { BARE_ENDINGS, NOT_MEMORY } from "./rules-software.ts";
import { readSetting } from "./setting.ts";
import { readTorchSentence } from "./torch-sentence.ts";
import { readStacks } from "./trainers.ts";

/** What a text says of the memory that ran out, before any advice. */
export interface Examination extends Finding {
  readonly evidence: readonly Span[];
  /** The even text with breaks as spaces, for what else it says of the run; never shown or kept. */
  readonly text: string;
}

/** Groups of rules before PyTorch's sentence is believed: a rule in them wins only where it stands before it. */
const BEFORE: readonly (readonly Rule[])[] = [
  NOT_MEMORY,
  HOST_RULES.SHARED_MEMORY,
  HOST_RULES.FILES,
  HOST_RULES.PINNED,
  DEVICE_RULES.KV_CACHE,
  HOST_RULES.HOST,
];
const AFTER: readonly (readonly Rule[])[] = [DEVICE_RULES.UNIFIED, DEVICE_RULES.LIBRARIES, BARE_ENDINGS];

const MAX_EVIDENCE = 12;

interface Found {
  readonly rule: Rule;
  readonly match: RegExpExecArray;
  /** The text in which it was found, where that is not the one with breaks as spaces. */
  readonly view?: Flat;
}

const matchRule = (rule: Rule, flat: Flat, spaced: string): Found | null => {
  const match = rule.pattern.exec(rule.lines ? flat.text : spaced);
  if (!match || rule.unless?.test(spaced)) return null;
  if (rule.also) {
    const gap = rule.near ?? spaced.length;
    const around = spaced.slice(Math.max(0, match.index - gap), match.index + match[0].length + gap);
    if (!rule.also.every((pattern) => pattern.test(around))) return null;
  }
  return { rule, match };
};

const firstFound = (
  groups: readonly (readonly Rule[])[],
  flat: Flat,
  spaced: string,
  before: number | null,
): Found | null => {
  for (const group of groups) {
    for (const rule of group) {
      const found = matchRule(rule, flat, spaced);
      if (found && (before === null || rule.outranks || found.match.index < before)) return found;
    }
  }
  return null;
};

/** A terminal breaks lines inside words as well; then no phrase stands in the text with breaks as spaces. */
const foundAcrossBreaks = (flat: Flat): Found | null => {
  if (!flat.text.includes("\n")) return null;
  const view = unwrap(flat, "");
  const found = firstFound([...BEFORE, ...AFTER.slice(0, 2)], view, view.text, null);
  return found && { ...found, view };
};

/** A stack stands before its message, a remark behind it. */
const STACK_BEFORE = 8_000;
const REMARK_BEHIND = 2_000;
const surroundings = (text: string, at: number): { text: string; from: number } => {
  const from = Math.max(0, at - STACK_BEFORE);
  return { text: text.slice(from, at + REMARK_BEHIND), from };
};

/** Boilerplate that names errors and remedies nobody met. */
const BOILERPLATE =
  /Compile with TORCH_USE_CUDA_DSA to enable device-side assertions\.?|CUDA kernel errors might be asynchronously reported at some other API call, ?so the stacktrace below might be incorrect\.?|If reserved (?:but unallocated )?memory is (?:large|>> allocated memory) try setting.{0,80}to avoid fragmentation\.?/gi;

const blank = (flat: Flat): Flat => ({
  text: flat.text.replace(BOILERPLATE, (found) => " ".repeat(found.length)),
  offsets: flat.offsets,
});

const refined = (flat: Flat, spaced: string, at: number, found: CaseId, evidence: readonly Span[]) => {
  const around = surroundings(spaced, at);
  const { names, match } = refine(found, around.text);
  return {
    names,
    evidence: match ? [...evidence, rawSpan(flat, around.from + match.index, match[0].length)] : evidence,
  };
};

/** Intel's cards refuse one large allocation however empty they are. */
const ALLOCATION_LIMIT = /NOT allocate memory block with size larger than/i;

const judgeFound = (names: CaseId, figures: Figures, text: string): CaseId => {
  if (names === "unified/capacity") return judgeUnified(figures);
  if (names !== "gpu_device/capacity" || figures.tried === null) return names;
  const byRequest = judgeRequest(figures.tried, ABSURD_GIB, /RESOURCE.EXHAUSTED/i.test(text));
  return byRequest ?? judge(figures) ?? names;
};

/** Reads a text by the tests in their order; the first that holds names the case. */
export const examine = (
  raw: string,
  { words, trainers }: Pick<Remedies, "words" | "trainers">,
): Examination => {
  const flat = blank(flatten(raw));
  const spaced = unwrap(flat, " ").text;
  const sentence = readTorchSentence(flat);
  const complete = (
    names: CaseId,
    confidence: Confidence,
    figures: Figures,
    evidence: readonly Span[],
    unsure = false,
  ): Examination => ({
    names,
    confidence,
    figures,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    fragmented: isFragmented(figures),
    unsure,
    setting: readSetting(spaced, readStacks(spaced.toLowerCase(), trainers)),
    text: spaced,
  });

  const before = firstFound(BEFORE, flat, spaced, sentence?.at ?? null);
  if (sentence && !before) {
    const { figures } = sentence;
    if (sentence.device === "mps") return complete(judgeUnified(figures), "high", figures, sentence.evidence);
    const absurd = figures.tried !== null && figures.tried > ABSURD_GIB && figures.total === null;
    const judged = ALLOCATION_LIMIT.test(spaced)
      ? "gpu_device/allocator_limit"
      : (judge(figures) ?? (absurd ? "gpu_device/request_exceeds_device" : "gpu_device/capacity"));
    const { names, evidence } = refined(flat, spaced, sentence.at, judged, sentence.evidence);
    // A title that breaks off after the request names the memory, not why it ran out.
    const stated = figures.total !== null && figures.allocated !== null;
    const contradictory =
      names !== "gpu_device/sysmem_fallback" && (drawUp(figures)?.rest ?? 0) < -ROUNDING_GIB;
    return complete(names, stated && !contradictory ? "high" : "medium", figures, evidence);
  }
  const found = before ?? firstFound(AFTER, flat, spaced, null) ?? foundAcrossBreaks(flat);
  if (!found) {
    const told = readProse(spaced, words);
    const evidence = told.hit ? [rawSpan(flat, told.hit.at, told.hit.length)] : [];
    const { names, evidence: spans } = refined(flat, spaced, told.hit?.at ?? 0, told.names, evidence);
    return complete(names, told.confidence, NO_FIGURES, spans, told.unsure);
  }
  const figures: Figures = { ...NO_FIGURES, ...sentence?.figures, ...found.rule.read?.(found.match) };
  const judged = judgeFound(found.rule.names, figures, spaced);
  const view = found.view ?? flat;
  const span = rawSpan(view, found.match.index, found.match[0].length);
  const { names, evidence } = refined(view, found.view?.text ?? spaced, found.match.index, judged, [span]);
  const bare = names === "gpu_device/bare" && figures.tried === null;
  return complete(names, found.rule.confidence ?? (bare ? "medium" : "high"), figures, evidence);
};
