import type { Round } from "./round.ts";

/**
 * A number that looks random but depends only on the text: FNV-1a over its UTF-16 units, finished as in MurmurHash3
 * so that texts which differ in the last letter land far apart.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ and fmix32 of Appleby's MurmurHash3
 */
const scatter = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Whether a channel that asks these topics asks a question; null asks all. */
export const isAsked =
  (topics: readonly string[] | null) =>
  ({ topic }: { readonly topic: string }): boolean =>
    topics === null || topics.includes(topic);

/**
 * The question that a channel is asked next; null where there is none to ask.
 *
 * A new channel begins with the pack's first question, the one its authors put first. After that come the questions
 * it was never asked, in an order of the channel's own, and then those it was asked longest ago. Each question's
 * place depends on the seed and its own id alone, so adding or withdrawing questions reorders none of the others.
 *
 * @param reviewed ids of the questions that may be asked, in pack order
 * @param past the channel's rounds, in any order
 * @param seed tells channels apart, like the channel's id
 */
export const chooseQuestion = (
  reviewed: readonly string[],
  past: readonly Pick<Round, "question" | "opensAt">[],
  seed: string,
): string | null => {
  if (past.length === 0) return reviewed[0] ?? null;
  const askedAt = new Map<string, number>();
  for (const { question, opensAt } of past)
    askedAt.set(question, Math.max(opensAt, askedAt.get(question) ?? 0));
  const places = reviewed.map((id) => ({
    id,
    askedAt: askedAt.get(id) ?? -1,
    // The seed's length keeps ("a", "bc") and ("ab", "c") apart.
    place: scatter(`${seed.length}:${seed}${id}`),
  }));
  places.sort(
    (one, other) => one.askedAt - other.askedAt || one.place - other.place || (one.id < other.id ? -1 : 1),
  );
  return places[0]?.id ?? null;
};
