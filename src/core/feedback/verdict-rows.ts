import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Library } from "#core/pack/library";
import type { KeyPoint, Question } from "#core/pack/question";
import type { VerdictRow } from "#core/reply";
import type { GradeResult, PointResult, Verdict } from "#core/scoring/grader";

/** The part of a library that knows the source documents. */
export type SourceTitles = Pick<Library, "document">;

const titleOf = (point: KeyPoint, sources: SourceTitles): string =>
  sources.document(point.source.document)?.title ?? point.source.document;

/** How much a member may see: hints while the round is open, everything once it has closed. */
export type Disclosure = "hints" | "everything";

/** What stands first is what the member can be sure of. */
const order: readonly Verdict[] = ["hit", "partial", "contradict", "miss"];

const evidenceOf = ({ evidence }: PointResult): Pick<VerdictRow, "quotes" | "spans"> => ({
  quotes: evidence.map(({ quote }) => quote),
  spans: evidence.map(({ start, end }) => ({ start, end })),
});

function rowBefore(point: KeyPoint, number: number, result: PointResult, locale: Locale): VerdictRow {
  const say = messagesFor(locale).quiz;
  const evidence = evidenceOf(result);
  const label = say.verdict(result.verdict);
  switch (result.verdict) {
    case "hit":
      return { verdict: "hit", label, title: point.title[locale], ...evidence };
    case "partial":
      return {
        verdict: "partial",
        label,
        title: say.keyPoint(number),
        ...evidence,
        note: `${say.lacking(result.reason)} ${say.hint(point.hint[locale])}`,
      };
    case "contradict":
      return {
        verdict: "contradict",
        label,
        title: say.keyPoint(number),
        ...evidence,
        note: say.contradiction,
      };
    case "miss":
      return {
        verdict: "miss",
        label,
        title: say.keyPoint(number),
        ...evidence,
        note: say.hint(point.hint[locale]),
      };
  }
}

/** All there is to say of a key point, once its round has closed: what it is, what the source got wrong, where it stands. */
export function wholePoint(
  point: KeyPoint,
  locale: Locale,
  sources: SourceTitles,
): Pick<VerdictRow, "title" | "note" | "erratum" | "source"> {
  const say = messagesFor(locale).quiz;
  return {
    title: point.title[locale],
    note: say.statement(point.statement[locale]),
    ...(point.erratum === undefined ? {} : { erratum: say.erratum(point.erratum[locale]) }),
    source: say.source(titleOf(point, sources), point.source.heading),
  };
}

function rowAfter(point: KeyPoint, result: PointResult, locale: Locale, sources: SourceTitles): VerdictRow {
  const say = messagesFor(locale).quiz;
  const whole = wholePoint(point, locale, sources);
  // Whoever said the reverse is told what is often believed, and why it is not so.
  const beliefs = result.verdict === "contradict" ? (point.misconceptions ?? []) : [];
  return {
    verdict: result.verdict,
    label: say.verdict(result.verdict),
    ...evidenceOf(result),
    ...whole,
    note: [
      whole.note,
      ...beliefs.map(({ belief, truth }) => say.misconception(belief[locale], truth[locale])),
    ].join(locale === "zh" ? "" : " "),
  };
}

/**
 * One row a key point: hits first, then what was half said, what may be the wrong way round, and what is missing;
 * within each in the rubric's order. Before the close a missed point shows its number and hint, never its title.
 *
 * @param sources where the titles of source documents are looked up
 */
export function verdictRows(
  question: Question,
  result: GradeResult,
  disclosure: Disclosure,
  locale: Locale,
  sources: SourceTitles,
): VerdictRow[] {
  const judged = new Map(result.points.map((point) => [point.id, point]));
  const rows = question.points.flatMap((point, index) => {
    const found = judged.get(point.id);
    if (found === undefined) return [];
    return disclosure === "everything"
      ? [rowAfter(point, found, locale, sources)]
      : [rowBefore(point, index + 1, found, locale)];
  });
  return order.flatMap((verdict) => rows.filter((row) => row.verdict === verdict));
}
