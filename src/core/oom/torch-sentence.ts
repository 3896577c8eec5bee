import { type Flat, rawSpan, unwrap } from "./flatten.ts";
import { type Figures, NO_FIGURES, type Span } from "./kinds.ts";
import { GLUED_SIZE, toGib } from "./quantities.ts";

/** PyTorch's out-of-memory sentence as one failing rank printed it. */
export interface TorchSentence {
  readonly device: "cuda" | "hip" | "npu" | "xpu" | "mps" | "other";
  readonly figures: Figures;
  readonly evidence: readonly Span[];
  /** Where it begins in the even text. */
  readonly at: number;
}

// Every gap is ` ?`: where a terminal broke a line the space may be lost, in the sentence or inside a number.
const sized = (before: string, behind: string): RegExp =>
  new RegExp(`${before} ?${GLUED_SIZE} ?${behind}`, "i");

// The device's name may be missing; "you tried" is the CPU's sentence, so the capital matters.
const HEAD = new RegExp(
  String.raw`(?:\b([A-Za-z]{2,5})(?: backend)? ?out of ?memory ?[.:,]? ?(?:\(MPS [^)]{0,160}\))?[.:]? ?)?Tried ?to ?allocate ?(?:more ?than ?)?${GLUED_SIZE}`,
  "g",
);

const PARTS = {
  totalOld: sized("", "total ?capacity"),
  // PyTorch 2.1 prints "capacty".
  totalNew: sized("total ?capaci?ty ?of", ""),
  totalMps: sized("max ?allowed:", ""),
  allocatedOld: sized("", "already ?allocated"),
  allocatedNew: sized("allocated ?memory", "is ?allocated ?by"),
  allocatedMps: sized("MPS ?allocated:", ""),
  // "of which 11.06 MiB is free" and "9.28 GiB free"; not "free" of "freed" or "freeze".
  free: sized("", String.raw`(?:is ?)?free\b`),
  reservedTotal: sized("", "reserved ?in ?total"),
  cached: sized("", "cached"),
  idle: sized("", "is ?reserved ?by ?PyTorch ?but"),
  othersMps: sized("other ?allocations:", ""),
  pools: sized("with", "allocated ?in ?private"),
  own: sized("this ?process ?has", ""),
  // "10.00 GiB allowed;" caps this process; MPS writes "max allowed: 27.20 GiB" the other way round.
  allowed: sized("", String.raw`allowed\b`),
};

const PROCESS = new RegExp(String.raw`\bProcess ?\d{1,12} ?has ?${GLUED_SIZE}`, "gi");
const MAX_PROCESSES = 64;

/** An own context beside the tensors, as far as one was ever seen (GiB). */
const MAX_CONTEXT_GIB = 2.5;

/** Where it is less than this, what nobody names is this process's own context. */
const unnamedThreshold = (total: number): number => Math.max(MAX_CONTEXT_GIB, 0.05 * total);

/** In a container this process stands in the list under its host's number: the entry that fits it is ours. */
const splitProcesses = (listed: readonly number[], held: number | null) => {
  if (held === null) return { own: null, others: listed.length > 0 ? sum(listed) : null };
  const fits = listed.filter((gib) => gib >= held - 0.01 && gib <= held + MAX_CONTEXT_GIB);
  if (fits.length === 0) return { own: null, others: listed.length > 0 ? sum(listed) : null };
  const own = Math.min(...fits);
  const rest = listed.toSpliced(listed.indexOf(own), 1);
  return { own, others: rest.length > 0 ? sum(rest) : null };
};

const sum = (values: readonly number[]): number => Number(values.reduce((a, b) => a + b, 0).toPrecision(6));

const DEVICES: Readonly<Record<string, TorchSentence["device"]>> = {
  cuda: "cuda",
  hip: "hip",
  npu: "npu",
  xpu: "xpu",
  mps: "mps",
};

const othersUnnamed = (
  f: { total: number | null; free: number | null },
  own: number | null,
): number | null => {
  if (f.total === null || f.free === null || own === null) return null;
  const others = sum([f.total, -f.free, -own]);
  return others > unnamedThreshold(f.total) ? others : null;
};

const readBlock = (block: string, tried: number | null, device: TorchSentence["device"]) => {
  const spans: [number, number][] = [];
  const read = (part: RegExp): number | null => {
    const match = part.exec(block);
    if (!match) return null;
    spans.push([match.index, match[0].length]);
    return toGib(match[1] ?? "", match[2] ?? "");
  };
  const mps = device === "mps";
  const total = mps ? read(PARTS.totalMps) : (read(PARTS.totalNew) ?? read(PARTS.totalOld));
  const allocated = mps ? read(PARTS.allocatedMps) : (read(PARTS.allocatedNew) ?? read(PARTS.allocatedOld));
  const free = mps ? null : read(PARTS.free);
  const cached = read(PARTS.cached);
  // Some builds printed the whole cache there, as the sum shows: no card holds both.
  const isWhole = cached !== null && total !== null && (allocated ?? 0) + cached > total;
  const idle = read(PARTS.idle) ?? (isWhole ? null : cached);
  const reserved =
    read(PARTS.reservedTotal) ??
    (isWhole ? cached : null) ??
    (idle === null || allocated === null ? null : sum([allocated, idle]));
  const listed = [...block.matchAll(PROCESS)].slice(0, MAX_PROCESSES).flatMap((match) => {
    spans.push([match.index, match[0].length]);
    return toGib(match[1] ?? "", match[2] ?? "") ?? [];
  });
  const stated = read(PARTS.own);
  const split = stated === null ? splitProcesses(listed, reserved) : { own: stated, others: null };
  const own = split.own;
  const named = stated === null || listed.length === 0 ? split.others : sum(listed);
  const others = mps ? read(PARTS.othersMps) : (named ?? othersUnnamed({ total, free }, own ?? reserved));
  const index = /\bGPU ?(\d{1,3})\b|\bNPU ?(\d{1,3})\b/i.exec(block);
  const figures: Figures = {
    ...NO_FIGURES,
    tried,
    total,
    allocated,
    reserved,
    free,
    others,
    privatePools: read(PARTS.pools),
    own,
    allowed: mps ? null : read(PARTS.allowed),
    device: index ? Number(index[1] ?? index[2]) : null,
  };
  return { figures, spans };
};

const BLOCK_LENGTH = 1_800;

const readView = (view: Flat): TorchSentence | null => {
  HEAD.lastIndex = 0;
  const head = HEAD.exec(view.text);
  if (!head) return null;
  const next = HEAD.exec(view.text);
  const behind = head.index + head[0].length;
  const end = Math.min(next?.index ?? Number.POSITIVE_INFINITY, behind + BLOCK_LENGTH);
  const device = DEVICES[(head[1] ?? "").toLowerCase()] ?? "other";
  const tried = toGib(head[2] ?? "", head[3] ?? "");
  // The MPS sentence has its sum before the request, all others behind it.
  const { figures, spans } = readBlock(view.text.slice(head.index, end), tried, device);
  const evidence = [rawSpan(view, head.index, head[0].length)];
  for (const [start, length] of spans) evidence.push(rawSpan(view, head.index + start, length));
  return { device, figures, evidence, at: head.index };
};

const count = (sentence: TorchSentence | null): number =>
  sentence === null ? -1 : Object.values(sentence.figures).filter((value) => value !== null).length;

/**
 * Reads the first out-of-memory sentence of PyTorch, of any generation and device; null where there is none.
 * Lines may be broken at spaces (joined with a space) or inside words and numbers (joined without).
 */
export const readTorchSentence = (flat: Flat): TorchSentence | null => {
  const spaced = readView(unwrap(flat, " "));
  if (!flat.text.includes("\n")) return spaced;
  const glued = readView(unwrap(flat, ""));
  return count(glued) > count(spaced) ? glued : spaced;
};

/** Every pattern that reads the sentence, for the test that runs them all. */
export const SENTENCE_PATTERNS: readonly RegExp[] = [HEAD, PROCESS, ...Object.values(PARTS)];
