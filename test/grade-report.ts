import { readFileSync } from "node:fs";
import { verdictSchema } from "#core/scoring/grader";
import { type Confusion, parseLabelled, type Report, reportOn, summarise } from "./core/scoring/report.ts";

const USAGE =
  "Give a file of labelled answers, one JSON object a line: npm run grade:report -- FILE [--totals]";
const WORST = 15;

const rate = (value: number) => value.toFixed(3);

function line(name: string, { answers, covered, contradicted, scoreError, kappa }: Report): string {
  return [
    name.padEnd(34),
    String(answers.length).padStart(4),
    `covered ${rate(covered.precision)} ${rate(covered.recall)} F1 ${rate(covered.f1)}`,
    `contradicted ${rate(contradicted.precision)} ${rate(contradicted.recall)} F1 ${rate(contradicted.f1)}`,
    `score off by ${scoreError.toFixed(1).padStart(4)}`,
    `kappa ${rate(kappa)}`,
  ].join("  ");
}

/** A row for each verdict that the label has, a column for each that the grader gives. */
function confusionLines(confusion: Confusion): string[] {
  const verdicts = verdictSchema.options;
  const cell = (text: string | number) => String(text).padStart(11);
  return [
    `${"labelled ↓  graded →".padEnd(20)}${verdicts.map(cell).join("")}`,
    ...verdicts.map(
      (label) => `${label.padStart(20)}${verdicts.map((got) => cell(confusion[label][got])).join("")}`,
    ),
  ];
}

function worstLines({ answers }: Report): string[] {
  return answers
    .filter((report) => report.wrong.length > 0)
    .sort(
      (one, other) =>
        Math.abs(other.got - other.expected) - Math.abs(one.got - one.expected) ||
        other.wrong.length - one.wrong.length,
    )
    .slice(0, WORST)
    .flatMap(({ answer, got, expected, wrong }) => [
      "",
      `${answer.id} (${answer.question}, ${answer.lang}, ${answer.kind}): ${got}, labelled ${expected}`,
      answer.text,
      ...wrong.map((cell) => `  ${cell.point}: ${cell.got}, labelled ${cell.expected}  ${cell.quote}`),
    ]);
}

/** Prints how far the local grader agrees with a file of labelled answers; `--totals` leaves out all but the sums. */
function report(file: string, totals: boolean): string {
  const whole = reportOn(parseLabelled(readFileSync(file, "utf8")));
  const lines = [line("all", whole), "", ...confusionLines(whole.confusion)];
  if (totals) return lines.join("\n");
  for (const key of ["lang", "kind", "question"] as const) {
    lines.push("");
    for (const value of [...new Set(whole.answers.map(({ answer }) => answer[key]))].sort()) {
      lines.push(
        line(`${key} ${value}`, summarise(whole.answers.filter(({ answer }) => answer[key] === value))),
      );
    }
  }
  return [...lines, ...worstLines(whole)].join("\n");
}

const words = process.argv.slice(2).filter((word) => word !== "--totals");
const [file] = words;
if (file === undefined || words.length > 1 || file.startsWith("-")) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(`${report(file, process.argv.includes("--totals"))}\n`);
}
