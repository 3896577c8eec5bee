import type { GradeResult, PointResult } from "./grader.ts";
import type { Guarded } from "./guards.ts";
import { gradeLocally } from "./local-grader.ts";
import type { Match } from "./match.ts";
import type { Clause, Reading, Token } from "./reading.ts";
import type { CompiledPoint, CompiledRubric } from "./rubric.ts";
import type { Finding } from "./verdict.ts";

interface Weighed {
  readonly support: readonly Finding[];
  readonly oppose: readonly Finding[];
}

type Side = "for" | "against";

const DROPPED = {
  order: "dropped: instructs the grader",
  echo: "dropped: repeats the question",
  repeat: "dropped: was said before",
} as const;

const ARROWS: Readonly<Record<number, string>> = { 1: " ↑", [-1]: " ↓" };

/**
 * Grades one answer and tells how: every word found, every clause, what spoke for and against each point, and the
 * verdict. For whoever writes rules, so in English only; lines of plain text.
 */
export function explainGrading(answer: string, rubric: CompiledRubric): string {
  const seen: { whole?: Reading; guarded?: Guarded } = {};
  const weighed = new Map<string, Weighed>();
  const result = gradeLocally(answer, rubric, {
    trace: {
      read: (whole, guarded) => Object.assign(seen, { whole, guarded }),
      weighed: (point, support, oppose) => {
        weighed.set(point.id, { support: [...support], oppose: [...oppose] });
      },
    },
  });
  const { whole, guarded } = seen;
  const names = nameMeanings(rubric);
  const lines = [
    `${rubric.questionId}: ${result.score} / 100${result.flags.length > 0 ? `  flags: ${result.flags.join(", ")}` : ""}`,
    "",
  ];
  if (whole === undefined || guarded === undefined)
    return [...lines, "There is nothing to read.", ""].join("\n");
  const labels = labelClauses(whole);
  lines.push(
    `Read as: ${whole.text.text.replaceAll("\n", " ⏎ ")}`,
    "",
    "Clauses and the words found in them",
  );
  for (const clause of whole.clauses) lines.push(...clauseLines(clause, whole, guarded, labels, names));
  lines.push("", "Points");
  for (const point of rubric.points) {
    lines.push(...pointLines(point, result, weighed.get(point.id), guarded.reading, labels, names));
  }
  return `${lines.join("\n")}\n`;
}

/** What tokens mean: concepts by their id, phrases by the list that they stand in. */
function nameMeanings(rubric: CompiledRubric): (meaning: number) => string {
  const phrases = new Map<number, string>();
  for (const point of rubric.points) {
    for (const rule of [...point.claims, ...point.partialBy, ...point.contradicts]) {
      const meaning = rule.slots[0]?.[0]?.meaning ?? -1;
      if (meaning >= rubric.glossary.entries.length) phrases.set(meaning, `${rule.text} of ${point.id}`);
    }
  }
  return (meaning) => rubric.glossary.entries[meaning]?.id ?? phrases.get(meaning) ?? "?";
}

type Labels = ReadonlyMap<Clause, string>;

/** "2.1" is the first clause of the second sentence that holds any. */
function labelClauses({ clauses }: Reading): Labels {
  const labels = new Map<Clause, string>();
  const places = new Map<number, number>();
  let within = 0;
  for (const clause of clauses) {
    if (!places.has(clause.sentence)) {
      places.set(clause.sentence, places.size + 1);
      within = 0;
    }
    within += 1;
    labels.set(clause, `${places.get(clause.sentence)}.${within}`);
  }
  return labels;
}

function clauseLines(
  clause: Clause,
  { text }: Reading,
  { dropped }: Guarded,
  labels: Labels,
  names: (meaning: number) => string,
): string[] {
  const why = dropped.get(clause);
  const mood = (["asked", "rejected", "believed", "corrects"] as const).filter((mark) => clause[mark]);
  const notes = [...mood, ...(why === undefined ? [] : [DROPPED[why]])];
  const said = text.text.slice(clause.start, clause.end);
  return [
    `  ${labels.get(clause)}  ${said}${notes.length > 0 ? `   (${notes.join("; ")})` : ""}`,
    ...clause.tokens.map((token) => `         ${tokenLine(token, text.text, names)}`),
  ];
}

function tokenLine(token: Token, text: string, names: (meaning: number) => string): string {
  const notes = [
    ...(token.type === "concept" ? [] : [token.type]),
    ...(token.overlay ? ["pattern"] : []),
    ...(token.masked ? ["from the question"] : []),
    ...(token.subject === -1 ? [] : [`of ${names(token.subject)}${token.firm ? "" : ", carried over"}`]),
  ];
  const word = `“${text.slice(token.start, token.end)}”`;
  return `${word} ${names(token.meaning)}${ARROWS[token.direction] ?? ""}${notes.length > 0 ? `   (${notes.join("; ")})` : ""}`;
}

function pointLines(
  point: CompiledPoint,
  result: GradeResult,
  weighed: Weighed | undefined,
  reading: Reading,
  labels: Labels,
  names: (meaning: number) => string,
): string[] {
  const own = result.points.find(({ id }) => id === point.id);
  if (own === undefined) return [];
  const lines = [
    `  ${point.id} (weight ${point.weight}, ${point.enough}): ${own.verdict}, ${own.reason}, confidence ${own.confidence.toFixed(2)}`,
  ];
  const add = (findings: readonly Finding[] | undefined, side: Side) => {
    for (const finding of findings ?? []) {
      const mark = decided(own, finding, side) ? "→" : " ";
      lines.push(`    ${mark} ${side.padEnd(7)} ${findingLine(finding, side, reading, labels, names)}`);
    }
  };
  add(weighed?.support, "for");
  add(weighed?.oppose, "against");
  for (const { quote } of own.evidence) lines.push(`      quoted  “${quote.replaceAll("\n", " ⏎ ")}”`);
  return lines;
}

/** Whether a finding is of the kind that the verdict came from. */
function decided(own: PointResult, finding: Finding, side: Side): boolean {
  if (own.reason === "mixed") return true;
  return finding.reason === own.reason && (own.verdict === "contradict") === (side === "against");
}

function findingLine(
  { match, reason, worth }: Finding,
  side: Side,
  { clauses, text }: Reading,
  labels: Labels,
  names: (meaning: number) => string,
): string {
  const clause = clauses[match.clause];
  const where = clause === undefined ? "?" : labels.get(clause);
  const filled = match.tokens
    .map(
      (token) =>
        `${names(token.meaning)}${ARROWS[token.direction] ?? ""}“${text.text.slice(token.start, token.end)}”`,
    )
    .join(" + ");
  return `${side === "for" ? `${worth}, ` : ""}${reason}, in ${where}: ${match.rule.text}  ⟵  ${filled}${bearings(match)}`;
}

function bearings(match: Match): string {
  const notes = [
    ...(match.denied > 0 ? [`denied ${match.denied === 1 ? "once" : `${match.denied} times`}`] : []),
    ...(match.forbidden ? ["forbidden"] : []),
    ...(match.asked ? ["asked"] : []),
    ...(match.unclaimed ? ["not claimed"] : []),
    ...(match.firm || match.rule.subject === -1 ? [] : ["subject carried over"]),
  ];
  return notes.length > 0 ? `   (${notes.join("; ")})` : "";
}
