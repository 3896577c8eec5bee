import type { TopicsPicture } from "#core/charts";
import type { Locale } from "#core/language";
import type { Library } from "#core/pack/library";
import type { Attempt } from "#core/round/round";

type TopicScore = TopicsPicture["topics"][number];

/**
 * How a member does by topic, the weakest first: the mean of their best score on each question, 0 to 100. Answers that
 * are not graded yet, and those to questions that were withdrawn, count nowhere.
 */
export function topicScores(attempts: readonly Attempt[], library: Library, locale: Locale): TopicScore[] {
  const byTopic = new Map<string, Map<string, { best: number; answers: number }>>();
  for (const { question: id, result } of attempts) {
    const question = library.question(id);
    if (question === undefined || result === null) continue;
    const questions = byTopic.get(question.topic) ?? new Map<string, { best: number; answers: number }>();
    byTopic.set(question.topic, questions);
    const { best, answers } = questions.get(id) ?? { best: 0, answers: 0 };
    questions.set(id, { best: Math.max(best, result.score), answers: answers + 1 });
  }
  return [...byTopic]
    .map(([topic, questions]) => {
      const kept = [...questions.values()];
      const sum = kept.reduce((total, { best }) => total + best, 0);
      return {
        label: library.topic(topic)?.[locale] ?? topic,
        score: Math.round(sum / kept.length),
        answers: kept.reduce((total, { answers }) => total + answers, 0),
      };
    })
    .toSorted((one, other) => one.score - other.score || one.label.localeCompare(other.label, "en"));
}
