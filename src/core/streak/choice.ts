import { z } from "zod";
import { channelIdSchema, instantSchema, studyDateSchema } from "#core/ids";

/** Dates on which a member is away. The same first date again changes the last one; null takes the pause back. */
const pauseSchema = z.strictObject({
  kind: z.literal("pause"),
  from: studyDateSchema,
  /** The last date of the pause, which belongs to it. */
  to: studyDateSchema.nullable(),
  at: instantSchema,
});
export type Pause = z.infer<typeof pauseSchema>;

/** From `at` on the rounds of another channel decide the member's streak. */
const homeMoveSchema = z.strictObject({
  kind: z.literal("home"),
  channel: channelIdSchema,
  at: instantSchema,
});

/** What a member decides about their own streak, and when by the platform's clock. */
export const streakChoiceSchema = z.discriminatedUnion("kind", [pauseSchema, homeMoveSchema]);
export type StreakChoice = z.infer<typeof streakChoiceSchema>;

/** Names a choice among its member's: a later one of the same name takes its place. */
export const choiceKey = (choice: StreakChoice): string =>
  choice.kind === "pause" ? `pause/${choice.from}` : `home/${choice.at}`;

/** A choice as a text: equal choices have equal texts, whatever order their keys came in. */
export const choiceText = (choice: StreakChoice): string => JSON.stringify(streakChoiceSchema.parse(choice));

/** Which of two choices of one name stays, in whatever order they come: the later; of two at once the greater text. */
export const laterChoice = (one: StreakChoice, other: StreakChoice): StreakChoice => {
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return choiceText(one) >= choiceText(other) ? one : other;
};
