import type { MemberId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { Block, VerdictRow } from "#core/reply";
import type { Attempt } from "#core/round/round";
import type { Verdict } from "#core/scoring/grader";
import { buttonRow, doButton } from "./buttons.ts";
import type { Interview, Turn } from "./interview.ts";
import type { Sources } from "./posts.ts";
import { hasNotesToTake, textOf } from "./recording.ts";

/** The others' ticks at one point: how many heard it, of how many who ticked anything at that question. */
interface Peers {
  readonly heard: number;
  readonly of: number;
}

const peersAt = ({ ticks }: Turn, point: string): Peers => {
  const lists = Object.values(ticks);
  return { heard: lists.filter((points) => points.includes(point)).length, of: lists.length };
};

const isSaid = (verdict: Verdict): boolean => verdict === "hit" || verdict === "partial";

/** Whether most of those who ticked say the other thing than the bot; half of them is no disagreement. */
const disagrees = (verdict: Verdict, { heard, of }: Peers): boolean =>
  of > 0 && (isSaid(verdict) ? heard * 2 < of : heard * 2 > of);

interface Judged {
  readonly number: number;
  readonly turn: Turn;
  readonly question: Question;
  /** What was recorded of it, or waits to be, for the evidence; null where that cannot be read. */
  readonly attempt: Pick<Attempt, "text" | "result"> | null;
}

const notesOf = (turn: Turn): Judged["attempt"] =>
  hasNotesToTake(turn) ? { text: textOf(turn.written), result: turn.result } : null;

function rowsOf({ turn, question, attempt }: Judged, locale: Locale): VerdictRow[] {
  const say = messagesFor(locale);
  const found = new Map(attempt?.result?.points.map((point) => [point.id, point]));
  return question.points.flatMap(({ id, title, statement }): VerdictRow[] => {
    const verdict = turn.verdicts[id];
    if (verdict === undefined) return [];
    const { heard, of } = peersAt(turn, id);
    const evidence = found.get(id)?.evidence ?? [];
    return [
      {
        verdict,
        label: say.quiz.verdict(verdict),
        title: `${title[locale]} (${say.interview.peers(heard, of)})`,
        quotes: evidence.map(({ quote }) => quote),
        spans: evidence.map(({ start, end }) => ({ start, end })),
        ...(verdict === "hit" ? {} : { note: statement[locale] }),
      },
    ];
  });
}

function disagreementsOf({ turn, question }: Judged, locale: Locale): string[] {
  const say = messagesFor(locale).interview;
  return question.points.flatMap(({ id, title }) => {
    const verdict = turn.verdicts[id];
    const peers = peersAt(turn, id);
    if (verdict === undefined || !disagrees(verdict, peers)) return [];
    const sentence = isSaid(verdict) ? say.botHeard : say.peersHeard;
    return [sentence(title[locale], peers.heard, peers.of)];
  });
}

/** Notes of others are an answer of the member's, and in their practice, only once they say so. */
const notesToTake = (interview: Interview, { turn, number }: Judged, locale: Locale): Block[] =>
  hasNotesToTake(turn)
    ? [
        { kind: "note", text: messagesFor(locale).interview.notesWait },
        buttonRow(doButton("keep", interview, locale, { turn: number })),
      ]
    : [];

function questionBlocks(interview: Interview, judged: Judged, locale: Locale): Block[] {
  const { turn, number, question, attempt } = judged;
  const say = messagesFor(locale).interview;
  const isNoted = turn.notedBy.length > 0;
  return [
    {
      kind: "heading",
      text: say.yourQuestion(number + 1, turn.score),
      ...(turn.score === null ? {} : { score: turn.score }),
    },
    { kind: "text", text: question.text[locale] },
    ...(isNoted ? [{ kind: "members" as const, label: say.notesOfOthers, members: turn.notedBy }] : []),
    ...(turn.score === null
      ? []
      : [
          {
            kind: "verdicts" as const,
            rows: rowsOf(judged, locale),
            ...(attempt === null ? {} : { answer: attempt.text }),
          },
        ]),
    ...notesToTake(interview, judged, locale),
  ];
}

/** How much of all that was written as answers was theirs, in percent of the words; null where nothing was. */
function talkShareOf({ turns }: Interview, member: MemberId): number | null {
  const all = turns.reduce((sum, { words }) => sum + words, 0);
  const own = turns.reduce((sum, turn) => sum + (turn.candidate === member ? turn.words : 0), 0);
  return all === 0 ? null : Math.round((100 * own) / all);
}

/**
 * How many of a member's ticks and unticked points agree with the bot, at the questions where they ticked: only of
 * candidates who let their results be shown, since whoever ticked nothing would read the verdicts from the number.
 */
function agreementOf({ turns, seats }: Interview, member: MemberId): { agreed: number; of: number } {
  const shown = new Set(seats.flatMap((seat) => (seat.consents ? [seat.member] : [])));
  const judged = turns.flatMap(({ candidate, ticks, verdicts }) => {
    const ticked = ticks[member];
    if (ticked === undefined || !shown.has(candidate)) return [];
    return Object.entries(verdicts).map(([id, verdict]) => ticked.includes(id) === isSaid(verdict));
  });
  return { agreed: judged.filter(Boolean).length, of: judged.length };
}

const listUnder = (title: string, items: readonly string[], note: string): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: "heading", text: title },
        { kind: "list", ordered: false, items },
        { kind: "note", text: note },
      ];

/**
 * What a member alone reads of an interview: the bot's verdicts beside the others' ticks, where they disagree, what is
 * weak, and their share of the talk.
 *
 * @param attempts what was recorded of the member's answers in it, by the number of the question
 */
export function reportBlocks(
  interview: Interview,
  member: MemberId,
  attempts: ReadonlyMap<number, Attempt>,
  locale: Locale,
  { question: questionOf }: Pick<Sources, "question">,
): Block[] {
  const say = messagesFor(locale).interview;
  const judged = interview.turns.flatMap((turn, number): Judged[] => {
    const question = questionOf(turn.question);
    if (turn.candidate !== member || question === undefined) return [];
    return [{ number, turn, question, attempt: attempts.get(number) ?? notesOf(turn) }];
  });
  const weak = judged.flatMap(({ turn, question }) =>
    question.points
      .filter(({ id }) => turn.verdicts[id] !== undefined && turn.verdicts[id] !== "hit")
      .toSorted((one, other) => other.weight - one.weight)
      .map(({ title }) => title[locale]),
  );
  const waits = judged.some(({ turn }) => hasNotesToTake(turn));
  const share = talkShareOf(interview, member);
  const asked = interview.turns.filter(({ interviewer }) => interviewer === member).length;
  const { agreed, of } = agreementOf(interview, member);
  return [
    { kind: "heading", text: say.reportTitle },
    ...(judged.length === 0 ? [{ kind: "text" as const, text: say.noQuestionOfYours }] : []),
    ...judged.flatMap((each) => questionBlocks(interview, each, locale)),
    ...listUnder(
      say.disagreementsTitle,
      judged.flatMap((each) => disagreementsOf(each, locale)),
      say.appealNote,
    ),
    ...listUnder(say.weakTitle, weak, waits ? say.toPracticeWithNotes : say.toPractice),
    { kind: "text", text: share === null ? say.noTalk : say.talkShare(share) },
    ...(asked === 0 ? [] : [{ kind: "note" as const, text: say.youAsked(asked) }]),
    ...(of === 0 ? [] : [{ kind: "note" as const, text: say.youTicked(agreed, of) }]),
    {
      kind: "buttons",
      buttons: [
        { label: say.practiseButton, action: { command: "practice", options: {} }, style: "secondary" },
      ],
    },
  ];
}
