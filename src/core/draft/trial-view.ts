import { type SourceTitles, verdictRows } from "#core/feedback/verdict-rows";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { reviewButton } from "./buttons.ts";
import { draftingOf } from "./importing-document.ts";
import { findPack } from "./keeping.ts";
import type { DraftPack } from "./pack.ts";
import type { DraftQuestion } from "./question.ts";
import { trialOf, tryAnswer } from "./trying.ts";

/** Documents of a pack that has not been published, by their names. */
const documentsOf = ({ documents }: DraftPack): SourceTitles => ({
  document: (id) => {
    const found = documents.find((one) => one.id === id);
    return found === undefined ? undefined : { id, title: found.name, sha256: found.sha256 };
  },
});

export async function trialView(
  draft: DraftQuestion,
  typed: string,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { locale, tenant } = request;
  const answer = typed.trim();
  if (answer === "") throw new Refusal((say) => say.content.tryNothing);
  const pack = await findPack(services.store, tenant, draft.pack);
  const trial = await trialOf(draft, pack, draftingOf(services));
  if (trial === null) throw new Refusal((say) => say.content.nothingToApprove);
  const result = await tryAnswer(answer, trial, services);
  const say = messagesFor(locale);
  const flags = result.flags.flatMap((flag) => say.quiz.flag(flag) ?? []);
  return privateReply(
    { kind: "heading", text: say.content.tried(result.score), score: result.score },
    ...flags.map((text) => ({ kind: "note" as const, text })),
    {
      kind: "verdicts",
      answer,
      rows: verdictRows(trial.question, result, "everything", locale, documentsOf(pack)),
    },
    {
      kind: "buttons",
      buttons: [
        reviewButton(say.content.tryAnswer, draft.id, { op: "try" }),
        reviewButton(say.content.reviewNow, draft.id, {}),
      ],
    },
  );
}
