import { pointList } from "#core/feedback/reveal";
import { type Messages, messagesFor } from "#core/messages/index";
import { type Block, publicReply, type Reply } from "#core/reply";
import type { AnnouncementFacts } from "./facts.ts";

const about = ({ question, topic, locale }: AnnouncementFacts, say: Messages): Block[] => [
  { kind: "text", text: question.text[locale] },
  { kind: "note", text: say.quiz.about(topic[locale], question.difficulty, question.points.length) },
];

/** The daily post: the question, how many have answered, until when, and how to. */
export function questionPost(facts: AnnouncementFacts): Reply {
  const { round, answered, late, locale } = facts;
  const say = messagesFor(locale);
  return publicReply(
    { kind: "heading", text: say.quiz.todaysQuestion },
    ...about(facts, say),
    ...(late ? [{ kind: "note" as const, text: say.announcing.late }] : []),
    { kind: "note", text: say.announcing.answered(answered) },
    { kind: "deadline", label: say.quiz.closes, at: round.closesAt },
    {
      kind: "buttons",
      buttons: [
        {
          label: say.quiz.answerButton,
          action: { command: "answer", options: { round: round.id } },
          style: "primary",
        },
        {
          label: say.quiz.hintButton,
          action: { command: "hint", options: { round: round.id } },
          style: "secondary",
        },
      ],
    },
  );
}

/** What the daily post becomes once its round has closed: nothing in it answers a round that is over. */
export function closedPost(facts: AnnouncementFacts): Reply {
  const { round, question, answered, locale } = facts;
  const say = messagesFor(locale);
  return publicReply(
    { kind: "heading", text: say.announcing.closedTitle(round.date) },
    ...about(facts, say),
    { kind: "note", text: say.announcing.answeredInAll(answered) },
    {
      kind: "buttons",
      buttons: [
        {
          label: say.announcing.resultButton,
          action: { command: "history", options: { question: question.id } },
          style: "secondary",
        },
        {
          label: say.announcing.practiseButton,
          action: { command: "quiz", options: {} },
          style: "secondary",
        },
      ],
    },
  );
}

/** Answers by those who offered them; nobody else's, and no name that was not offered. */
function offeredPost({ offered }: AnnouncementFacts, say: Messages): Reply[] {
  if (offered.length === 0) return [];
  return [
    publicReply(
      { kind: "heading", text: say.announcing.bestAnswers },
      ...offered.map(
        ({ text, score, by }): Block => ({
          kind: "quote",
          label: say.announcing.offeredScore(score),
          text,
          ...(by === null ? {} : { by }),
        }),
      ),
      { kind: "note", text: say.announcing.bestAnswersNote },
    ),
  ];
}

/** How the team did, in numbers; a name only where its member wants it, and never who is missing. */
function teamPost({ answered, kept, team }: AnnouncementFacts, say: Messages): Reply[] {
  if (answered === 0) return [];
  const names: Block[] =
    kept.named.length === 0
      ? []
      : [{ kind: "members", label: say.announcing.keptNames, members: kept.named }];
  return [
    publicReply(
      { kind: "heading", text: say.announcing.teamTitle },
      { kind: "text", text: say.announcing.teamStreak(team.current) },
      ...(kept.count === 0 ? [] : [{ kind: "text" as const, text: say.announcing.kept(kept.count) }]),
      ...names,
      { kind: "note", text: say.announcing.namedNote },
    ),
  ];
}

/**
 * The messages of the reveal in their order: every key point with what the source got wrong and where it says it; a
 * model answer; the answers that were offered; the team. An edit replaces them one by one; what is gone is deleted.
 */
export function revealPosts(facts: AnnouncementFacts): readonly Reply[] {
  const { question, locale, sources } = facts;
  const say = messagesFor(locale);
  return [
    publicReply({ kind: "heading", text: say.quiz.allPoints }, pointList(question, locale, sources)),
    publicReply(
      { kind: "heading", text: say.quiz.modelAnswer },
      { kind: "text", text: question.modelAnswer[locale] },
      { kind: "heading", text: say.quiz.followUps },
      { kind: "list", ordered: false, items: question.followUps.map((followUp) => followUp[locale]) },
    ),
    ...offeredPost(facts, say),
    ...teamPost(facts, say),
  ];
}
