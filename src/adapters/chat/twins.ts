/** One message of a post: its place in it, and its id, which a later message has a later one of. */
interface Standing {
  readonly at: number;
  readonly id: string;
}

/** Ids of one platform are as long as each other, or the longer one is the later. */
const isBefore = (one: string, other: string): boolean =>
  one.length === other.length ? one < other : one.length < other.length;

/**
 * Which messages of a post stand there a second time. Of each place the one that is `kept` stays, or the first behind it,
 * as the messages of one post follow each other; where that one is gone, the first.
 */
export const twinsOf = (standing: readonly Standing[], kept: string): readonly Standing[] =>
  [...Map.groupBy(standing, ({ at }) => at).values()].flatMap((same) => {
    const inOrder = same.toSorted((one, other) => (isBefore(one.id, other.id) ? -1 : 1));
    const stays = inOrder.find(({ id }) => !isBefore(id, kept)) ?? inOrder[0];
    return inOrder.filter((one) => one !== stays);
  });
