/** Messages by nonce, for as long as Discord looks back. */
export interface Nonces<Message> {
  /**
   * The message that was made with this nonce; otherwise makes it. Two at the same instant get the same message, also
   * while the first is still being made.
   */
  once(nonce: string, make: () => Promise<Message>): Promise<Message>;
}

/** @param windowMs how long a nonce is remembered: "the past few minutes" in Discord's words */
export function nonces<Message>(windowMs: number, now: () => number): Nonces<Message> {
  const made = new Map<string, { readonly at: number; readonly message: Promise<Message> }>();
  return {
    once(nonce, make) {
      for (const [old, { at }] of made) if (now() - at >= windowMs) made.delete(old);
      const known = made.get(nonce);
      if (known !== undefined) return known.message;
      const message = make();
      made.set(nonce, { at: now(), message });
      message.catch(() => made.delete(nonce));
      return message;
    },
  };
}
