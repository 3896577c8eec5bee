import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { verdictOrder, type Weighing } from "#core/scoring/opinion";
import type { ReaderFile } from "#core/scoring/question-reader";
import type { CompiledRubric } from "#core/scoring/rubric";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { readerPath } from "#src/content/readers";
import { foldOf, type Material, readMaterial, trainedOn } from "./material.ts";
import { evidenceOf, learnAll, type Models } from "./reader.ts";
import { fitWeighing, type Weighed } from "./weighing.ts";

/**
 * `npm run grade:train`: learns a reader for every question from the labelled answers and phrases in test/fixtures/answers,
 * and writes it beside the question. The same material gives the same bytes.
 */
const FOLDS = 3;
/** Decided as a whole, by the guards: there is nothing to weigh. */
const guarded = ["empty", "copied-question", "stuffing", "off-topic"];

/** How to weigh: learnt on answers that the models, of that fold, had not seen. */
export function weighingFor(materials: readonly Material[]): Weighing {
  const examples: Weighed[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    for (const material of materials) {
      const isOut = (id: string): boolean => foldOf(id, FOLDS) === fold;
      const models = learnAll(material, ({ id }) => !isOut(id));
      for (const answer of material.answers) {
        if (!answer.unseenByRules || !isOut(answer.id) || answer.flags.some((flag) => guarded.includes(flag)))
          continue;
        for (const [at, { inFavour, against }] of evidenceOf(answer, models).entries()) {
          const label = answer.points[material.points[at] ?? ""];
          if (label === undefined) continue;
          const verdict = verdictOrder.indexOf(label);
          examples.push({ evidence: inFavour, verdict }, { evidence: against, verdict });
        }
      }
    }
  }
  return fitWeighing(examples);
}

const base64 = (numbers: Uint32Array | Float32Array | Int8Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");

const LARGEST = 127;

/** A trained reader as it is kept: weights as whole numbers of a scale for each column. */
export function fileOf(
  material: Material,
  models: Models,
  weighing: Weighing,
  rubric: CompiledRubric,
): ReaderFile {
  const { table, points } = material;
  const rows = table.rarity.length;
  const columns = models.flat();
  const scales = columns.map((model) => {
    let largest = 0;
    for (let row = 0; row < rows; row += 1) largest = Math.max(largest, Math.abs(model[row] ?? 0));
    return Math.fround(largest / LARGEST) || 1;
  });
  const weights = new Int8Array(rows * columns.length);
  for (const [column, model] of columns.entries()) {
    for (let row = 0; row < rows; row += 1) {
      weights[row * columns.length + column] = Math.round((model[row] ?? 0) / (scales[column] ?? 1));
    }
  }
  return {
    schema: 1,
    id: rubric.questionId,
    trainedBeside: rubric.hash,
    points: [...points],
    rows,
    hashes: base64(Uint32Array.from(table.rowOf.keys())),
    rarity: base64(table.rarity),
    weights: base64(weights),
    scales,
    biases: columns.map((model) => Math.fround(model[rows] ?? 0)),
    weighing,
  };
}

if (import.meta.main) {
  const library = loadLibrary(SHIPPED_CONTENT);
  const rubrics = trainedOn.flatMap((id) => library.rubric(id) ?? []);
  const materials = rubrics.map((rubric) => readMaterial(rubric));
  const weighing = weighingFor(materials);
  for (const [at, rubric] of rubrics.entries()) {
    const material = materials[at];
    if (material === undefined) continue;
    const file = fileOf(material, learnAll(material), weighing, rubric);
    const path = readerPath(join(SHIPPED_CONTENT, "llm-interview-14", "pack.json"), rubric.questionId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(file)}\n`);
    process.stdout.write(`${rubric.questionId}: ${material.answers.length} answers, ${file.rows} features\n`);
  }
}
