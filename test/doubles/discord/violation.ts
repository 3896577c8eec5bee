/** One rule that a body breaks. */
export interface Violation {
  /** Where, with dots: `embeds.0.title`. */
  readonly path: string;
  /** Discord's code of form errors, like BASE_TYPE_MAX_LENGTH. */
  readonly code: string;
  readonly message: string;
}
