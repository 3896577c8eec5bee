import type { Glossary } from "#core/scoring/glossary";
import type { Gap } from "#core/scoring/lexicon";
import { normalise } from "#core/scoring/normalise";
import type { Question } from "./question.ts";

/** What is compared of a question, in whatever languages it has. */
export interface Asked {
  /** The question itself, once a language. */
  readonly titles: readonly string[];
  /** What its key points say. */
  readonly points: readonly string[];
}

/** A question that asks much the same. */
export interface Alike {
  readonly id: string;
  /** 1 for the same question, 0 for nothing in common. */
  readonly share: number;
}

/** From here on two questions are shown beside each other, to be merged or kept apart by a person. */
const WORTH_OFFERING = 0.29;
const MOST_OFFERED = 5;
/** Titles of one or two words prove little, even where they are the same. */
const SHORT_TITLE = 8;
const LONGEST_TITLE = 300;
/** What so many others share says nothing, and to compare them all takes long. */
const MOST_SHARING = 400;
/** Characters of key points that are looked at; a document's points can be long. */
const LONGEST_POINTS = 6000;

/** Words that nearly every question has. */
const COMMON = new Set(
  (
    "a an the of to in on for with and or but is are was be do does did can could would should will may might you your we our it its this that these those what how why when which who whom explain describe discuss compare define list between difference differences different use used using there have has had by as at from into not if mean means work works llm llms model models large language give example examples role purpose key main concept important help need " +
    "模型 大模型 什么 为什么 怎么 怎样 如何 哪些 哪个 哪种 多大 多少 怎么办 怎么样 请问 简述 介绍 解释 说说 谈谈 一下 区别 不同 差异 进行 需要 可以 之间 以及 时候 出现 各自 分别 大概 一个 一般 决定 因素 问题 解决 方法 主要 作用 原理 做 要 是 的 了 和 与 在 对 中 上 下 有 你 我 它 吗 呢 把 被 让 又 也 都 会 能 到 用 从 还 个 几 怎 么 这 那 操作 情况 应该 哪里 来 去 说 讲讲 如果 想要 某个 究竟 大概 概要 往往 往往会 有所 感觉 之后 是不是 有必要 必要 怎么回事 一回事 也就是 到底 发生 该 让 时 后"
  ).split(" "),
);

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Where a text speaks of the glossary's concepts, which are the same in both languages. */
function conceptsIn(text: string, glossary: Glossary | null): readonly (Gap & { readonly id: string })[] {
  if (glossary === null) return [];
  return glossary.lexicon.scan(text).entries.flatMap(({ meaning, start, end }) => {
    const entry = glossary.entries[meaning];
    return entry !== undefined && entry.type === "concept" && entry.topics.length > 0
      ? [{ id: `#${entry.id}`, start, end }]
      : [];
  });
}

/** A title's concepts and the words that name none. */
function traitsOfTitle(title: string, glossary: Glossary | null): ReadonlyMap<string, number> {
  const text = normalise(title.slice(0, LONGEST_TITLE)).text;
  const concepts = conceptsIn(text, glossary);
  const traits = new Map(concepts.map(({ id }) => [id, 2]));
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || segment.length < 2 || COMMON.has(segment)) continue;
    if (concepts.some(({ start, end }) => index < end && index + segment.length > start)) continue;
    traits.set(segment.length > 4 ? segment.replace(/(?:ing|ed|es|s)$/u, "") : segment, 1);
  }
  return traits;
}

interface Traits {
  readonly titles: readonly ReadonlyMap<string, number>[];
  readonly matter: ReadonlyMap<string, number>;
}

function traitsOf({ titles, points }: Asked, glossary: Glossary | null): Traits {
  const text = normalise([...titles, ...points].join("\n").slice(0, LONGEST_POINTS)).text;
  const counts = new Map<string, number>();
  for (const { id } of conceptsIn(text, glossary)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    titles: titles.map((title) => traitsOfTitle(title, glossary)),
    matter: new Map([...counts].map(([concept, count]) => [concept, Math.sqrt(count)])),
  };
}

/** Questions to compare others with. */
export interface LikenessIndex {
  add(id: string, asked: Asked): void;
  /** The questions added so far that ask much the same, the most alike first. */
  alike(asked: Asked): readonly Alike[];
}

class Index implements LikenessIndex {
  readonly #glossary: Glossary | null;
  readonly #known: { readonly id: string; readonly traits: Traits }[] = [];
  /** Word or concept to the places of the questions that have it in a title. */
  readonly #titled = new Map<string, number[]>();
  /** Word or concept to how many questions have it anywhere. */
  readonly #having = new Map<string, number>();

  constructor(glossary: Glossary | null) {
    this.#glossary = glossary;
  }

  add(id: string, asked: Asked): void {
    const traits = traitsOf(asked, this.#glossary);
    const place = this.#known.push({ id, traits }) - 1;
    const titled = new Set(traits.titles.flatMap((title) => [...title.keys()]));
    for (const trait of titled) {
      const places = this.#titled.get(trait);
      if (places === undefined) this.#titled.set(trait, [place]);
      else places.push(place);
    }
    for (const trait of new Set([...titled, ...traits.matter.keys()]))
      this.#having.set(trait, (this.#having.get(trait) ?? 0) + 1);
  }

  alike(asked: Asked): readonly Alike[] {
    const traits = traitsOf(asked, this.#glossary);
    const candidates = new Set<number>();
    for (const trait of [...traits.matter.keys(), ...traits.titles.flatMap((title) => [...title.keys()])]) {
      const places = this.#titled.get(trait) ?? [];
      if (places.length <= MOST_SHARING) for (const place of places) candidates.add(place);
    }
    return [...candidates]
      .flatMap((place): Alike[] => {
        const known = this.#known[place];
        if (known === undefined) return [];
        const share = this.#share(traits, known.traits);
        return share >= WORTH_OFFERING ? [{ id: known.id, share }] : [];
      })
      .sort((one, other) => other.share - one.share || (one.id < other.id ? -1 : 1))
      .slice(0, MOST_OFFERED);
  }

  /** Rare words and concepts tell more. */
  #weight(trait: string): number {
    return Math.log(1 + (this.#known.length + 1) / ((this.#having.get(trait) ?? 0) + 1));
  }

  #share(one: Traits, other: Traits): number {
    const title = Math.max(
      0,
      ...one.titles.flatMap((own) => other.titles.map((theirs) => this.#cosine(own, theirs, SHORT_TITLE))),
    );
    const matter = this.#cosine(one.matter, other.matter, 0);
    return one.matter.size < 3 || other.matter.size < 3 ? title : (title + matter) / 2;
  }

  #cosine(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>, doubt: number): number {
    let shared = 0;
    for (const [trait, count] of one) shared += this.#weight(trait) ** 2 * count * (other.get(trait) ?? 0);
    return shared === 0
      ? 0
      : shared / Math.sqrt((this.#squares(one) + doubt) * (this.#squares(other) + doubt));
  }

  #squares(traits: ReadonlyMap<string, number>): number {
    let sum = 0;
    for (const [trait, count] of traits) sum += (this.#weight(trait) * count) ** 2;
    return sum;
  }
}

/** @param glossary bridges languages and names; without it only words are compared */
export const likenessIndex = (glossary: Glossary | null): LikenessIndex => new Index(glossary);

/** What is compared of a question in a pack. */
export const askedOf = ({ text, points }: Question): Asked => ({
  titles: [text.zh, text.en],
  points: points.flatMap(({ title, statement }) => [title.zh, title.en, statement.zh, statement.en]),
});
