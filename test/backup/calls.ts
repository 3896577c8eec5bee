import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import type { Call } from "#src/cli/verb";

/** A call of the command line as it is parsed. */
export const callOf = (given: Partial<Call>): Call => ({
  locale: "en",
  words: "",
  question: undefined,
  pack: undefined,
  out: undefined,
  explain: false,
  ...given,
});

/** The sentence with which something is refused. */
export const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "it was not refused";
  } catch (error) {
    return error instanceof Refusal ? error.sentence(messagesFor("en")) : String(error);
  }
};

/** What an operator reads of work that fails; an error that is no sentence of ours comes as it is. */
export const saidBy = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "it did not fail";
  } catch (error) {
    if (error instanceof Refusal) return error.sentence(messagesFor("en"));
    if (error instanceof StoreFailure)
      return messagesFor("en").start.storeTrouble(error.trouble, error.where);
    return `raw: ${String(error)}`;
  }
};
