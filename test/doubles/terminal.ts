import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { Complete } from "#core/completion";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import type { Announcements } from "#core/ports";
import { LocalPoster } from "#src/adapters/local/poster";
import { runTerminal } from "#src/adapters/local/terminal";
import type { CoreForAdapter } from "#test/contracts/adapter";

export interface PipedTerminal {
  /** Writes lines and resolves with what was printed when the terminal has fallen silent. */
  type(text: string): Promise<string>;
  /** Writes keys as they are, without Enter. */
  press(keys: string): void;
  /** Resolves when these words have been printed since it last looked. */
  sees(words: string): Promise<void>;
  /** Ends the input and resolves with everything that was printed. */
  end(): Promise<string>;
}

export interface PipeSettings {
  readonly locale?: Locale;
  readonly colour?: boolean;
  readonly width?: number;
  /** As if a person sat there: welcome and prompt. */
  readonly interactive?: boolean;
  readonly announcements?: Announcements;
  readonly complete?: Complete;
}

/** The real terminal adapter on a pair of pipes, with a pause that ends as soon as nothing more comes. */
export function openPipe({ dispatch, commands }: CoreForAdapter, settings: PipeSettings = {}): PipedTerminal {
  const input = new PassThrough();
  const output = new PassThrough();
  let printed = "";
  let seenUntil = 0;
  let submissions = 0;
  output.setEncoding("utf8").on("data", (chunk: string) => {
    printed += chunk;
  });
  const done = runTerminal({
    terminal: {
      input,
      output,
      interactive: settings.interactive ?? false,
      colour: settings.colour ?? false,
      width: () => settings.width ?? 100,
    },
    dispatch,
    commands,
    identity: {
      tenant: tenantIdSchema.parse("local"),
      channel: channelIdSchema.parse("local"),
      member: memberIdSchema.parse("ada"),
    },
    ...(settings.complete === undefined ? {} : { complete: settings.complete }),
    announcements: settings.announcements ?? new LocalPoster(),
    locale: settings.locale ?? "en",
    zone: "Asia/Shanghai",
    clock: { now: () => Date.UTC(2026, 10, 25, 9) },
    newSubmission: () => {
      submissions += 1;
      return submissionIdSchema.parse(`submission-${submissions}`);
    },
    after: (_, task) => {
      const timer = setTimeout(task, 1);
      return () => clearTimeout(timer);
    },
  });
  return {
    async type(text) {
      const before = printed.length;
      input.write(`${text}\n`);
      while (printed.length === before) await once(output, "data");
      await new Promise((resolve) => setImmediate(resolve));
      return printed.slice(before);
    },
    press(keys) {
      input.write(keys);
    },
    async sees(words) {
      let found = printed.indexOf(words, seenUntil);
      while (found < 0) {
        await once(output, "data");
        found = printed.indexOf(words, seenUntil);
      }
      seenUntil = found + words.length;
    },
    async end() {
      input.end();
      await done;
      return printed;
    },
  };
}
