/** One rule that a body breaks. */
export interface Violation {
  /** A JSON pointer as in Slack's own messages: `/blocks/0/text/text`. */
  readonly path: string;
  /** Slack's error for the whole request: invalid_blocks, msg_too_long, … */
  readonly error: string;
  readonly message: string;
}
