import { type Verdict, verdictSchema } from "./grader.ts";
import { isChinese, type Lack, type LintFinding, type LintSubject } from "./lint-subject.ts";

/** The examples that do not get their verdict, and those that are missing. */
export function lintExamples({ question, file, attempt }: LintSubject): LintFinding[] {
  return file.points.flatMap((point, at) => {
    const finding = (path: readonly (string | number)[], what: string, mend: string): LintFinding => ({
      file: "rubric",
      path: ["points", at, ...path],
      question: question.id,
      point: point.id,
      what,
      mend,
    });
    const failed = verdictSchema.options.flatMap((verdict) =>
      point.examples[verdict].flatMap((example, place) => {
        const got = attempt(example).verdicts.get(point.id);
        if (got === verdict) return [];
        return [
          finding(["examples", verdict, place], `“${example}” gets ${got}, not ${verdict}`, mendFor(verdict)),
        ];
      }),
    );
    const missing: LintFinding[] = [];
    const hits = point.examples.hit;
    const lacks = (lack: Lack, what: string, mend: string) =>
      missing.push({ ...finding(["examples"], what, mend), lack });
    if (!hits.some(isChinese))
      lacks("chinese-hit", "no example of a hit is Chinese", "add one to examples.hit");
    if (hits.every(isChinese))
      lacks("english-hit", "no example of a hit is English", "add one to examples.hit");
    if (point.contradictable && point.examples.contradict.length === 0) {
      const mend = 'add one to examples.contradict, or say "contradictable": false';
      lacks("contradiction", "no example contradicts it", mend);
    }
    return [...failed, ...missing];
  });
}

function mendFor(verdict: Verdict): string {
  if (verdict === "miss") return "narrow the rule that fires, or move the example to the verdict it deserves";
  return "see what was found with grade --explain, then mend the rules or the example";
}
