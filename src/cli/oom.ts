import { z } from "zod";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { diagnose } from "#core/oom/diagnosis";
import { explain, showPlaybook } from "#core/oom/explanation";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadRemedies } from "#src/content/remedies";
import { shown } from "./shown.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const lineSchema = z.object({ text: z.string() });

class OomVerb implements Verb {
  readonly #locale: Locale;
  readonly #remedies = loadRemedies(SHIPPED_CONTENT);

  constructor(call: Call) {
    this.#locale = call.locale;
  }

  async answerLine(line: unknown): Promise<Fields> {
    return this.answerText(lineSchema.parse(line).text);
  }

  async answerText(text: string): Promise<Fields> {
    return { ...diagnose(text, this.#remedies, this.#locale) };
  }

  async show(text: string): Promise<string> {
    const say = messagesFor(this.#locale);
    const reply =
      text.trim() === ""
        ? showPlaybook(this.#remedies, say, this.#locale)
        : explain(text, this.#remedies, say, this.#locale);
    return shown(reply, this.#locale);
  }
}

export const oom: VerbEntry = {
  usage: "rehearsal oom [--json | --jsonl] < log.txt",
  readsInput: () => true,
  misuse: (call) =>
    call.words === "" ? null : "oom reads the log from standard input: rehearsal oom < log.txt",
  prepare: async (call) => new OomVerb(call),
};
