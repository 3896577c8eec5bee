import { z } from "zod";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { diagnose } from "#core/oom/diagnosis";
import { explain } from "#core/oom/explanation";
import type { Knowledge } from "#core/oom/knowledge";
import { showPlaybook } from "#core/oom/playbook";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadRemedies } from "#src/content/remedies";
import { shown } from "./shown.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const lineSchema = z.object({ text: z.string() });

class OomVerb implements Verb {
  readonly #locale: Locale;
  readonly #knowledge: Knowledge;

  constructor(call: Call) {
    this.#locale = call.locale;
    this.#knowledge = {
      remedies: loadRemedies(SHIPPED_CONTENT),
      models: loadModels(SHIPPED_CONTENT),
      messages: messagesFor(call.locale),
      locale: call.locale,
    };
  }

  async answerLine(line: unknown): Promise<Fields> {
    return this.answerText(lineSchema.parse(line).text);
  }

  async answerText(text: string): Promise<Fields> {
    const { remedies, models } = this.#knowledge;
    return { ...diagnose(text, remedies, this.#locale, models) };
  }

  async show(text: string): Promise<string> {
    const reply = text.trim() === "" ? showPlaybook(this.#knowledge) : explain(text, this.#knowledge);
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
