import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { takeUpSuggestion } from "#core/suggestion/suggestion";
import { addForm, pointForm, questionForm, splitForm, tryForm } from "./forms.ts";
import { ownLanguage } from "./halves.ts";
import { historyView } from "./history-view.ts";
import { actingFor, changeDraft, findDraft, findPack } from "./keeping.ts";
import { offerPoints } from "./merging.ts";
import { operate } from "./operations.ts";
import { proposePoints } from "./proposing.ts";
import { type DraftPoint, type DraftQuestion, LONGEST_ALIAS } from "./question.ts";
import { operationOf, pointNamed, type ReviewOptions } from "./review-options.ts";
import { reviewView } from "./review-view.ts";
import { waitingPhrases } from "./suggestions.ts";
import { trialView } from "./trial-view.ts";

/** The form that an operation asks for first; null where nothing has to be typed for it, or it was. */
function formFor(draft: DraftQuestion, options: ReviewOptions, locale: Locale): Reply | null {
  const { op, point, statement, title, text, model, answer, half } = options;
  const open = (form: ReturnType<typeof addForm>): Reply => privateReply({ kind: "form", form });
  if (op === "edit" && title === undefined && statement === undefined) {
    const found = pointNamed(draft, point);
    return open(pointForm(draft.id, found, half ?? ownLanguage(found.statement), locale));
  }
  if (op === "translate") {
    const found = pointNamed(draft, point);
    return open(pointForm(draft.id, found, ownLanguage(found.statement) === "zh" ? "en" : "zh", locale));
  }
  if (op === "split" && statement === undefined)
    return open(splitForm(draft.id, pointNamed(draft, point), locale));
  if (op === "add" && statement === undefined) return open(addForm(draft.id, locale));
  if (op === "rewrite" && text === undefined && model === undefined)
    return open(questionForm(draft, half ?? ownLanguage(draft.content.text), locale));
  if (op === "try" && answer === undefined) return open(tryForm(draft.id, locale));
  return null;
}

/** Where the reviewer looks after an operation: at the next open point after an approval, else where they were. */
function pointAfter(
  draft: DraftQuestion,
  before: DraftQuestion,
  { op, point }: ReviewOptions,
): DraftPoint | null {
  const { points } = draft.content;
  const at = before.content.points.findIndex(({ id }) => id === point);
  const same = points.find(({ id }) => id === point);
  if (op === "approve")
    return points.find((one, place) => place > at && !one.approved) ?? same ?? points[0] ?? null;
  return same ?? points[Math.min(Math.max(0, at), points.length - 1)] ?? null;
}

/** A member's wording, taken into a point or left. */
async function withPhrase(
  draft: DraftQuestion,
  options: ReviewOptions,
  request: Request,
  services: Services,
): Promise<DraftQuestion> {
  const { store, clock } = services;
  const { tenant, member } = request;
  const found = (await waitingPhrases(tenant, draft.id, services)).find(({ id }) => id === options.value);
  if (found === undefined) throw new Refusal((say) => say.content.proposalGone);
  const { point, phrase } = found.suggestion;
  const next =
    options.op === "phrase"
      ? await changeDraft(store, tenant, draft.id, (now) =>
          operate(
            now,
            { kind: "phrase", point, phrase: phrase.slice(0, LONGEST_ALIAS) },
            actingFor(request, clock),
          ),
        )
      : draft;
  await takeUpSuggestion(store, tenant, found.id, member, clock.now());
  return next;
}

/**
 * Does what a button or form of a question's review asks for, and shows the question as it stands then.
 *
 * @throws Refusal where it cannot be done to the question as it stands
 */
export async function review(options: ReviewOptions, request: Request, services: Services): Promise<Reply> {
  const { store, clock } = services;
  const { tenant, locale } = request;
  const before = await findDraft(store, tenant, options.question);
  const form = formFor(before, options, locale);
  if (form !== null) return form;
  if (options.op === "history") return historyView(before, request);
  if (options.op === "try") return trialView(before, options.answer ?? "", request, services);
  const say = messagesFor(locale).content;
  let draft = before;
  let remark: string | null = null;
  if (options.op === "ask-model") {
    const count = await proposePoints(before, request, services);
    remark = count === null ? say.modelFailed : say.modelProposed(count);
    draft = await findDraft(store, tenant, options.question);
  } else if (options.op === "phrase" || options.op === "leave-phrase") {
    draft = await withPhrase(before, options, request, services);
  } else if (options.op !== undefined) {
    const { submission } = request;
    if (options.op === "same") await offerPoints(before, request, services);
    draft = await changeDraft(store, tenant, before.id, (now) => {
      if (now.changes.some((change) => change.submission === submission)) return now;
      const operation = operationOf(now, options);
      return operation === null ? now : operate(now, operation, actingFor(request, clock));
    });
  }
  const pack = await findPack(store, tenant, draft.pack);
  const reply = await reviewView(
    { draft, pack, point: pointAfter(draft, before, options) },
    request,
    services,
  );
  return remark === null ? reply : { ...reply, blocks: [{ kind: "text", text: remark }, ...reply.blocks] };
}
