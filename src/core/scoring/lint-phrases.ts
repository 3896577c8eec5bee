import type { LintFinding, LintSubject } from "./lint-subject.ts";
import { standsIn, typed } from "./lint-wordings.ts";
import type { RubricFile } from "./rubric.ts";

type PointFile = RubricFile["points"][number];

const LISTS = ["phrases", "eitherPhrases", "partialPhrases", "contradictPhrases"] as const;

/** Phrases that the question holds, that never count, and that speak to another point of the question as well. */
export function lintPhrases(subject: LintSubject): LintFinding[] {
  return subject.file.points.flatMap((point, at) =>
    LISTS.flatMap((list) =>
      (["zh", "en"] as const).flatMap((locale) =>
        point[list][locale].flatMap((phrase, place) =>
          lintPhrase(phrase, list, point, subject).map(
            ({ what, mend }): LintFinding => ({
              file: "rubric",
              path: ["points", at, list, locale, place],
              question: subject.question.id,
              point: point.id,
              what,
              mend,
              lack: "rule",
            }),
          ),
        ),
      ),
    ),
  );
}

function lintPhrase(
  phrase: string,
  list: (typeof LISTS)[number],
  point: PointFile,
  { question, file, attemptByRules }: LintSubject,
): Pick<LintFinding, "what" | "mend">[] {
  if (standsIn(phrase, question.text)) {
    return [
      {
        what: `“${phrase}” stands in the question, so it says nothing`,
        mend: `take it out of ${list}, or make it longer than what the question says`,
      },
    ];
  }
  const { verdicts, fired } = attemptByRules(typed(phrase));
  const others = file.points.filter(
    (other) => other.id !== point.id && !share(point, other) && (verdicts.get(other.id) ?? "miss") !== "miss",
  );
  const dead = fired(point.id, list)
    ? []
    : [
        {
          what: `“${phrase}” in ${list} never counts: said alone, it fires nothing of the point`,
          mend: "see why with grade --explain, then reword it or take it out",
        },
      ];
  return [
    ...dead,
    ...others.map((other) => ({
      what: `“${phrase}” in ${list} also fires ${other.id} (${verdicts.get(other.id)})`,
      mend: `make it say only one of the two, or declare "shares": ["${other.id}"]`,
    })),
  ];
}

/** Either of the two says that their words may count for both. */
function share(one: PointFile, other: PointFile): boolean {
  return [one, other].some((point) =>
    [...point.shares, ...point.factors].includes(point === one ? other.id : one.id),
  );
}
