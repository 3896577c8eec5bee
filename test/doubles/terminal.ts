import { once } from "node:events";
import { PassThrough } from "node:stream";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { runTerminal } from "#src/adapters/local/terminal";
import type { CoreForAdapter } from "#test/contracts/adapter";

export interface PipedTerminal {
  /** Writes lines and resolves with what was printed when the terminal has fallen silent. */
  type(text: string): Promise<string>;
  /** Ends the input and resolves with everything that was printed. */
  end(): Promise<string>;
}

export interface PipeSettings {
  readonly locale?: Locale;
  readonly colour?: boolean;
  readonly width?: number;
}

/** The real terminal adapter on a pair of pipes, with a pause that ends as soon as nothing more comes. */
export function openPipe({ dispatch, commands }: CoreForAdapter, settings: PipeSettings = {}): PipedTerminal {
  const input = new PassThrough();
  const output = new PassThrough();
  let printed = "";
  let submissions = 0;
  output.setEncoding("utf8").on("data", (chunk: string) => {
    printed += chunk;
  });
  const done = runTerminal({
    terminal: {
      input,
      output,
      interactive: false,
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
    async end() {
      input.end();
      await done;
      return printed;
    },
  };
}
