import { Refusal } from "#core/refusal";

/** Below what a dossier takes, so that a little may be added to what just fits. */
const MOST_BYTES = 240 * 1024;

export const fits = (text: string): boolean => new TextEncoder().encode(text).length <= MOST_BYTES;

/** @throws Refusal where a question has more text than can be kept of one */
export function checkFits(text: string): string {
  if (!fits(text)) throw new Refusal((say) => say.content.tooLong);
  return text;
}
