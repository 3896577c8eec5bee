import type { z } from "zod";
import { nearest } from "./nearest.ts";
import { allowedFor, readValue, wordsOf } from "./option-values.ts";
import { describeOptions, type OptionSpec, type Shorthand } from "./options.ts";
import { Refusal } from "./refusal.ts";

/** No command takes more than this; a longer line is a paste in the wrong place. */
const MOST_WORDS = 60;
const MOST_CHARACTERS = 2000;

type Values = Record<string, unknown>;

interface Vocabulary {
  readonly keys: ReadonlyMap<string, OptionSpec>;
  readonly bare: ReadonlyMap<string, { readonly spec: OptionSpec; readonly value: unknown }>;
  readonly positional: readonly OptionSpec[];
}

function vocabularyOf(specs: readonly OptionSpec[]): Vocabulary {
  const keys = new Map<string, OptionSpec>();
  const bare = new Map<string, { spec: OptionSpec; value: unknown }>();
  for (const spec of specs) {
    const names = [spec.name, spec.name.replaceAll("_", "-"), spec.name.replaceAll("_", "")];
    for (const key of [...names, ...(spec.meta.aliases ?? [])]) keys.set(key.toLowerCase(), spec);
    if (spec.meta.bare !== true) continue;
    for (const [word, value] of wordsOf(spec)) bare.set(word, { spec, value });
  }
  return { keys, bare, positional: specs.filter((spec) => spec.meta.positional === true) };
}

/** Commas part words, but not the items of `targets=q,v`. */
function splitAtCommas(chunk: string): string[] {
  const words: string[] = [];
  for (const piece of chunk.split(/[,;、]/u)) {
    const last = words.at(-1);
    if (piece !== "" && !piece.includes("=") && last?.includes("="))
      words[words.length - 1] = `${last},${piece}`;
    else if (piece !== "") words.push(piece);
  }
  return words;
}

/** Full-width forms become half-width, and `key = value` closes up. */
function wordsIn(text: string): string[] {
  const line = text.normalize("NFKC").replace(/\s+/gu, " ").replace(/ ?= ?/g, "=");
  const words = line.split(" ").flatMap(splitAtCommas);
  if (words.length > MOST_WORDS)
    throw new Refusal((say) => say.options.tooManyWords(words.length, MOST_WORDS));
  return words;
}

/** `bs=4` and `bs:4` as [`bs`, `4`]; a colon parts only a known key, since model names carry colons too. */
function keyAndValue(word: string, keys: Vocabulary["keys"]): readonly [string, string] | null {
  const equals = word.indexOf("=");
  if (equals > 0) return [word.slice(0, equals), word.slice(equals + 1)];
  const colon = word.indexOf(":");
  if (colon > 0 && keys.has(word.slice(0, colon).toLowerCase()))
    return [word.slice(0, colon), word.slice(colon + 1)];
  return null;
}

function setKeyed(values: Values, spec: OptionSpec, typed: string): void {
  const value = typed === "" ? undefined : readValue(spec, typed);
  if (value === undefined) {
    const suggestion = nearest(typed, wordsOf(spec).keys());
    throw new Refusal((say) => say.options.badValue(spec.name, typed, allowedFor(spec), suggestion));
  }
  values[spec.name] = value;
}

function refuseUnknown(word: string, { keys, bare }: Vocabulary): never {
  const suggestion = nearest(word, [...bare.keys(), ...keys.keys()]);
  throw new Refusal((say) => say.options.unknownPart(word, suggestion));
}

/** Words without a key: the first positional option, which a run of words may share ("llama 3 8b"). */
function setPositional(values: Values, word: string, follows: boolean, vocabulary: Vocabulary): OptionSpec {
  const free = vocabulary.positional.find((spec) => values[spec.name] === undefined);
  // While a name is still expected only the closest slip counts: "deepseek" is a model, not "deepspeed".
  const isSlip =
    [...word].length >= 5 && nearest(word, vocabulary.bare.keys(), free === undefined ? 2 : 1) !== null;
  if (isSlip) refuseUnknown(word, vocabulary);
  if (free !== undefined) {
    setKeyed(values, free, word);
    return free;
  }
  const last = vocabulary.positional.at(-1);
  if (!follows || last === undefined || !last.kinds.has("text")) return refuseUnknown(word, vocabulary);
  values[last.name] = `${String(values[last.name])} ${word}`;
  return last;
}

/**
 * Reads one line of free text by a command's option schema: `qwen2.5-7b qlora bs=4 seq=2k 2x4090`.
 *
 * @returns plain values for the schema to parse
 * @throws Refusal that names the part it does not know, with the nearest known word
 */
export function readOptionText(schema: z.ZodObject, shorthands: readonly Shorthand[], text: string): Values {
  const specs = describeOptions(schema);
  const rest = specs.find((spec) => spec.meta.rest === true);
  if (rest !== undefined) return text.trim() === "" ? {} : { [rest.name]: text };
  if (text.length > MOST_CHARACTERS)
    throw new Refusal((say) => say.options.tooLong(text.length, MOST_CHARACTERS));

  const vocabulary = vocabularyOf(specs);
  const values: Values = {};
  const words = wordsIn(text);
  let lastPositional: number | null = null;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const keyed = keyAndValue(word, vocabulary.keys);
    if (keyed !== null) {
      const spec = vocabulary.keys.get(keyed[0].toLowerCase());
      if (spec === undefined) return refuseUnknown(keyed[0], vocabulary);
      setKeyed(values, spec, keyed[1]);
      continue;
    }
    const bare = vocabulary.bare.get(word.toLowerCase());
    if (bare !== undefined) {
      values[bare.spec.name] = bare.value;
      continue;
    }
    const spec = vocabulary.keys.get(word.toLowerCase());
    if (spec !== undefined) {
      if (spec.kinds.has("boolean") && readValue(spec, words[index + 1] ?? "") === undefined) {
        values[spec.name] = true;
      } else {
        index += 1;
        setKeyed(values, spec, words[index] ?? "");
      }
      continue;
    }
    const several = shorthands.map((shorthand) => shorthand(word)).find((found) => found !== null);
    if (several !== undefined) {
      Object.assign(values, several);
      continue;
    }
    setPositional(values, word, lastPositional === index - 1, vocabulary);
    lastPositional = index;
  }
  return values;
}
