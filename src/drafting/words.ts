/** Words of everyday use, which tell no two points apart. */
const COMMON = new Set(
  (
    "the a an of to in on at for with and or but as by from into is are was were be been being it its this that these those they them their " +
    "he she we you your our can could may might will would should must do does did not no so such than then there here which who whom whose what when where why how " +
    "also more most many much some any each every all both other another same very only just even still while because if whether about between within without across over under up down out " +
    "use uses used using make makes made making help helps helped allow allows get gets give gives need needs provide provides include includes including like example examples e.g i.e etc one two three first second new " +
    "model models data large language llm llms based different specific certain various often usually typically generally called known well way ways " +
    "的 了 和 与 或 在 是 有 为 对 中 上 下 等 以 及 将 会 可以 可能 能够 能 需要 进行 通过 使用 这 那 其 它 他们 它们 我们 一个 一种 这种 这些 那些 以及 并 且 但 而 从 到 被 把 让 使 也 都 就 更 最 不 没有 如果 因为 所以 由于 例如 比如 如 即 时 后 前 内 外 " +
    "模型 数据 问题 方法 方式 情况 过程 同时 不同 特定 一些 各种 主要 通常 一般 相关 之间 以便 从而 因此 此外 其中 来 去 用 做 说 看 还 再 又 很 较 该 此 每 各 某 于 之 所 者 个 种"
  ).split(" "),
);

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** A word of a sentence that says something, in lower case. */
export const contentWords = (sentence: string): readonly string[] =>
  [...segmenter.segment(sentence)].flatMap(({ segment, isWordLike }) => {
    const word = segment.toLowerCase();
    return isWordLike === true && word.length > 1 && !COMMON.has(word) && !/^\d+$/u.test(word) ? [word] : [];
  });
