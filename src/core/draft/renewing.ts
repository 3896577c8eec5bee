import type { FoundPoint, FoundQuestion } from "./drafting.ts";
import { fingerprintOf, foundPoint, lineFingerprint, sourceOf, unusedLines } from "./found.ts";
import { ownLanguage, withHalf, written } from "./halves.ts";
import { Likenesses, SAME_POINT } from "./likeness.ts";
import type { DraftPoint, DraftQuestion, Proposal } from "./question.ts";
import { type Acting, recorded } from "./versions.ts";

const MOST_PROPOSALS = 60;

const textOf = ({ title, statement }: DraftPoint): string =>
  `${written(title, ownLanguage(title))} ${written(statement, ownLanguage(statement))}`;

/** Where what a point was made of stands in the document, by its fingerprint: a point that was found there, or a line. */
type Places = ReadonlyMap<string, FoundPoint["lines"]>;

const placesIn = ({ points, unused = [] }: FoundQuestion): Places =>
  new Map([
    ...unused.map((line) => [lineFingerprint(line), [line.number, line.number]] as const),
    ...points.map((point) => [fingerprintOf(point), point.lines] as const),
  ]);

/** Points of the document that none of ours was made of, with the one of ours that each was before, if any. */
function changedOf(
  found: readonly FoundPoint[],
  places: Places,
  points: readonly DraftPoint[],
): ReadonlyMap<FoundPoint, DraftPoint | null> {
  const known = new Set(points.flatMap((point) => point.found));
  // What stands in the document as it was is no other point's new wording, and what was merged has many wordings.
  const lost = points.filter(
    (point) => point.found.length === 1 && !point.found.some((one) => places.has(one)),
  );
  const near = new Likenesses(lost, textOf);
  const taken = new Set<DraftPoint>();
  const pairs = new Map<FoundPoint, DraftPoint | null>();
  for (const one of found) {
    if (known.has(fingerprintOf(one))) continue;
    const before = near.nearest(`${one.title} ${one.statement}`, SAME_POINT, (point) => !taken.has(point));
    if (before !== null) taken.add(before);
    pairs.set(one, before);
  }
  return pairs;
}

/** A point whose words in the document are others now. Words that nobody has edited or approved follow them. */
function followed(point: DraftPoint, found: FoundPoint): DraftPoint {
  const {
    title,
    statement,
    aliases,
    weight,
    section,
    parts,
    found: fingerprints,
  } = foundPoint(point.id, found);
  const language = ownLanguage(statement);
  return {
    ...point,
    title: withHalf(point.title, ownLanguage(title), written(title, ownLanguage(title))),
    statement: withHalf(point.statement, language, written(statement, language)),
    aliases: point.edited.includes("aliases") ? point.aliases : aliases,
    weight: point.edited.includes("weight") ? point.weight : weight,
    section,
    parts,
    lines: [found.lines],
    found: fingerprints,
    gone: false,
  };
}

const isTouched = ({ approved, edited }: DraftPoint): boolean =>
  approved || edited.includes("title") || edited.includes("statement");

/** The lines that a point has now, by what it was made of. */
function placed(point: DraftPoint, places: Places): DraftPoint {
  if (point.found.length === 0) return point;
  const lines = point.found.flatMap((one) => {
    const range = places.get(one);
    return range === undefined ? [] : [range];
  });
  return lines.length === 0 ? { ...point, gone: true } : { ...point, lines, gone: false };
}

/** All that a question says, wherever in the document it says it. */
const saying = (question: DraftQuestion): string =>
  JSON.stringify(question, (key, value: unknown) =>
    key === "lines" || key === "source" || key === "unused" ? undefined : value,
  );

/** A question after its document came anew; the same object where nothing of it has changed. */
export function renewed(
  question: DraftQuestion,
  found: FoundQuestion,
  lines: readonly string[],
  acting: Acting,
): DraftQuestion {
  const { content } = question;
  const places = placesIn(found);
  const changed = changedOf(found.points, places, [
    ...content.points,
    ...content.dropped,
    ...content.proposals.flatMap((one) => (one.kind === "add" ? [one.point] : [])),
  ]);
  const nowOf = new Map([...changed].flatMap(([one, before]) => (before === null ? [] : [[before.id, one]])));
  const fresh: Proposal[] = [];
  const renew = (point: DraftPoint): DraftPoint => {
    const now = nowOf.get(point.id);
    if (now === undefined) return placed(point, places);
    if (!isTouched(point)) return followed(point, now);
    const title = now.title.slice(0, 400);
    fresh.push({
      kind: "change",
      id: `${question.id}-c${point.id.split("-").at(-1) ?? ""}`,
      point: point.id,
      title,
      statement: now.statement.slice(0, 4000),
    });
    return { ...point, lines: [now.lines], gone: false };
  };
  const points = content.points.map(renew);
  const dropped = content.dropped.map((point) => {
    const now = nowOf.get(point.id);
    return now === undefined ? placed(point, places) : followed(point, now);
  });
  let { nextPoint } = question;
  for (const [one, before] of changed) {
    if (before !== null) continue;
    const id = `${question.id}-${nextPoint}`;
    nextPoint += 1;
    fresh.push({ kind: "add", id, point: foundPoint(id, one), from: "document" });
  }
  const proposals = [
    ...content.proposals.filter(({ id }) => !fresh.some((one) => one.id === id)),
    ...fresh,
  ].slice(-MOST_PROPOSALS);
  const next = {
    ...question,
    lines: found.lines,
    source: sourceOf(lines, found.lines),
    unused: unusedLines(found.unused),
    foundAs: found.title.slice(0, 4000),
    gone: false,
    nextPoint,
    content: { ...content, points, dropped, proposals },
  };
  if (JSON.stringify(next) === JSON.stringify(question)) return question;
  // What only stands in other lines is the same question.
  return saying(next) === saying(question) ? next : recorded(next, question, "import", acting);
}
