import { z } from "zod";
import type { Weighing } from "./opinion.ts";
import type { TrainedReader } from "./trained-reader.ts";

/** What was learnt from labelled answers to one question. */
export interface QuestionReader extends TrainedReader {
  readonly weighing: Weighing;
}

const base64Schema = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** A trained reader as it is kept: numbers as little-endian bytes in base64. */
export const readerFileSchema = z.strictObject({
  schema: z.literal(1),
  /** The question's id. */
  id: z.string(),
  /** `hash` of the rubric that it was trained beside: a changed rubric or glossary asks for a new training. */
  trainedBeside: z.string(),
  /** Key points, in the rubric's order. */
  points: z.array(z.string()).min(1),
  /** How many features there are. */
  rows: z.int().min(1).max(1_000_000),
  /** Uint32 by row. */
  hashes: base64Schema,
  /** Float32 by row. */
  rarity: base64Schema,
  /** Int8 by row, then two columns a point. */
  weights: base64Schema,
  scales: z.array(z.number()),
  biases: z.array(z.number()),
  weighing: z.strictObject({
    means: z.array(z.number()),
    spreads: z.array(z.number().positive()),
    weights: z.array(z.array(z.number()).length(4)),
    biases: z.array(z.number()).length(4),
  }),
});
export type ReaderFile = z.infer<typeof readerFileSchema>;

const bytesOf = (base64: string): ArrayBuffer => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes.buffer;
};

/**
 * Makes a kept reader ready for use.
 *
 * @throws Error where its parts do not fit together
 */
export function openReader(file: ReaderFile): QuestionReader {
  const columns = file.points.length * 2;
  const hashes = new Uint32Array(bytesOf(file.hashes));
  const rarity = new Float32Array(bytesOf(file.rarity));
  const weights = new Int8Array(bytesOf(file.weights));
  const fits =
    hashes.length === file.rows &&
    rarity.length === file.rows &&
    weights.length === file.rows * columns &&
    file.scales.length === columns &&
    file.biases.length === columns;
  if (!fits) throw new Error(`the trained reader of ${file.id} is damaged: its parts differ in size`);
  const rowOf = new Map<number, number>();
  for (const [row, hash] of hashes.entries()) rowOf.set(hash, row);
  return {
    table: { rowOf, rarity },
    weights,
    scales: Float32Array.from(file.scales),
    biases: Float32Array.from(file.biases),
    weighing: file.weighing,
  };
}
