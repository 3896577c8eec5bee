import { fingerprint } from "#core/fingerprint";
import { Refusal } from "#core/refusal";
import type { FoundQuestion, ReadDocument } from "./drafting.ts";
import { foundPoint, sourceOf, unusedLines } from "./found.ts";
import { Likenesses, SAME_QUESTION } from "./likeness.ts";
import { newQuestion } from "./new-question.ts";
import { type DraftPack, keptDropped, MOST_QUESTIONS, type PackDocument } from "./pack.ts";
import { type DraftQuestion, MOST_POINTS } from "./question.ts";
import { renewed } from "./renewing.ts";
import { type Acting, recorded } from "./versions.ts";

/** Ids of a tenant's own begin so; none of ours does. */
const OWN = "own";

const shortId = (...parts: readonly string[]): string => `${OWN}-${fingerprint(parts).slice(0, 10)}`;

/** The pack that a document of this name goes into. */
export const packIdFor = (name: string): string => shortId("pack", name.normalize("NFC").toLowerCase());

interface Where {
  readonly pack: string;
  readonly document: string;
  readonly lines: readonly string[];
}

function foundQuestion(
  found: FoundQuestion,
  id: string,
  { pack, document, lines }: Where,
  acting: Acting,
): DraftQuestion {
  const points = found.points.slice(0, MOST_POINTS).map((point, at) => foundPoint(`${id}-${at + 1}`, point));
  const source = sourceOf(lines, found.lines);
  const drafted = { id, pack, document, lines: found.lines, source, title: found.title };
  return { ...newQuestion(drafted, points, acting), unused: unusedLines(found.unused) };
}

/** An id that nobody has: of two questions with one title the second is counted. */
function freeId(pack: string, title: string, taken: ReadonlySet<string>): string {
  for (let count = 0; ; count += 1) {
    const id = shortId("question", pack, title, ...(count === 0 ? [] : [String(count)]));
    if (!taken.has(id)) return id;
  }
}

/** What an import makes of a pack. */
export interface ImportedPack {
  readonly pack: DraftPack;
  /** Those that are new or have changed. */
  readonly changed: readonly ChangedDraft[];
  readonly counts: ImportCounts;
}

export interface ChangedDraft {
  readonly question: DraftQuestion;
  /** The same for the question as it stands by then, where somebody has changed it meanwhile. */
  again(now: DraftQuestion): DraftQuestion;
}

export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly proposals: number;
}

/** Less of a document found again means that another document came under its name. */
const LEAST_FOUND = 0.2;
const FEW = 3;

export interface Importing {
  readonly name: string;
  readonly read: ReadDocument;
  /** The pack as it stands; null where there is none yet. */
  readonly pack: DraftPack | null;
  readonly packId: string;
  readonly questions: readonly DraftQuestion[];
  readonly owner: string | null;
  /** The question that asks the same already, in the bank or in another document. */
  readonly alike: (question: FoundQuestion) => DraftQuestion["alike"];
}

const nameWithoutEnding = (name: string): string => name.replace(/\.[a-z0-9]{1,8}$/iu, "").trim() || name;

const documentOf = (name: string, id: string, read: ReadDocument, { at, by }: Acting): PackDocument => ({
  id,
  name: name.slice(0, 200),
  sha256: read.sha256,
  at,
  by,
  dropped: keptDropped(
    read.dropped.map(({ lines, reason }) => ({
      lines,
      reason: reason.slice(0, 100),
      begins: (read.lines.slice(lines[0] - 1, lines[1]).find((line) => line.trim() !== "") ?? "")
        .trim()
        .slice(0, 80)
        .toWellFormed(),
    })),
  ),
});

/** Which question of a pack each found one is: by its title, each once, in the order of the document. */
function matched(
  found: readonly FoundQuestion[],
  questions: readonly DraftQuestion[],
): ReadonlyMap<FoundQuestion, DraftQuestion> {
  const taken = new Set<DraftQuestion>();
  const pairs = new Map<FoundQuestion, DraftQuestion>();
  const byTitle = Map.groupBy(questions, ({ foundAs }) => foundAs.trim());
  for (const one of found) {
    const same = byTitle.get(one.title.slice(0, 4000).trim())?.find((question) => !taken.has(question));
    if (same === undefined) continue;
    pairs.set(one, same);
    taken.add(same);
  }
  const known = new Likenesses(questions, ({ foundAs }) => foundAs);
  for (const one of found) {
    if (pairs.has(one)) continue;
    const near = known.nearest(one.title, SAME_QUESTION, (question) => !taken.has(question));
    if (near === null) continue;
    pairs.set(one, near);
    taken.add(near);
  }
  return pairs;
}

/**
 * A document as a pack of drafts, or a pack after its document came anew: what people edited stays, a new line is
 * proposed, what vanished is flagged. The same document again changes nothing.
 *
 * @throws Refusal where it holds no question or too many, or is another document under a known name
 */
export function imported(
  { name, read, pack, packId, questions, owner, alike }: Importing,
  acting: Acting,
): ImportedPack {
  if (read.questions.length === 0) throw new Refusal((say) => say.content.noQuestions);
  // Before anything is compared: a hundred thousand take long.
  if (read.questions.length > MOST_QUESTIONS)
    throw new Refusal((say) => say.content.tooManyQuestions(MOST_QUESTIONS));
  const documentId = shortId("document", packId, name);
  const before = pack?.documents.find(({ id }) => id === documentId);
  const own = questions.filter(({ document }) => document === documentId);
  const pairs = matched(read.questions, own);
  if (own.length >= FEW && pairs.size < own.length * LEAST_FOUND)
    throw new Refusal((say) => say.content.otherDocument(name.slice(0, 80)));
  const where = { pack: packId, document: documentId, lines: read.lines };
  const taken = new Set(questions.map(({ id }) => id));
  const order: string[] = [];
  const changed: ChangedDraft[] = [];
  let added = 0;
  let renewals = 0;
  for (const found of read.questions) {
    const known = pairs.get(found);
    const again = (now: DraftQuestion): DraftQuestion => renewed(now, found, read.lines, acting);
    if (known !== undefined) {
      const question = again(known);
      if (question !== known) changed.push({ question, again });
      if (question.changes !== known.changes) renewals += 1;
      order.push(known.id);
      continue;
    }
    const id = freeId(packId, found.title, taken);
    taken.add(id);
    order.push(id);
    added += 1;
    changed.push({ question: { ...foundQuestion(found, id, where, acting), alike: alike(found) }, again });
  }
  const vanished = own.filter((question) => !question.gone && ![...pairs.values()].includes(question));
  const flagged = (now: DraftQuestion): DraftQuestion =>
    now.gone ? now : recorded({ ...now, gone: true }, now, "import", acting);
  for (const question of vanished) changed.push({ question: flagged(question), again: flagged });
  const all = [...order, ...(pack?.questions ?? []).filter((id) => !order.includes(id))];
  if (all.length > MOST_QUESTIONS) throw new Refusal((say) => say.content.tooManyQuestions(MOST_QUESTIONS));
  const document =
    before !== undefined && before.sha256 === read.sha256
      ? before
      : documentOf(name, documentId, read, acting);
  const title = nameWithoutEnding(name).slice(0, 80);
  return {
    pack: {
      schema: 1,
      id: packId,
      title: pack?.title ?? { zh: title, en: title },
      owner: owner ?? pack?.owner ?? null,
      documents: [...(pack?.documents ?? []).filter(({ id }) => id !== documentId), document],
      // A pack keeps its order where people know it already.
      questions:
        pack === null ? all : [...pack.questions, ...all.filter((id) => !pack.questions.includes(id))],
    },
    changed,
    counts: {
      added,
      changed: renewals,
      gone: vanished.length,
      proposals: changed.reduce((sum, { question }) => sum + question.content.proposals.length, 0),
    },
  };
}
