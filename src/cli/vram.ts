import { vram as command } from "#commands/vram";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { type Block, privateReply } from "#core/reply";
import type { Input } from "#core/request";
import { twoBeside } from "#core/vram/comparison";
import { lessonOn } from "#core/vram/lesson";
import { estimateReport, findingsFor } from "#core/vram/report";
import { type VramRequest, vramOptions } from "#core/vram/request";
import { vramBlocks } from "#core/vram/words";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { shown } from "./shown.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

/** A bare number where a name is expected is a size. */
function fieldsOf(line: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...Object(line) };
  const { model } = fields;
  return typeof model === "number" ? { ...fields, model: null, params: fields.params ?? model } : fields;
}

const read = (input: Input): VramRequest => vramOptions.parse(parseOptions(command, input));

class VramVerb implements Verb {
  readonly #words: string;
  readonly #locale: Locale;
  readonly #models = loadModels(SHIPPED_CONTENT);

  constructor(call: Call) {
    this.#words = call.words;
    this.#locale = call.locale;
  }

  #fields(input: Input): Fields {
    return { ...estimateReport(read(input), this.#models, this.#locale) };
  }

  async answerLine(line: unknown): Promise<Fields> {
    return this.#fields({ kind: "typed", options: fieldsOf(line) });
  }

  async answerText(): Promise<Fields> {
    return this.#fields({ kind: "text", text: this.#words });
  }

  #blocks(request: VramRequest): Block[] {
    const say = messagesFor(this.#locale);
    const { why, compare } = request;
    if (typeof why === "string") return lessonOn(why, request, this.#models, say);
    if (typeof compare === "string") return twoBeside(request, compare, this.#models, say);
    return vramBlocks(request, findingsFor(request, this.#models), this.#models, say);
  }

  async show(): Promise<string> {
    const request = read({ kind: "text", text: this.#words });
    return shown(privateReply(...this.#blocks(request)), this.#locale);
  }
}

export const vram: VerbEntry = {
  usage: "rehearsal vram MODEL [METHOD] [key=value ...] [--json], or rehearsal vram --jsonl < requests.jsonl",
  readsInput: () => false,
  misuse: (call, lines) =>
    lines || call.words !== ""
      ? null
      : "vram needs at least a model, for example: rehearsal vram qwen2.5-7b qlora 1x4090",
  prepare: async (call) => new VramVerb(call),
};
