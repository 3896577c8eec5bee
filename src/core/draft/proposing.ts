import type { Request } from "#core/request";
import type { Glossary } from "#core/scoring/glossary";
import { JudgeFailure } from "#core/scoring/judge";
import { normalise } from "#core/scoring/normalise";
import type { Services } from "#core/services";
import { fingerprintOf, foundPoint } from "./found.ts";
import { ownLanguage, written } from "./halves.ts";
import { draftingOf } from "./importing-document.ts";
import { actingFor, changeDraft } from "./keeping.ts";
import { likeness, SAME_POINT } from "./likeness.ts";
import type { ProposedPoint } from "./proposer.ts";
import type { DraftQuestion, Proposal } from "./question.ts";
import { recorded } from "./versions.ts";

const MOST_PROPOSED = 10;
const LONGEST = { title: 120, statement: 600 } as const;

/** The glossary's concepts that a text names. */
function conceptsIn(text: string, { lexicon, entries }: Glossary): ReadonlySet<string> {
  const found = lexicon.scan(normalise(text).text).entries;
  return new Set(
    found.flatMap(({ meaning }) => {
      const entry = entries[meaning];
      return entry !== undefined && entry.type === "concept" && entry.topics.length > 0 ? [entry.id] : [];
    }),
  );
}

/**
 * Whether a proposed point stands in the lines it names: they are lines of the question, they speak of a concept that it
 * speaks of, and none of the points says it already. Whatever a document tells a model to write, it gets no further.
 */
function isGrounded(proposed: ProposedPoint, draft: DraftQuestion, glossary: Glossary): boolean {
  const { title, statement, from, to } = proposed;
  const { lines, source, content } = draft;
  if (lines === null || from > to || from < lines[0] || to > lines[1]) return false;
  if (title.trim() === "" || statement.trim() === "") return false;
  if (title.length > LONGEST.title || statement.length > LONGEST.statement) return false;
  const text = source.slice(from - lines[0], to - lines[0] + 1).join("\n");
  const there = conceptsIn(text, glossary);
  if (![...conceptsIn(`${title} ${statement}`, glossary)].some((concept) => there.has(concept))) return false;
  return [...content.points, ...content.dropped].every(
    (point) => likeness(statement, written(point.statement, ownLanguage(point.statement))) < SAME_POINT,
  );
}

/**
 * Has a language model look for key points that nobody has drawn from a question's lines; they are proposed, never
 * taken over. Whatever fails, the draft stays as it was.
 *
 * @returns how many were proposed; null where the model gave nothing usable
 */
export async function proposePoints(
  draft: DraftQuestion,
  request: Request,
  services: Pick<Services, "store" | "clock" | "drafting" | "proposer" | "log">,
): Promise<number | null> {
  const { proposer, store, clock, log } = services;
  const { tenant, member, submission } = request;
  if (proposer === undefined || draft.lines === null) return null;
  const [first] = draft.lines;
  let proposed: readonly ProposedPoint[];
  try {
    proposed = await proposer.propose({
      tenant,
      member,
      question: written(draft.content.text, request.locale),
      lines: draft.source.map((text, at) => ({ number: first + at, text })),
      points: draft.content.points.map(({ statement }) => written(statement, ownLanguage(statement))),
    });
  } catch (error) {
    if (!(error instanceof JudgeFailure)) throw error;
    log.warn("no key points were proposed", { reason: error.reason, status: error.status, submission });
    return null;
  }
  const glossary = draftingOf(services).glossary();
  let count = 0;
  await changeDraft(store, tenant, draft.id, (now) => {
    const known = new Set([
      ...now.content.points.flatMap(({ found }) => found),
      ...now.content.dropped.flatMap(({ found }) => found),
      ...now.content.proposals.flatMap((one) => (one.kind === "add" ? one.point.found : [])),
    ]);
    const fresh = proposed
      .filter((one) => !known.has(fingerprintOf(one)) && isGrounded(one, now, glossary))
      .slice(0, MOST_PROPOSED);
    count = fresh.length;
    if (count === 0) return now;
    const proposals = fresh.map(({ title, statement, from, to }, at): Proposal => {
      const id = `${now.id}-${now.nextPoint + at}`;
      const found = { title, statement, lines: [from, to] as const, aliases: [], weight: 2, section: null };
      return { kind: "add", id, point: foundPoint(id, found), from: "judge" };
    });
    const content = { ...now.content, proposals: [...now.content.proposals, ...proposals].slice(-60) };
    const next = { ...now, content, nextPoint: now.nextPoint + count };
    return recorded(next, now, "propose", actingFor(request, clock));
  });
  return count;
}
