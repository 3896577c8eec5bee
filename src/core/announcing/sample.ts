import { Refusal } from "#core/refusal";
import { isAsked } from "#core/round/choose";
import { prepareRound } from "#core/round/opening";
import type { Services } from "#core/services";
import type { ChannelSettings } from "#core/settings/apply";
import type { AnnouncementFacts } from "./facts.ts";

const HOUR_MS = 3_600_000;

/**
 * What a daily post would say in a channel, as an example. It shows the question that was asked last or, before there
 * was one, the last of the bank: never the one that comes next.
 *
 * @throws Refusal where there is no question at all
 */
export async function sampleFacts(
  { tenant, channel, settings }: ChannelSettings,
  { store, library, clock }: Services,
): Promise<AnnouncementFacts> {
  const [last] = await store.rounds(tenant, channel, 1);
  const asked = last === undefined ? undefined : library.question(last.question);
  const question = asked ?? library.questions.filter(isAsked(settings.topics)).at(-1);
  if (question === undefined) throw new Refusal((say) => say.quiz.noQuestions);
  const opensAt = clock.now();
  const { closesAfterHours, zone, locale } = settings;
  const round = prepareRound({
    tenant,
    channel,
    zone,
    question: question.id,
    opensAt,
    ...(closesAfterHours === null ? {} : { nextOpeningAt: opensAt + closesAfterHours * HOUR_MS }),
  });
  return {
    round,
    isOpen: true,
    question,
    topic: library.topic(question.topic) ?? { zh: question.topic, en: question.topic },
    late: false,
    locale,
    answered: 0,
    kept: { count: 0, named: [] },
    team: { active: 0, current: 0, moreNeeded: 0 },
    offered: [],
    sources: library,
  };
}
