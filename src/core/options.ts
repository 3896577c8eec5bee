import { z } from "zod";
import type { Bilingual } from "./language.ts";

/** What `.meta({...})` of an option says beside its zod type; all of it is optional. */
export interface OptionMeta {
  /** The option's name as a person reads it. */
  label?: Bilingual;
  /** What it takes, in English. */
  description?: string | undefined;
  /** Other keys that people type for it: `bs`, `batch_size`, `批次`. */
  aliases?: readonly string[];
  /** For enums and booleans: value → other words that people type for it, `{ full: ["全参", "full-ft"] }`. */
  words?: Readonly<Record<string, readonly string[]>>;
  /** A word that is one of the option's values sets it without its key: `qlora`, `flash`. */
  bare?: boolean;
  /** Words that nothing else claims fill the positional options in order. */
  positional?: boolean;
  /** Takes the whole text as it stands: an answer, a log. */
  rest?: boolean;
  /** May come as a file where a platform has files: its text, or `document` for its name and bytes. */
  file?: true | "document";
  /** Numbers may carry k, m or b: binary for `tokens` (2k is 2048), decimal for `count` (7b is 7e9). */
  scale?: "tokens" | "count";
  /** What `complete` offers for the option while it is typed. */
  suggest?: "model" | "gpu" | "question" | "topic" | "zone" | "holidays";
  /** The option names one of the platform's channels, or some of its roles, by their ids. */
  picks?: "channel" | "roles";
}

declare module "zod" {
  interface GlobalMeta extends OptionMeta {}
}

/** Reads a word that sets several options at once; null where the word is not of its kind. */
export type Shorthand = (word: string) => Readonly<Record<string, unknown>> | null;

export interface NumberRange {
  readonly whole: boolean;
  readonly least: number | null;
  readonly most: number | null;
}

/** An option as free text and registration see it, derived from its zod type and meta. */
export interface OptionSpec {
  readonly name: string;
  readonly meta: OptionMeta;
  readonly kinds: ReadonlySet<"choice" | "boolean" | "number" | "text" | "list">;
  /** The words of a choice, or of a list's items; empty for free values. */
  readonly choices: readonly string[];
  /** What a number may be; null where none is taken. */
  readonly range: NumberRange | null;
  readonly required: boolean;
}

const jsonTypeSchema = z.looseObject({
  /** `["string", "null"]` where null is allowed as well. */
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** `.meta()` belongs to one wrapper: an optional of a described type is asked, then what it wraps. */
function metaOf(type: z.core.$ZodType): OptionMeta {
  const own = z.globalRegistry.get(type) ?? {};
  const inner = (type._zod.def as { innerType?: z.core.$ZodType }).innerType;
  return inner === undefined ? own : { ...metaOf(inner), ...own };
}

type Kind = "choice" | "boolean" | "number" | "text" | "list";

/** zod writes the bounds of safe integers where a whole number has none of its own. */
const bound = (value: number | undefined): number | null =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;

function rangeOf(json: unknown): NumberRange | null {
  const type = jsonTypeSchema.parse(json);
  for (const branch of type.anyOf ?? []) {
    const range = rangeOf(branch);
    if (range !== null) return range;
  }
  const names = [type.type ?? []].flat();
  const whole = names.includes("integer");
  if (!whole && !names.includes("number")) return null;
  return { whole, least: bound(type.minimum ?? type.exclusiveMinimum), most: bound(type.maximum) };
}

function kindsOf(json: unknown, kinds: Set<Kind>, choices: Set<string>): void {
  const type = jsonTypeSchema.parse(json);
  for (const branch of type.anyOf ?? []) kindsOf(branch, kinds, choices);
  const constants = type.enum ?? (type.const === undefined ? [] : [type.const]);
  for (const constant of constants) {
    if (typeof constant === "string") {
      kinds.add("choice");
      choices.add(constant);
    }
  }
  const names = [type.type ?? []].flat();
  if (names.includes("boolean")) kinds.add("boolean");
  if (names.includes("integer") || names.includes("number")) kinds.add("number");
  if (names.includes("string") && constants.length === 0) kinds.add("text");
  if (names.includes("array")) {
    kinds.add("list");
    kindsOf(type.items ?? {}, new Set(), choices);
  }
}

const described = new WeakMap<z.ZodObject, readonly OptionSpec[]>();

/** The options of a command's schema in the order they are declared. */
export function describeOptions(schema: z.ZodObject): readonly OptionSpec[] {
  const known = described.get(schema);
  if (known !== undefined) return known;
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const required = new Set(json.required ?? []);
  const specs = Object.entries(schema.shape).map(([name, type]): OptionSpec => {
    const kinds = new Set<Kind>();
    const choices = new Set<string>();
    const property = json.properties?.[name] ?? {};
    kindsOf(property, kinds, choices);
    return {
      name,
      meta: metaOf(type),
      kinds,
      choices: [...choices],
      range: rangeOf(property),
      required: required.has(name),
    };
  });
  described.set(schema, specs);
  return specs;
}
