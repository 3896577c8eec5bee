import type { Instant, MemberId, SubmissionId } from "#core/ids";
import { Refusal } from "#core/refusal";
import {
  type DraftContent,
  type DraftQuestion,
  MOST_CHANGES,
  MOST_STATES,
  STATES_LETTERS,
  versionOf,
  type What,
} from "./question.ts";

/** Who changes something, and by what. */
export interface Acting {
  readonly by: MemberId | null;
  readonly at: Instant;
  /** Delivered twice it is done once. */
  readonly submission: SubmissionId | null;
}

/** The newest earlier contents that there is room for. */
function fitting(states: DraftQuestion["states"]): DraftQuestion["states"] {
  const kept: DraftQuestion["states"][number][] = [];
  let letters = 0;
  for (const state of states.toReversed()) {
    letters += JSON.stringify(state).length;
    if (kept.length >= MOST_STATES || letters > STATES_LETTERS) break;
    kept.push(state);
  }
  return kept.toReversed();
}

/** A question with a change written down, and what it was before kept. */
export function recorded(
  next: DraftQuestion,
  before: DraftQuestion,
  what: What,
  acting: Acting,
): DraftQuestion {
  const version = versionOf(before);
  const changes = [...before.changes, { version: version + 1, what, ...acting }].slice(-MOST_CHANGES);
  const isNew = next.content !== before.content;
  const states = isNew ? fitting([...before.states, { version, content: before.content }]) : before.states;
  return { ...next, changes, states };
}

/**
 * What a question was: at a version, or before the last change.
 *
 * @throws Refusal where that is not kept any more
 */
export function stateBefore({ states }: Pick<DraftQuestion, "states">, version: number | null): DraftContent {
  const state = version === null ? states.at(-1) : states.find((one) => one.version === version);
  if (state === undefined) throw new Refusal((say) => say.content.noSuchVersion);
  return state.content;
}
