import { topicScores } from "#core/feedback/topic-scores";
import { type Messages, messagesFor } from "#core/messages/index";
import { inTenant } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { isOpen } from "#core/round/opening";
import { bestAttempt } from "#core/round/passing";
import type { Attempt, Round } from "#core/round/round";
import type { Services } from "#core/services";
import { memberFacts } from "#core/streak/standing";
import { explainedDays, type Streak, type StreakDay, streakOf } from "#core/streak/streak";

/** Whose home, in which channel of theirs, and what they may do. */
export type HomeOf = Pick<Request, "tenant" | "channel" | "member" | "locale" | "role">;

type Sources = Pick<Services, "store" | "clock" | "library">;

/** Years of daily answers. */
const ANSWERS_READ = 1000;
const WEAKEST_TOPICS = 3;
const WEAKEST_POINTS = 5;
const DAYS_A_LINE = 7;

/** One sign a day, readable without colour. */
const markOf = ({ reason, effect }: StreakDay): string => {
  if (reason === "open" || reason === "closing" || reason === "pending") return "⏳";
  if (reason === "freeze") return "❄️";
  return effect === "adds" ? "✅" : effect === "breaks" ? "❌" : "➖";
};

const shortDate = (date: string): string => date.slice(5).replace("-", "/");

/** The last two weeks with a round, a line for seven of them, and what the signs mean. */
function calendar(streak: Streak, say: Messages): Block[] {
  const days = explainedDays(streak).toReversed();
  const lines = Array.from({ length: Math.ceil(days.length / DAYS_A_LINE) }, (_, at) => {
    const line = days.slice(at * DAYS_A_LINE, (at + 1) * DAYS_A_LINE);
    const [first = "", last = ""] = [line[0], line.at(-1)].map((day) => shortDate(day?.date ?? ""));
    const marks = line.map(markOf).join(" ");
    return first === last ? `${first}  ${marks}` : `${first}–${last}  ${marks}`;
  });
  if (lines.length === 0) return [{ kind: "text", text: say.home.noDays }];
  const legend = new Set(days.map((day) => `${markOf(day)} ${say.streak.short(day.reason)}`));
  return [
    { kind: "text", text: lines.join("\n") },
    { kind: "note", text: [...legend].join("   ") },
  ];
}

const press = (
  label: string,
  command: string,
  options = {},
  style: Button["style"] = "secondary",
): Button => ({
  label,
  action: { command, options },
  style,
});

function openRound(
  round: Round,
  question: Question,
  best: Attempt | null,
  of: HomeOf,
  say: Messages,
): Block[] {
  const score = best?.result?.score;
  return [
    { kind: "heading", text: say.quiz.todaysQuestion },
    { kind: "text", text: question.text[of.locale] },
    { kind: "deadline", label: say.quiz.closes, at: round.closesAt },
    ...(score === undefined ? [] : [{ kind: "note" as const, text: say.home.bestSoFar(score) }]),
    {
      kind: "buttons",
      buttons: [
        press(say.quiz.answerButton, "answer", { round: round.id }, "primary"),
        press(say.quiz.hintButton, "hint", { round: round.id }),
      ],
    },
  ];
}

const noRound = (say: Messages): Block[] => [
  { kind: "heading", text: say.quiz.todaysQuestion },
  { kind: "text", text: say.home.nothingOpen },
  { kind: "buttons", buttons: [press(say.announcing.practiseButton, "quiz")] },
];

/** Key points of closed questions that the member's best answers lack, the heaviest first. */
function weakPoints(attempts: readonly Attempt[], { locale }: HomeOf, { library }: Sources): string[] {
  const byQuestion = Map.groupBy(attempts, ({ question }) => question);
  const lacking = [...byQuestion].flatMap(([id, answers]) => {
    const verdicts = new Map(bestAttempt(answers)?.result?.points.map((point) => [point.id, point.verdict]));
    return (library.question(id)?.points ?? []).filter((point) => {
      const verdict = verdicts.get(point.id);
      return verdict === "miss" || verdict === "contradict";
    });
  });
  return lacking
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, WEAKEST_POINTS)
    .map(({ title }) => title[locale]);
}

/** @param open the question that is asked now, whose key points are nobody's to read yet */
function weaknesses(
  attempts: readonly Attempt[],
  open: string | undefined,
  of: HomeOf,
  sources: Sources,
  say: Messages,
): Block[] {
  const over = attempts.filter(({ question }) => question !== open);
  const topics = topicScores(over, sources.library, of.locale).slice(0, WEAKEST_TOPICS);
  const points = weakPoints(over, of, sources);
  if (topics.length === 0) return [];
  return [
    { kind: "heading", text: say.home.weak },
    { kind: "fields", fields: topics.map(({ label, score }) => ({ label, value: say.home.mean(score) })) },
    ...(points.length === 0
      ? []
      : [
          { kind: "text" as const, text: say.home.lacking },
          { kind: "list" as const, ordered: false, items: points },
        ]),
  ];
}

/** What a member finds where a platform gives them a page of their own: streak, question, weak points, settings. */
export async function readHome(of: HomeOf, given: Sources): Promise<Reply> {
  const { tenant, channel, member, locale, role } = of;
  const sources = await inTenant(tenant, given);
  const { store, clock, library } = sources;
  const say = messagesFor(locale);
  const now = clock.now();
  const [facts, [newest], attempts] = await Promise.all([
    memberFacts(of, channel, now, store),
    store.rounds(tenant, channel, 1),
    store.attempts({ tenant, member, limit: ANSWERS_READ }),
  ]);
  const streak = streakOf(facts);
  const round = newest !== undefined && isOpen(newest, now) ? newest : undefined;
  const question = round === undefined ? undefined : library.question(round.question);
  const asked =
    round === undefined || question === undefined
      ? noRound(say)
      : openRound(round, question, bestAttempt(attempts.filter((each) => each.round === round.id)), of, say);
  const settings = role === "admin" ? [press(say.home.settings, "settings")] : [];
  return privateReply(
    ...asked,
    { kind: "heading", text: say.streak.current(streak.current) },
    ...calendar(streak, say),
    ...weaknesses(attempts, round?.question, of, sources, say),
    {
      kind: "buttons",
      buttons: [
        press(say.home.why, "streak", { why: true }),
        ...(attempts.length === 0 ? [] : [press(say.home.history, "history")]),
        press(say.home.help, "help"),
        ...settings,
      ],
    },
  );
}
