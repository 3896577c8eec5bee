import { messagesFor } from "#core/messages/index";
import { type Block, publicReply, type Reply } from "#core/reply";
import { buttonRow, doButton } from "./buttons.ts";
import type { Interview, Seat, Turn } from "./interview.ts";

/** The questions that a member answered, with what they scored. */
const scoredTurns = ({ turns }: Interview, member: string): readonly (Turn & { score: number })[] =>
  turns.flatMap((turn) =>
    turn.candidate === member && turn.score !== null ? [{ ...turn, score: turn.score }] : [],
  );

const resultOf = (interview: Interview, { member }: Seat): Block[] => {
  const scored = scoredTurns(interview, member);
  if (scored.length === 0) return [];
  const average = scored.reduce((sum, { score }) => sum + score, 0) / scored.length;
  const label = messagesFor(interview.locale).interview.averageOf(Math.round(average), scored.length);
  return [{ kind: "members", label, members: [member] }];
};

/**
 * What everybody reads at the end. Results only of those who consented, and no sum over all: of two people's average
 * whoever knows their own reads the other's, and a question was one person's.
 */
export function summaryPost(interview: Interview): Reply {
  const { locale, seats, turns, over } = interview;
  const say = messagesFor(locale).interview;
  const shown = seats.filter(({ consents }) => consents).flatMap((seat) => resultOf(interview, seat));
  const head: Block[] = [
    { kind: "heading", text: say.overTitle },
    { kind: "text", text: say.over(over?.why ?? "ended") },
  ];
  if (turns.length === 0) return publicReply(...head);
  return publicReply(
    ...head,
    { kind: "text", text: say.overview(turns.length, seats.length) },
    ...(shown.length === 0
      ? [{ kind: "note" as const, text: say.noneShown }]
      : [{ kind: "heading" as const, text: say.shownLabel }, ...shown]),
    { kind: "note", text: say.reportNote },
    buttonRow(doButton("report", interview, locale, { style: "primary" })),
  );
}
