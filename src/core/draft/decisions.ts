import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { written } from "./halves.ts";
import type { DraftQuestion, Proposal } from "./question.ts";
import { waitingPhrases } from "./suggestions.ts";

type Options = Readonly<Record<string, string>>;

/** Something that an editor takes or leaves, and the options of /content that do so. */
export interface Decision {
  readonly text: string;
  readonly take: Options;
  readonly leave: Options;
  readonly takeLabel: string;
  readonly leaveLabel: string;
}

function proposalText(proposal: Proposal, locale: Locale): string {
  const say = messagesFor(locale).content;
  if (proposal.kind === "change") return say.proposalChange(proposal.title, proposal.statement);
  const name = written(proposal.point.title, locale);
  const text = written(proposal.point.statement, locale);
  return proposal.from === "judge" ? say.proposalJudge(name, text) : say.proposalAdd(name, text);
}

/** What waits to be decided of a question: proposals, a question that asks the same, wordings of members. */
export async function decisionsOf(
  draft: DraftQuestion,
  { locale, tenant }: Request,
  services: Pick<Services, "store" | "library">,
): Promise<readonly Decision[]> {
  const say = messagesFor(locale).content;
  const labels = { takeLabel: say.take, leaveLabel: say.leave };
  const proposals = draft.content.proposals.map((proposal): Decision => {
    const { id: value } = proposal;
    return {
      text: proposalText(proposal, locale),
      take: { op: "accept", value },
      leave: { op: "decline", value },
      ...labels,
    };
  });
  const { alike } = draft;
  const twins: Decision[] =
    alike === null
      ? []
      : [
          {
            text: say.alike(
              services.library.question(alike.id)?.text[locale] ?? alike.id,
              Math.round(alike.share * 100),
            ),
            take: { op: "different" },
            leave: { op: "same" },
            takeLabel: say.different,
            leaveLabel: say.mergeInto,
          },
        ];
  const phrases = (await waitingPhrases(tenant, draft.id, services)).flatMap(
    ({ id, suggestion }): Decision[] => {
      const point = draft.content.points.find((one) => one.id === suggestion.point);
      if (point === undefined) return [];
      return [
        {
          text: `${written(point.title, locale)}: ${say.phraseOffered(suggestion.phrase)}`,
          take: { op: "phrase", value: id, point: point.id },
          leave: { op: "leave-phrase", value: id, point: point.id },
          ...labels,
        },
      ];
    },
  );
  return [...proposals, ...twins, ...phrases];
}
