import { readFileSync } from "node:fs";
import { parseLabelled, type Report, reportOn } from "./core/scoring/report.ts";

/** Prints how far the local grader agrees with a file of labelled answers; `--totals` leaves the answers out. */
function line(name: string, report: Report): string {
  const percent = (rate: number) => rate.toFixed(3);
  const { covered, contradicted } = report;
  return [
    name.padEnd(28),
    String(report.answers.length).padStart(4),
    `covered ${percent(covered.precision)} ${percent(covered.recall)} F1 ${percent(covered.f1)}`,
    `contradicted ${percent(contradicted.precision)} ${percent(contradicted.recall)} F1 ${percent(contradicted.f1)}`,
    `score off by ${report.scoreError.toFixed(1)}`,
  ].join("  ");
}

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write(
    "Give a file of labelled answers, one JSON object a line: grade-report.ts FILE [--totals]\n",
  );
  process.exitCode = 2;
} else {
  const answers = parseLabelled(readFileSync(path, "utf8"));
  const whole = reportOn(answers);
  const out = [line("all", whole)];
  if (!process.argv.includes("--totals")) {
    for (const key of ["question", "lang", "kind"] as const) {
      for (const value of [...new Set(answers.map((answer) => answer[key]))].sort()) {
        out.push(line(`${key} ${value}`, reportOn(answers.filter((answer) => answer[key] === value))));
      }
    }
    const worst = whole.answers
      .filter((report) => report.wrong.length > 0)
      .sort((one, other) => Math.abs(other.got - other.expected) - Math.abs(one.got - one.expected))
      .slice(0, 15);
    for (const report of worst) {
      out.push("", `${report.answer.id}: ${report.got}, expected ${report.expected}`, report.answer.text);
      for (const cell of report.wrong) {
        out.push(`  ${cell.point}: ${cell.got}, expected ${cell.expected}  ${cell.quote}`);
      }
    }
  }
  process.stdout.write(`${out.join("\n")}\n`);
}
