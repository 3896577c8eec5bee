/** How long things are kept, in days. */
export interface Retention {
  /** The words of answers; scores and days stay. */
  readonly textsDays: number;
  /** Everything of a guild or workspace that the bot was taken out of. */
  readonly leftDays: number;
}

export const usualRetention: Retention = { textsDays: 730, leftDays: 30 };
