import { ANCHOR } from "#core/oom/anchor";
import { PHASE_PATTERNS } from "#core/oom/phases";
import { DEVICE_RULES } from "#core/oom/rules-device";
import { HOST_RULES } from "#core/oom/rules-host";
import { BARE_ENDINGS, NOT_MEMORY } from "#core/oom/rules-software";
import { RUN_PATTERNS } from "#core/oom/run";
import { SETTING_PATTERNS } from "#core/oom/setting";
import { SENTENCE_PATTERNS } from "#core/oom/torch-sentence";
import { compileWords } from "#core/oom/words";
import { remedies } from "#test/core/oom/samples";

const rules = [
  ...Object.values(DEVICE_RULES).flat(),
  ...Object.values(HOST_RULES).flat(),
  ...NOT_MEMORY,
  ...BARE_ENDINGS,
];

/** Every pattern that /oom runs over a text, with a name for it. */
export const patterns: readonly (readonly [string, RegExp])[] = [
  ["the anchors", ANCHOR] as const,
  ...rules.flatMap((rule) =>
    [rule.pattern, ...(rule.also ?? []), ...(rule.unless ? [rule.unless] : [])].map(
      (pattern) => [rule.names, pattern] as const,
    ),
  ),
  ...PHASE_PATTERNS.map((pattern) => ["a phase", pattern] as const),
  ...SETTING_PATTERNS.map((pattern) => ["a setting", pattern] as const),
  ...RUN_PATTERNS.map((pattern) => ["a run", pattern] as const),
  ...SENTENCE_PATTERNS.map((pattern) => ["PyTorch's sentence", pattern] as const),
  ...Object.entries(remedies.words).map(([list, words]) => [list, compileWords(words)] as const),
  ...remedies.trainers.map(({ id, signs }) => [id, compileWords(signs)] as const),
].map(([name, pattern]) => [`${name}: ${pattern.source.slice(0, 60)}`, pattern] as const);

const MEBI = 1 << 20;

/** Texts of a mebi-character that keep one pattern or another busy: near misses of what they look for, over and over. */
export const adversarial: readonly (readonly [string, string])[] = (
  [
    ["requests without an end", "CUDA out of memory. Tried to allocate "],
    ["sizes without a sentence", "12.50 MiB free; "],
    ["digits", "1"],
    ["blanks", " "],
    ["starts of a server's sentence", "Free memory on device ("],
    ["kills", "Killed\n"],
    ["exit codes", "exit code: "],
    ["processes", "Process 1 has "],
    ["tables", "│ "],
    ["shapes", "OOM when allocating tensor with shape[1,1,1,"],
    ["Chinese words", "显存内存不足训练"],
    ["cards", "4x4090 8 A100 "],
    ["settings", "batch_size is is already "],
    ["assertions", "block: [1,1,1], thread: ["],
    ["letters and line ends", "a\n"],
    [
      "beginnings of everything",
      "MPS allocated: Process 1 has exit code: Killed INTERNAL ASSERT FAILED Free memory on device ( gradient_checkpointing is ",
    ],
  ] as const
).map(([name, unit]) => [name, unit.repeat(Math.ceil(MEBI / unit.length)).slice(0, MEBI)]);
