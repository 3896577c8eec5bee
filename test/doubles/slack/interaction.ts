import type { Front } from "./front.ts";
import type { Interaction, SeenMessage } from "./handles.ts";
import type { Acknowledgement, InteractionState } from "./interactions.ts";
import type { Message } from "./messages.ts";
import { seenMessage, seenView } from "./seen.ts";

/** The messages that came of it, as far as anybody can tell: linked, or ephemeral to its member there since. */
function repliesTo(front: Front, state: InteractionState): readonly Message[] {
  const { messages, interactions, world } = front;
  const room = world.rooms.get(state.channelId ?? "");
  if (room === undefined) return [];
  const isFor = ({ visibleTo, authorId }: Message) =>
    authorId === null && (visibleTo === state.memberId || (room.kind === "im" && visibleTo === null));
  const near = room.kind === "im" ? messages.in(room.id) : messages.ephemeral(state.memberId, room.id);
  // Oldest first, so whatever came since stands at the end.
  const since = near.slice(near.findLastIndex(({ ts }) => Number(ts) <= Number(state.ts)) + 1);
  const others = since.filter((message) => isFor(message) && !interactions.linked(message));
  const linked = state.replies.filter((message) => messages.get(message.channelId, message.ts) === message);
  return [...linked, ...others].toSorted((one, other) => Number(one.ts) - Number(other.ts));
}

/** What came of something a member did, as they meet it. */
export function follow(front: Front, state: InteractionState): Interaction {
  const { waiting, deliveries, views } = front;
  const sent = state.sent;
  if (sent === null) throw new Error("it was not sent");
  const isFailed = () => state.ack === null && deliveries.outcome(sent) === "failed";
  const acknowledged = (): Acknowledgement | undefined => {
    if (isFailed())
      throw new Error(`the app did not respond to the ${state.kind} within 3 s (${sent.status})`);
    return state.ack ?? undefined;
  };
  const acked = () => waiting.until(`an acknowledgement of the ${state.kind}`, acknowledged);
  const replies = (): readonly SeenMessage[] =>
    repliesTo(front, state).map((message) => seenMessage(front, message));
  return {
    triggerId: state.triggerId,
    responseUrl: state.responseUrl,
    payload: sent.payload,
    at: state.at,
    get failed() {
      return isFailed();
    },
    async acked() {
      const { kind } = await acked();
      return { kind, afterMs: (sent.ackedAt ?? sent.at) - sent.at };
    },
    reply: () =>
      waiting.until(`a reply to the ${state.kind}`, () => {
        const [first] = repliesTo(front, state);
        return first === undefined ? undefined : seenMessage(front, first);
      }),
    replies,
    view: () =>
      waiting.until(`a view after the ${state.kind}`, () => {
        const view = views.get(state.resultId ?? "");
        return view === undefined ? undefined : seenView(front, view);
      }),
    errors: async () => (await acked()).errors,
    choices: async () => (await acked()).choices,
  };
}
