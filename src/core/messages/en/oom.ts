/** Strings without a sentence around them, so that both languages have the same shape. */
const kinds: Record<
  | "gpu_device"
  | "gpu_kv_cache"
  | "host_ram"
  | "pinned_host"
  | "shm"
  | "unified"
  | "fd_limit"
  | "disk"
  | "none"
  | "unknown",
  string
> = {
  gpu_device: "GPU memory",
  gpu_kv_cache: "GPU memory for the KV cache",
  host_ram: "host RAM (not the GPU)",
  pinned_host: "pinned host RAM",
  shm: "shared memory",
  unified: "unified memory",
  fd_limit: "file descriptors (not memory)",
  disk: "disk (not memory)",
  none: "no lack of memory",
  unknown: "unknown",
};

export const oom = {
  kinds,
  confidence: {
    high: "high (the message says so)",
    medium: "medium (likely, not proven)",
    low: "low (words only)",
  },
  space: " ",
  semicolon: "; ",
  device: (index: number) => `GPU ${index}`,
  memory: (memory: string, what: string, sure: string) => `Memory: ${memory}; ${what}. Sure: ${sure}.`,
  notMemory: (what: string, sure: string) => `Not a lack of memory: ${what}. Sure: ${sure}.`,
  cannotTell: (what: string) => `For now ${what}.`,
  sum: (sum: string) => `Sum (GiB): ${sum}`,
  total: (total: string, parts: string) => `${total} total = ${parts}.`,
  free: (gib: string) => `${gib} free`,
  yours: (gib: string) => `${gib} yours`,
  idle: (gib: string) => `${gib} idle cache`,
  others: (gib: string) => `${gib} others`,
  rest: (gib: string) => `${gib} context and rest`,
  cap: (cap: string, yours: string, others: string) => `${cap} allowed, ${yours} yours, ${others} others.`,
  contradictory: "These figures do not add up, so take them with care.",
  asked: (tried: string) => `Asked for ${tried}.`,
  askedShort: (tried: string, short: string) => `Asked for ${tried}: short by at least ${short}.`,
  askedWithRoom: (tried: string, free: string) => `Asked for ${tried} with ${free} free: there was room.`,
  absurd: (tried: string) => `Asked for ${tried}: no card has that, so a shape or a pointer is wrong.`,
  tryFirst: "Try, in this order:",
  fix: (title: string, saves: string, cost: string) => `${title}. Saves: ${saves}. Costs: ${cost}.`,
  plainFix: (title: string) => `${title}.`,
  withSnippet: (line: string, snippet: string) => `${line} Write: ${snippet}`,
  headroom: (gib: string) => `In one piece the idle cache would have left ${gib} GiB to spare.`,
  useless: (what: string) => `Not useful here: ${what}.`,
  idleTooSmall: (idle: string) => `expandable_segments (the idle cache is only ${idle} GiB)`,
  idleCannotCover: (idle: string) => `expandable_segments (${idle} GiB of idle cache would not cover it)`,
  send: (question: string) => `If it persists, tell me: ${question}`,
  ask: (question: string) => `To tell for certain: ${question}`,
  playbook: "Out of memory: what to try, the most useful first",
  remedy: (title: string, right: string, wrong: string | null) =>
    wrong === null ? `${title}: ${right}` : `${title}: ${right} Put right: ${wrong}`,
  pasteIt: "Paste the error behind /oom, and I read its numbers and say which of these fits.",
};
