/** Strings without a sentence around them, so that both languages have the same shape. */
type Kind =
  | "gpu_device"
  | "gpu_kv_cache"
  | "host_ram"
  | "pinned_host"
  | "shm"
  | "unified"
  | "fd_limit"
  | "disk"
  | "none"
  | "unknown";

const kinds: Record<Kind, string> = {
  gpu_device: "GPU memory",
  gpu_kv_cache: "GPU memory for the KV cache",
  host_ram: "host RAM (not the GPU)",
  pinned_host: "pinned host RAM",
  shm: "shared memory (/dev/shm)",
  unified: "unified memory",
  fd_limit: "file descriptors (not memory)",
  disk: "disk (not memory)",
  none: "no lack of memory",
  unknown: "unknown",
};

const isNot: Record<Kind, string | null> = {
  gpu_device: "Not host RAM: that ends in Killed, −9 or 137, and with no CUDA error.",
  gpu_kv_cache:
    "Not a leak and not a batch of training: the server sets this memory aside before the first request.",
  host_ram: "Not GPU memory: a full card raises an error that names it and does not kill the process.",
  pinned_host: "Not a full card: pinned memory is host RAM that cannot be swapped.",
  shm: "Not GPU memory, not RAM as a whole, not the disk: /dev/shm has a limit of its own.",
  unified: "Not a card's own memory: GPU and CPU share one pool here, and the cap lies below it.",
  fd_limit: "Not memory of any kind: it is a count of open files.",
  disk: "Not memory of any kind.",
  none: null,
  unknown: null,
};

export const oom = {
  kinds,
  isNot,
  confidence: {
    high: "high (the message says so)",
    medium: "medium (likely, not proven)",
    low: "low (words only)",
  },
  sureBecause: {
    high: "Sure: high. The numbers, or a phrase that only this cause prints, stand in the text.",
    medium: "Sure: medium. The sign fits this cause best, but something else could leave it too.",
    low: "Sure: low. Only your own words speak for it; a line of the log would settle it.",
  },
  space: " ",
  semicolon: "; ",
  device: (index: number) => `GPU ${index}`,
  memory: (memory: string, what: string, sure: string) => `Memory: ${memory}; ${what}. Sure: ${sure}.`,
  notMemory: (what: string, sure: string) => `Not a lack of memory: ${what}. Sure: ${sure}.`,
  cannotTell: (what: string) => `I cannot tell: ${what}.`,
  runOnly: "There is no error in this text, so I take the run by itself.",
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
  fitting: (tokens: number) => `By the server's own reckoning ${tokens} tokens would fit.`,
  noOthers: "Not another process: nobody else holds more than a context.",
  run: (
    run: { model: string; method: string; batch: number; seq: number; gpus: number },
    need: { needs: string; low: string; high: string },
    room: string | null,
  ) =>
    `Run: ${run.model}, ${run.method}, batch ${run.batch}, ${run.seq} tokens, ${run.gpus} GPU${run.gpus === 1 ? "" : "s"}. By /vram it needs ${need.needs} GiB per GPU (${need.low}–${need.high})${room === null ? "" : `; it can have ${room}`}.`,
  moreThanPlanned: (seen: string) =>
    `The message shows ${seen} GiB taken and asked for, more than /vram expects. Likely causes: another process, no flash attention, packing or long rows, or a copy in full precision.`,
  hostNeeds: (gib: number) =>
    `Offloading takes about ${gib} GiB of host RAM per node; where that is short, the end is −9.`,
  assumed: (what: string) => `Taken as usual, since nothing was said: ${what}.`,
  tryFirst: "Try, in this order:",
  nextTry: "Next, in this order:",
  nothingFurther: "That was all I would try on this evidence.",
  tellMe: (question: string) => `What would tell most now: ${question}`,
  fix: (title: string, saves: string | null, cost: string | null, unless: string) =>
    `${title}.${saves === null ? "" : ` Saves: ${saves}.`}${cost === null ? "" : ` Costs: ${cost}.`}${unless === "—" ? "" : ` No use when: ${unless}.`}`,
  plainFix: (title: string) => `${title}.`,
  noUse: (title: string, unless: string) =>
    unless === "—" ? `${title}.` : `${title}. No use when: ${unless}.`,
  savedGib: (gib: string) => `${gib} GiB for this run`,
  /** `places`: which of the `shown` fixes; null for all of them. */
  fits: (places: readonly number[] | null, shown: number, after: string, room: string) =>
    `Checked with /vram: after ${places !== null ? `number ${places.join(" and ")}` : shown === 1 ? "this one" : `these ${shown}`} it needs ${after} of ${room} GiB, and fits with 10% to spare.`,
  fitsNot: (steps: number, after: string, room: string) =>
    `Checked with /vram: ${steps === 0 ? "I know no setting that would make it fit;" : `even after all ${steps} that I know for it,`} it needs ${after} of ${room} GiB. That takes more cards, a larger one or a smaller model.`,
  shouldFit: (after: string, room: string) =>
    `By /vram it needs ${after} of ${room} GiB and should fit. So look for what /vram does not see: another process, longer rows than you said, or a setting that is not on.`,
  inTrainer: (trainer: string) => `In ${trainer}:`,
  headroom: (gib: string) => `In one piece the idle cache would have left ${gib} GiB to spare.`,
  useless: (what: string) => `Not useful here: ${what}.`,
  idleTooSmall: (idle: string) => `expandable_segments (the idle cache is only ${idle} GiB)`,
  idleCannotCover: (idle: string) => `expandable_segments (${idle} GiB of idle cache would not cover it)`,
  send: (question: string) => `If it persists: ${question}`,
  ask: (question: string) => `To tell for certain: ${question}`,
  stillFails: "Still fails",
  explain: "Explain",
  applyToVram: "Apply to /vram",
  whyTitle: (what: string) => `Why: ${what}`,
  runTitle: "Name the run, and I put GiB on each fix",
  runLabel: "model, method, batch, length, cards",
  runHint: "qwen2.5-7b lora bs=4 seq=2k 2x4090",
  runSubmit: "Weigh the fixes",
  pasteTitle: "Paste the log",
  pasteLabel: "the last 30 lines, or the error",
  pasteHint: "CUDA out of memory. Tried to allocate …",
  pasteSubmit: "Read it",
  staleButton: "This button is from an older version. Paste the error behind /oom again.",
  noSuchPage: (ids: readonly string[]) => `There is no such remedy. There are: ${ids.join(", ")}.`,
  playbook: "Out of memory: what to try, the most useful first",
  playbookFirst:
    "First see which memory it is: “CUDA out of memory” is the card; Killed, −9 and 137 are most likely host RAM; Bus error is /dev/shm. Paste the error behind /oom, and I read its numbers and say which of these fits.",
  playbookOmitted: "What the source document leaves out, and what helps most:",
  playbookDocument: "The document's title and its eight remedies, put right:",
  remedy: (title: string, short: string) => `${title}: ${short}`,
  choosePage: "Read one",
  putRight: (wrong: string) => `Put right: ${wrong}`,
  example: (text: string) => `Worked: ${text}`,
  fieldSaves: "Saves",
  fieldCosts: "Costs",
  fieldUseless: "No use when",
  allPages: "All remedies",
  nextPage: (title: string) => `Next: ${title}`,
};
