import type { CaseId, Confidence } from "./kinds.ts";
import { type Hit, hits, nearest, type WordList, type Words } from "./words.ts";

/** What a person's own words say, where no program's phrase was found. */
export interface Told {
  readonly names: CaseId;
  readonly confidence: Confidence;
  readonly hit: Hit | null;
  /** Only hints speak for it: the question that would settle it goes with the answer. */
  readonly unsure: boolean;
}

/** People's words stand in a message, not in a megabyte of log. */
const MAX_PROSE = 8_000;
/** How far apart two words of one statement may stand (code units). */
const CLAUSE = 16;
const SENTENCE = 40;
const NEGATION = 10;
/** "是因为显存不够吗": the mark of a question stands before or right behind. */
const QUESTION_BEFORE = 28;
const QUESTION_BEHIND = 4;

const UNKNOWN: Told = { names: "unknown/unknown", confidence: "low", hit: null, unsure: true };

const told = (names: CaseId, hit: Hit | null, unsure = false): Told => ({
  names,
  confidence: "low",
  hit,
  unsure,
});

/** Where words of each list stand in one text, each list looked up once. */
class Reading {
  readonly #text: string;
  readonly #words: Words;
  readonly #found = new Map<WordList, readonly Hit[]>();
  readonly #negations: readonly Hit[];

  constructor(text: string, words: Words) {
    this.#text = text;
    this.#words = words;
    // "是不是" asks; it denies nothing.
    this.#negations = this.of("negations").filter(({ at }) => text[at - 1] !== "是");
  }

  of(list: WordList): readonly Hit[] {
    const known = this.#found.get(list);
    if (known) return known;
    const found = hits(this.#text, this.#words[list]);
    this.#found.set(list, found);
    return found;
  }

  /** A negation in the same clause: "不是内存的问题，是显存不够" denies only the first. */
  isDenied(hit: Hit, gap = NEGATION): boolean {
    return this.#negations.some(({ at, length }) => {
      const between = this.#text.slice(at + length, hit.at);
      return at + length <= hit.at && between.length <= gap && !/[,.;!?。！？；，]/.test(between);
    });
  }

  /** The person killed it, or asks how to: "I killed the run", "kill 掉僵尸进程". */
  #isOwnAct({ at, length }: Hit): boolean {
    const before = this.#text.slice(Math.max(0, at - 12), at);
    if (/(?:(?<![a-z])(?:i|we)(?: just| then)?|我|手动|我自己) ?$/.test(before)) return true;
    const behind = this.#text.slice(at + length, at + length + 12);
    if (/^ by (?:me|(?:the )?user|ctrl)/.test(behind)) return true;
    return /^ ?(?:僵尸|占|其他|别的)/.test(behind) && !/[被把]|系统/.test(before);
  }

  words({ at, length }: Hit): string {
    return this.#text.slice(at, at + length);
  }

  /** Something else than the person killed the process. */
  killed(): Hit | undefined {
    return this.stated("killed").find((hit) => !this.#isOwnAct(hit));
  }

  /** "不是显存" and "没有显存问题" rule the card out; "没有显存了" does not. */
  #isRuledOut(hit: Hit): boolean {
    return this.isDenied(hit, 1) && nearest([hit], this.stated("out"), 0) === null;
  }

  /** The card's memory, where it is not set aside: "内存一直涨（不是显存）". */
  gpuMemory(): readonly Hit[] {
    return this.of("gpuMemory").filter((hit) => !this.#isRuledOut(hit));
  }

  /** "内存" and "memory" by themselves, not within "GPU memory". */
  plainMemory(): readonly Hit[] {
    const gpu = this.of("gpuMemory");
    return this.of("memory").filter((hit) => nearest([hit], gpu, 0) === null);
  }

  isGpuDenied(): boolean {
    return this.of("gpuMemory").some((hit) => this.#isRuledOut(hit));
  }

  /** Shared memory, where it is not a size that was set: "--shm-size=64g". */
  sharedMemory(): readonly Hit[] {
    return this.of("sharedMemory").filter(
      ({ at, length }) => !/^ ?[=:]? ?\d/.test(this.#text.slice(at + length, at + length + 4)),
    );
  }

  /** What rises, where it is not gradients that are accumulated. */
  rising(): readonly Hit[] {
    return this.stated("rising").filter(
      ({ at }) => !/梯度$|gradient(?:s|s are)? $/.test(this.#text.slice(Math.max(0, at - 14), at)),
    );
  }

  /** The person asks whether it is so, and does not say that it is. */
  isAsked(hit: Hit): boolean {
    const behind = this.#text.slice(hit.at + hit.length, hit.at + hit.length + QUESTION_BEHIND);
    if (/[吗么嘛]/.test(behind)) return true;
    return this.of("asked").some(({ at, length }) => {
      const between = this.#text.slice(at + length, hit.at);
      return at <= hit.at && between.length <= QUESTION_BEFORE && !/[.!?。！？;；]/.test(between);
    });
  }

  /** The card is said to be fine: "enough VRAM", but not "I don't have enough VRAM". */
  isGpuFine(): boolean {
    return this.of("enough").some(
      ({ at }) => !/(?:n't|not|no|没|没有|不) ?(?:have )?$/.test(this.#text.slice(Math.max(0, at - 10), at)),
    );
  }

  /** Words of a list that the person states: neither denied nor asked. */
  stated(list: WordList): readonly Hit[] {
    return this.of(list).filter((hit) => !this.isDenied(hit) && !this.isAsked(hit));
  }

  /** Host memory, where it is not "GPU RAM" or 显卡内存. */
  host(): readonly Hit[] {
    const text = this.#text;
    return this.of("hostMemory").filter(
      (hit) => !/gpu $|gpu-$|显卡$|显$|cuda $/.test(text.slice(Math.max(0, hit.at - 5), hit.at)),
    );
  }
}

/** Memory that is neither the card's nor the machine's as a whole; what is set up beside a full card is not it. */
const readSpecial = (reading: Reading, gpuOut: Hit | null): Told | null => {
  const out = reading.stated("out");
  const failing = [...out, ...reading.of("faults")];
  const beside = (list: WordList, gap: number): Hit | null => nearest(reading.of(list), out, gap);
  if (!gpuOut) {
    const shared = reading.sharedMemory();
    const shm = nearest(shared, out, 30) ?? nearest(shared, reading.of("faults"), 24);
    if (shm) return told("shm/dataloader_shm", shm);
    const files = nearest(reading.stated("openFiles"), failing, 24);
    if (files) return told("fd_limit/shm_open", files);
  }
  const disk = nearest(reading.of("disk"), out, 8);
  if (disk) return told("disk/full", disk);
  const pinned = gpuOut ? null : beside("pinned", SENTENCE);
  if (pinned) return told("pinned_host/wsl_pin", pinned);
  const cache = beside("kvCache", 30);
  return cache ? told("gpu_kv_cache/no_blocks", cache) : null;
};

/** What rises with the steps: "RAM goes up each epoch", 显存一直涨. */
const readRising = (reading: Reading): Told | null => {
  const rising = reading.rising();
  if (rising.length === 0) return null;
  const gpu = reading.isGpuFine() ? null : nearest(reading.gpuMemory(), rising, SENTENCE);
  const host = nearest(reading.host(), rising, SENTENCE);
  const memory = nearest(reading.plainMemory(), rising, SENTENCE);
  if (host && (!gpu || host.length < gpu.length)) return told("host_ram/leak", host);
  if (gpu && (!memory || gpu.length <= memory.length)) return told("gpu_device/leak", gpu);
  if (!memory) return null;
  // Who names the card's memory apart calls the machine's 内存; who does not may mean either.
  const apart = reading.of("gpuMemory").length > 0;
  const ofCard = !apart && reading.of("gpu").length > reading.of("hostHint").length;
  return told(ofCard ? "gpu_device/leak" : "host_ram/leak", memory, true);
};

/** A person who only asks whether it is the card has told that much, and no more. */
const readSuspicion = (reading: Reading): Told => {
  const asked = reading.of("out").filter((hit) => reading.isAsked(hit));
  const suspected = reading.isGpuFine() ? null : nearest(reading.of("gpuMemory"), asked, CLAUSE);
  return suspected ? told("gpu_device/capacity", suspected, true) : UNKNOWN;
};

/** "OOM" and "内存不足" without the name of a memory: what stands around decides, or nothing does. */
const readBare = (reading: Reading, gpuDenied: boolean, rising: Told | null): Told => {
  const memoryOut = nearest(reading.of("memory"), reading.stated("out"), 12);
  const bare = memoryOut ?? reading.stated("bareOut")[0] ?? null;
  const unfit = reading.isGpuFine() ? null : nearest(reading.of("gpu"), reading.stated("fitsNot"), CLAUSE);
  if (!bare) return rising ?? (unfit ? told("gpu_device/capacity", unfit, true) : readSuspicion(reading));
  const gpu = reading.isGpuFine() ? [] : reading.of("gpu");
  const host = reading.of("hostHint");
  // "内存" of a person who speaks of a machine's hundreds of gigabytes is the machine's.
  const machine = nearest(host, [bare], 20);
  const ofMachine =
    memoryOut !== null &&
    (gpuDenied || (reading.isGpuFine() && /内存|记忆体/.test(reading.words(memoryOut))));
  if (ofMachine) return told("host_ram/killed", memoryOut);
  if (memoryOut && machine && gpu.length === 0) return told("host_ram/killed", bare, true);
  if (rising) return rising;
  if (gpu.length > 0 && host.length <= gpu.length) return told("gpu_device/capacity", bare, true);
  const hinted = reading.of("gpuHint").length > 0;
  // A machine's RAM is named, if not as what ran out, and nothing speaks of a card.
  const named = reading.host().length > 0 || (memoryOut !== null && host.length > 0);
  if (gpu.length === 0 && !hinted && named) return told("host_ram/killed", bare, true);
  if (hinted && !machine) return told("gpu_device/capacity", bare, true);
  return { ...UNKNOWN, hit: bare };
};

/**
 * Reads free text in Chinese and English.
 * @param flat the even text, line breaks as spaces
 */
export const readProse = (flat: string, words: Words): Told => {
  // "够不够" asks how much it takes, as "够吗" does, and tells of nothing that ran out.
  const text = flat.slice(0, MAX_PROSE).toLowerCase().replaceAll("够不够", "够用吗");
  const reading = new Reading(text, words);
  const out = reading.stated("out");
  const killed = reading.killed();
  const gpuDenied = reading.isGpuDenied();
  const enough = reading.isGpuFine() || gpuDenied;
  const gpuOut = enough ? null : nearest(reading.gpuMemory(), out, CLAUSE);
  const special = readSpecial(reading, gpuOut);
  if (special) return special;

  const hostOut = nearest(reading.host(), out, CLAUSE);
  const rising = readRising(reading);
  const leaks = rising !== null && rising.names === "host_ram/leak" && !rising.unsure;
  if (killed && !gpuOut) {
    const names = leaks || rising?.unsure === true ? "host_ram/leak" : "host_ram/killed";
    return { ...told(names, killed), confidence: "medium" };
  }
  if (hostOut && !gpuOut) return leaks ? rising : told("host_ram/killed", hostOut);
  const unified = reading.of("unified")[0];
  const memoryOut = nearest(reading.of("memory"), out, 12);
  if (unified && (memoryOut || reading.stated("bareOut").length > 0)) {
    return told("unified/capacity", unified);
  }
  if (rising && !rising.unsure) return rising;
  if (gpuOut) return told("gpu_device/capacity", gpuOut);
  return readBare(reading, gpuDenied, rising);
};
