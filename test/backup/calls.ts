import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
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
