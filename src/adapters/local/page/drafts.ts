import { decisionsOf } from "#core/draft/decisions";
import { lineFingerprint, unusedOf } from "#core/draft/found";
import { ownLanguage, written } from "#core/draft/halves";
import { draftingOf } from "#core/draft/importing-document";
import { draftsOf, findDraft, findPack, readPacks } from "#core/draft/keeping";
import { lintPoint, lintQuestion } from "#core/draft/lint";
import type { DraftPack } from "#core/draft/pack";
import { isPublishable } from "#core/draft/publishing";
import { type DraftPoint, type DraftQuestion, isLive } from "#core/draft/question";
import { stateOf } from "#core/draft/state";
import { waitingSuggestions } from "#core/draft/suggestions";
import { ownVerdicts, trialOf } from "#core/draft/trying";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { inTenant } from "#core/pack/library";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import type { WireDraft, WirePack, WirePacks, WirePoint } from "./client/review-wire.ts";
import type { Drafts } from "./review.ts";

/** More of a point's lines than anybody compares. */
const MOST_LINES = 60;

function leftOut({ dropped }: DraftPack["documents"][number], locale: Locale): string[] {
  const say = messagesFor(locale);
  const reasons: Readonly<Record<string, string>> = say.drafting.reasons;
  return dropped.map(({ lines: [from, to], reason, begins }) =>
    say.content.leftLines(from, to, reasons[reason] ?? reason, begins),
  );
}

function wirePack(pack: DraftPack, drafts: readonly DraftQuestion[], locale: Locale): WirePack {
  const { states } = messagesFor(locale).content;
  return {
    id: pack.id,
    title: pack.title[locale],
    owner: pack.owner,
    documents: pack.documents.map((document) => ({ name: document.name, left: leftOut(document, locale) })),
    questions: drafts.map((draft) => ({
      id: draft.id,
      text: written(draft.content.text, locale),
      state: states[stateOf(draft)],
      kind: stateOf(draft),
      points: draft.content.points.length,
    })),
    ready: drafts.filter(isPublishable).length,
    live: drafts.filter(isLive).length,
  };
}

/** The packs of this machine's tenant with their questions. Reads only. */
async function readDraftPacks(
  { tenant, locale }: Request,
  { store }: Services,
): Promise<Omit<WirePacks, "build">> {
  const { packs } = await readPacks(store, tenant);
  const wired: WirePack[] = [];
  for (const { id } of packs.toReversed()) {
    const pack = await findPack(store, tenant, id);
    wired.push(wirePack(pack, await draftsOf(store, tenant, pack), locale));
  }
  return { packs: wired, suggested: (await waitingSuggestions(tenant, { store })).length };
}

/** A point's lines in the document, with their numbers. */
function linesOf({ lines, source }: DraftQuestion, point: DraftPoint): WirePoint["source"] {
  const first = lines?.[0];
  if (first === undefined) return [];
  return point.lines
    .flatMap(([from, to]) =>
      Array.from({ length: Math.min(to - from + 1, MOST_LINES) }, (_, at) => from + at),
    )
    .slice(0, MOST_LINES)
    .flatMap((number) => {
      const text = source[number - first];
      return text === undefined || text.trim() === "" ? [] : [{ number, text }];
    });
}

/**
 * One question as it is reviewed. Reads only.
 *
 * @throws Refusal where there is none
 */
async function readDraft(id: string, request: Request, given: Services): Promise<WireDraft> {
  const { tenant, locale } = request;
  const services = await inTenant(tenant, given);
  const say = messagesFor(locale).content;
  const draft = await findDraft(services.store, tenant, id);
  const pack = await findPack(services.store, tenant, draft.pack);
  const verdicts = await ownVerdicts(draft, await trialOf(draft, pack, draftingOf(services)), services);
  const { content, changes, states, lines } = draft;
  const document = pack.documents.find((one) => one.id === draft.document);
  const points = content.points.map((point): WirePoint => {
    const { title, statement, hint, weight, aliases, approved } = point;
    const findings = lintPoint(point, draft, verdicts.get(point.id) ?? null);
    return {
      id: point.id,
      title,
      statement,
      hint,
      own: ownLanguage(statement),
      weight,
      aliases,
      approved,
      findings: findings.map((finding) => say.lint[finding]),
      source: linesOf(draft, point),
    };
  });
  return {
    id,
    pack: pack.id,
    text: content.text,
    modelAnswer: content.modelAnswer,
    hints: [content.hints[0], content.hints[1]],
    own: ownLanguage(content.text),
    state: say.states[stateOf(draft)],
    kind: stateOf(draft),
    place: document === undefined || lines === null ? "" : `${document.name}, ${lines[0]}–${lines[1]}`,
    findings: lintQuestion(draft, pack.owner).map((finding) => say.lint[finding]),
    points,
    unused: unusedOf(draft).map((line) => ({ ...line, id: lineFingerprint(line) })),
    dropped: content.dropped.map((point) => ({ id: point.id, title: written(point.title, locale) })),
    decisions: await decisionsOf(draft, request, services),
    changes: changes
      .toReversed()
      .map(({ version, what, at, by }) => ({ version, what: say.did[what], at, by: by ?? "–" })),
    states: states.toReversed().map(({ version }) => {
      const next = changes.find((change) => change.version === version + 1);
      return { version, label: say.versionLabel(version + 1, next === undefined ? "" : say.did[next.what]) };
    }),
    publishable: isPublishable(draft),
    proposes: services.proposer !== undefined && lines !== null,
  };
}

/** What the review on the page reads of this machine's drafts. */
export const draftsOnPage = (services: Services): Drafts => ({
  packs: (request) => readDraftPacks(request, services),
  draft: (id, request) => readDraft(id, request, services),
});
