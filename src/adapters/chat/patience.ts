import { type Amendment, privateReply, type Reply } from "#core/reply";

/** Longer than this nobody waits without a word. */
const PATIENCE_MS = 60_000;

export type AfterMs = (ms: number, task: () => void) => () => void;

/**
 * The reply, or after a minute one sentence in its place; the reply then comes as an amendment, should it ever come.
 *
 * @param running never rejects; null where there is nothing to show
 */
export async function orSentence(
  running: Promise<Reply | null>,
  after: AfterMs,
  { sentence, later }: { sentence(): string; later(reply: Promise<Amendment | null>): void },
): Promise<Reply | null> {
  let cancel = (): void => {};
  const tooLong = new Promise<"too long">((resolve) => {
    cancel = after(PATIENCE_MS, () => resolve("too long"));
  });
  const first = await Promise.race([running, tooLong]);
  cancel();
  if (first !== "too long") return first;
  later(running.then((whole) => (whole === null ? null : { whole, news: whole })));
  return privateReply({ kind: "text", text: sentence() });
}
