import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { actingFor, changeDraft } from "./keeping.ts";
import type { DraftQuestion, Proposal } from "./question.ts";
import { questionId } from "./question.ts";
import { recorded } from "./versions.ts";

const MOST_PROPOSALS = 60;

/**
 * Offers the points of a question that asks what another one asks to that other one. Where that is no draft of the
 * tenant's nothing happens: our own questions are not changed by anybody's document.
 */
export async function offerPoints(
  draft: DraftQuestion,
  request: Request,
  { store, clock }: Pick<Services, "store" | "clock">,
): Promise<void> {
  const { tenant } = request;
  const { alike, content } = draft;
  if (alike === null || content.points.length === 0) return;
  if ((await store.dossier(tenant, "draft", questionId(alike.id))) === null) return;
  await changeDraft(store, tenant, alike.id, (now) => {
    if (now.changes.some(({ submission }) => submission === request.submission)) return now;
    const offered = content.points.map((point, at): Proposal => {
      const id = `${now.id}-${now.nextPoint + at}`;
      // Its lines are those of another document.
      return { kind: "add", id, point: { ...point, id, lines: [], approved: false }, from: "document" };
    });
    const proposals = [...now.content.proposals, ...offered].slice(-MOST_PROPOSALS);
    const next = {
      ...now,
      content: { ...now.content, proposals },
      nextPoint: now.nextPoint + offered.length,
    };
    return recorded(next, now, "propose", actingFor(request, clock));
  });
}
