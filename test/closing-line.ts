import type { Reporter, TestModule } from "vitest/node";
import { PrintedSecrets } from "./security/printed-secrets.ts";

type Write = typeof process.stdout.write;

/**
 * Ends a run with one plain line that any reader of logs understands: `12 passed, 0 failed`. One of the failures is a
 * secret in anything that the run has printed, whichever test or program printed it.
 */
export default class ClosingLine implements Reporter {
  readonly #printed = new PrintedSecrets();

  onInit(): void {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as Write;
      stream.write = ((piece: string | Uint8Array, ...rest: never[]) => {
        this.#printed.read(typeof piece === "string" ? piece : Buffer.from(piece).toString());
        return write(piece, ...rest);
      }) as Write;
    }
  }

  /** Also what a reporter would not print. */
  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#printed.read(content);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === "pending" ? "skipped" : state] += 1;
      }
      // A file that does not load holds no tests: it counts as one failure, never as nothing.
      if (module.state() === "failed" && module.children.size === 0) counts.failed += 1;
    }
    const secrets = this.#printed.found.length;
    if (secrets > 0) {
      process.stderr.write(
        `${secrets} printed lines hold what only a token holds (test/security/printed-secrets.ts)\n`,
      );
      counts.failed += 1;
      process.exitCode = 1;
    }
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
