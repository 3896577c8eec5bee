import { setTimeout as sleep } from "node:timers/promises";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Finding } from "#src/doctor/finding";
import { redactionOf } from "#src/redaction";
import { SETTINGS_FILE } from "#src/settings-file";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const marks = { ok: "✔", warn: "!", fail: "✘" } as const;

/** Values that no line may repeat, also where they are not what they should be. */
const secretsIn = (environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(environment).flatMap(([name, value = ""]) =>
    /^REHEARSAL_\w*(?:TOKEN|SECRET|KEYS?|PASSWORD)\w*$/i.test(name) ? [value, ...value.split(/[,:]/)] : [],
  );

class DoctorVerb implements Verb {
  readonly #call: Call;
  #found: readonly Finding[] = [];

  constructor(call: Call) {
    this.#call = call;
  }

  /** What was found, each as it is told. */
  async #examine() {
    // It looks at every part of the program, and no other verb needs them.
    const { examine } = await import("#src/doctor/examination");
    const { locale, online } = this.#call;
    this.#found = await examine({
      environment: process.env,
      envFile: SETTINGS_FILE,
      isOnline: online === true,
      now: () => Date.now(),
      pause: (ms) => sleep(ms),
    });
    const redact = redactionOf(secretsIn(process.env));
    const say = messagesFor(locale);
    return this.#found.map(({ subject, state, sentence }) => ({
      subject,
      state,
      text: redact(sentence(say)),
    }));
  }

  async answerLine(): Promise<Fields> {
    throw new Refusal((say) => say.doctor.noLines);
  }

  async answerText(): Promise<Fields> {
    const checks = await this.#examine();
    return { healthy: !this.foundFault(), checks };
  }

  async show(): Promise<string> {
    const say = messagesFor(this.#call.locale).doctor;
    const checks = await this.#examine();
    const lines = checks.map(({ subject, state, text }) => `${marks[state]} ${say.subjects[subject]}${text}`);
    const count = (wanted: Finding["state"]) => this.#found.filter(({ state }) => state === wanted).length;
    const end = say.end(count("fail"), count("warn"), this.#call.online === true);
    return `${lines.join("\n")}\n\n${end}\n`;
  }

  foundFault(): boolean {
    return this.#found.some(({ state }) => state === "fail");
  }
}

export const doctor: VerbEntry = {
  usage: "rehearsal doctor [--online] [--json] [--lang zh|en]",
  settings: "examined",
  readsInput: () => false,
  misuse: ({ words }, lines) => {
    if (lines) return "doctor looks at everything once: give it without --jsonl.";
    return words === "" ? null : "doctor takes no words; it looks at everything.";
  },
  prepare: async (call) => new DoctorVerb(call),
};
