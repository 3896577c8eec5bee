import type { Messages } from "./messages/index.ts";

/** A sentence that is chosen when the reader's language is known. */
export type Sentence = (messages: Messages) => string;

/**
 * What a person can mend: shown as it stands, reason and remedy, in their language. Everything else is thrown
 * as an ordinary error, logged once, and answered with one calm sentence.
 *
 * @example throw new Refusal((say) => say.quiz.noSuchQuestion(id, nearest));
 */
export class Refusal extends Error {
  readonly sentence: Sentence;

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super("refused", options);
    this.name = "Refusal";
    this.sentence = sentence;
  }
}
