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
const CLAUSE = 16;
const NEGATION = 10;

const UNKNOWN: Told = { names: "unknown/unknown", confidence: "low", hit: null, unsure: true };

/**
 * Reads free text in Chinese and English.
 * @param flat the even text, line breaks as spaces
 */
export const readProse = (flat: string, words: Words): Told => {
  const text = flat.slice(0, MAX_PROSE).toLowerCase();
  // "是不是" asks; it denies nothing.
  const negations = hits(text, words.negations).filter(({ at }) => text[at - 1] !== "是");
  const deniedWithin = (hit: Hit, gap: number): boolean =>
    negations.some(({ at, length }) => at + length <= hit.at && hit.at - (at + length) <= gap);
  const stands = (hit: Hit): boolean => !deniedWithin(hit, NEGATION);
  const of = (list: WordList): readonly Hit[] => hits(text, words[list]);
  const out = of("out").filter(stands);
  const told = (names: CaseId, hit: Hit | null, unsure = false): Told => ({
    names,
    confidence: "low",
    hit,
    unsure,
  });
  const beside = (list: WordList, gap = CLAUSE): Hit | null => nearest(of(list), out, gap);

  const shm = beside("sharedMemory", 30) ?? nearest(of("sharedMemory"), of("faults"), 24);
  if (shm) return told("shm/dataloader_shm", shm);
  const files = of("openFiles").filter(stands);
  if (files[0] && out.length > 0) return told("fd_limit/shm_open", files[0]);
  const disk = nearest(of("disk"), out, 8);
  if (disk) return told("disk/full", disk);
  const pinned = beside("pinned", 40);
  if (pinned) return told("pinned_host/wsl_pin", pinned);
  const cache = beside("kvCache", 30);
  if (cache) return told("gpu_kv_cache/no_blocks", cache);

  const enough = of("enough");
  const killed = of("killed").filter(stands);
  const gpuMemory = of("gpuMemory");
  const denied = gpuMemory.find((hit) => deniedWithin(hit, 1));
  const gpuOut = enough.length > 0 || denied ? null : nearest(gpuMemory, out, CLAUSE);
  const hostOut = nearest(
    of("hostMemory").filter((hit) => !/gpu $|显卡$|显$/.test(text.slice(Math.max(0, hit.at - 4), hit.at))),
    out,
    CLAUSE,
  );
  const memoryOut = beside("memory", 12);
  const unified = of("unified")[0];
  const firstKilled = killed[0];
  if (hostOut && !gpuOut) {
    return firstKilled
      ? { ...told("host_ram/killed", firstKilled), confidence: "medium" }
      : told("host_ram/killed", hostOut);
  }
  if (firstKilled && !gpuOut) return { ...told("host_ram/killed", firstKilled), confidence: "medium" };
  if (unified && (memoryOut || of("bareOut").some(stands))) return told("unified/capacity", unified);
  if (gpuOut) return told("gpu_device/capacity", gpuOut);

  const bare = memoryOut ?? of("bareOut").find(stands) ?? null;
  if (!bare) return UNKNOWN;
  const gpu = enough.length > 0 ? [] : of("gpu");
  const host = of("hostHint");
  // "内存" of a person who speaks of a machine's hundreds of gigabytes is the machine's.
  const machine = nearest(host, [bare], 20);
  if (memoryOut && denied) return told("host_ram/killed", bare);
  if (memoryOut && machine && gpu.length === 0) return told("host_ram/killed", bare, true);
  if (gpu.length > 0 && host.length <= gpu.length) return told("gpu_device/capacity", bare, true);
  if (of("gpuHint").length > 0 && !machine) return told("gpu_device/capacity", bare, true);
  return { ...UNKNOWN, hit: bare };
};
