import { distance } from "fastest-levenshtein";
import { Refusal } from "#core/refusal";
import type { Architecture, ModelCatalogue, Shape } from "./catalogue.ts";
import { LONGEST_NAME, numbersIn, spellingOf } from "./spelling.ts";

/** What a name or size turned out to mean. */
export interface ResolvedModel {
  readonly shape: Shape;
  /** As shown: an id of the catalogue, or the bare size. */
  readonly name: string;
  /** `named`: found; `guessed`: a near spelling; `assumed`: a size with a borrowed shape. */
  readonly kind: "named" | "guessed" | "assumed";
  /** The model whose shape was borrowed for a bare size. */
  readonly shapeOf: string | null;
  /** A name that is in no table, of which only the size beside it could be used. */
  readonly unknown: string | null;
}

const indexes = new WeakMap<ModelCatalogue, ReadonlyMap<string, Architecture>>();

function indexOf(catalogue: ModelCatalogue): ReadonlyMap<string, Architecture> {
  const known = indexes.get(catalogue);
  if (known !== undefined) return known;
  const index = new Map<string, Architecture>();
  for (const architecture of catalogue.architectures) {
    for (const name of [architecture.id, ...architecture.aliases]) index.set(spellingOf(name), architecture);
  }
  indexes.set(catalogue, index);
  return index;
}

/** `7e9` → `7b`, `494000000` → `0.49b`. */
export const sizeName = (params: number): string => {
  const billions = params / 1e9;
  const places = billions >= 10 ? 0 : billions >= 1 ? 1 : billions >= 0.05 ? 2 : 3;
  return `${Number(billions.toFixed(places))}b`;
};

/** Published tags that say nothing about the shape, one at a time from the end: `7binstructawq` → `7b`. */
const TAG =
  /(?:instruct|chat|base|hf|it|pt|awq|gptq|gguf|fp8|int[48]|bnb4bit|unsloth|thinking|v\d\.\d|(?<=[a-z])\d{4})$/;
const MOST_TAGS = 5;

/** The spellings under which a published id may stand: with fewer tags, and without the house in front. */
function spellingsOf(key: string): string[] {
  const spellings = [key];
  for (let bare = key; spellings.length <= MOST_TAGS && TAG.test(bare); ) {
    bare = bare.replace(TAG, "");
    spellings.push(bare);
  }
  return spellings.flatMap((spelling) => [spelling, spelling.replace(/^meta(?=llama)/, "")]);
}

/** The one model whose name goes on where this one stops: `qwen3-next-80b`. `yi-3` is no beginning of `yi-34b`. */
function beganWith(key: string, catalogue: ModelCatalogue): Architecture | null {
  if (key.length < SHORTEST_BEGINNING) return null;
  const found = new Set(
    [...indexOf(catalogue)]
      .filter(([name]) => name.startsWith(key) && !(/\d$/.test(key) && /^[\d.]/.test(name.slice(key.length))))
      .map(([, architecture]) => architecture),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
const SHORTEST_BEGINNING = 4;

/** Names near a missed one, best first; one that would have to be half rewritten is no help. */
function nearestNames(
  key: string,
  catalogue: ModelCatalogue,
  most: number,
): { name: string; edits: number; key: string }[] {
  const best = new Map<string, { name: string; edits: number; key: string }>();
  for (const [candidate, { id }] of indexOf(catalogue)) {
    if (distance(key, candidate) > Math.max(key.length, candidate.length) / 2) continue;
    const edits = distance(key, candidate) - (numbersIn(key) === numbersIn(candidate) ? 0.5 : 0);
    const known = best.get(id);
    if (known === undefined || edits < known.edits) best.set(id, { name: id, edits, key: candidate });
  }
  return [...best.values()].sort((left, right) => left.edits - right.edits).slice(0, most);
}

/** Models of a family that has this size: `qwen2.5` with 7e9. */
function inFamily(key: string, params: number, catalogue: ModelCatalogue): Architecture | null {
  const near = [...indexOf(catalogue)]
    .filter(([candidate]) => candidate.startsWith(key))
    .map(([, architecture]) => ({ architecture, off: Math.abs(Math.log(architecture.params / params)) }))
    .filter(({ off }) => off < 0.2)
    .sort((left, right) => left.off - right.off);
  return near[0]?.architecture ?? null;
}

/**
 * A shape for a bare size: the nearest of one typical family, so that a larger size never has a smaller shape.
 * Beyond the family's ends the number of layers follows the size.
 */
export function shapeForSize(params: number, catalogue: ModelCatalogue): ResolvedModel {
  const index = indexOf(catalogue);
  const family = catalogue.names.typical.flatMap((id) => index.get(spellingOf(id)) ?? []);
  const off = ({ params: known }: Architecture): number => Math.abs(Math.log(known / params));
  const base = family.reduce((best, candidate) => (off(candidate) < off(best) ? candidate : best));
  const atEnd = params > (family.at(-1)?.params ?? 0) || params < (family[0]?.params ?? 0);
  const layers = atEnd ? Math.max(1, Math.round((base.layers * params) / base.params)) : base.layers;
  return {
    shape: { ...base, params, layers },
    name: sizeName(params).toUpperCase(),
    kind: "assumed",
    shapeOf: base.id,
    unknown: null,
  };
}

const named = (architecture: Architecture, kind: ResolvedModel["kind"] = "named"): ResolvedModel => ({
  shape: architecture,
  name: architecture.id,
  kind,
  shapeOf: null,
  unknown: null,
});

const LEAST_PARAMS = 1e6;
const MOST_PARAMS = 2e13;

/**
 * A size where a name was expected: `7B`, `1.5b`, `7e9`.
 *
 * @throws Refusal for one that no model has: `-7b`, `1e30`
 */
function sizeFrom(typed: string): number | null {
  const found = /^\s*([-−+]?)\s*(\d{1,20}(?:\.\d{1,6})?(?:e\d{1,3})?)\s*([mbt]?)\s*$/i.exec(typed);
  if (found === null) return null;
  const scale = { "": 1, m: 1e6, b: 1e9, t: 1e12 }[found[3]?.toLowerCase() ?? ""] ?? 1;
  const params = Number(found[2]) * scale;
  const negative = found[1] === "-" || found[1] === "−";
  if (negative || !(params >= LEAST_PARAMS && params <= MOST_PARAMS))
    throw new Refusal((say) => say.vram.sizeOutside(typed.trim()));
  return params;
}

/** A near spelling that can hardly mean anything else: one or two slips, none in a number, no other as near. */
function slipOf(key: string, near: ReturnType<typeof nearestNames>): string | null {
  const [first, second] = near;
  const slips = key.length <= 5 ? 1 : 2;
  const sure =
    first !== undefined &&
    first.edits <= slips &&
    numbersIn(key) === numbersIn(first.key) &&
    (second === undefined || second.edits > first.edits);
  return sure ? first.name : null;
}

/**
 * Finds the model meant by a name, a size, or a family and a size.
 *
 * @throws Refusal with the nearest names where nothing fits
 */
export function resolveModel(
  model: string | null | undefined,
  params: number | null | undefined,
  catalogue: ModelCatalogue,
): ResolvedModel {
  if (model === null || model === undefined || model.trim() === "") {
    if (params === null || params === undefined) throw new Refusal((say) => say.vram.noModel);
    return shapeForSize(params, catalogue);
  }
  if (model.length > LONGEST_NAME) {
    throw new Refusal((say) => say.vram.nameTooLong(model.slice(0, 30), model.length, LONGEST_NAME));
  }
  const size = sizeFrom(model);
  if (size !== null) return shapeForSize(size, catalogue);
  const key = spellingOf(model, catalogue.names.families);
  const index = indexOf(catalogue);
  const sized = params === null || params === undefined ? null : sizeName(params);
  const withSize = (spelling: string): string =>
    sized === null || spelling.endsWith(sized) ? spelling : spelling + sized;
  const bare = spellingsOf(key);
  // With the size first: a family's name may be a model of its own, `bloom`.
  for (const spelling of bare.flatMap((name) => [withSize(name), name])) {
    const exact = index.get(spelling);
    if (exact !== undefined) return named(exact);
  }
  const inSize = params === null || params === undefined ? null : inFamily(key, params, catalogue);
  if (inSize !== null) return named(inSize);
  const whole = withSize(bare.at(-1) ?? key);
  const begun = beganWith(whole, catalogue);
  if (begun !== null) return named(begun, "guessed");
  const near = nearestNames(whole, catalogue, 3);
  const slip = slipOf(whole, near);
  const meant = slip === null ? undefined : index.get(spellingOf(slip));
  if (meant !== undefined) return named(meant, "guessed");
  // An unknown name with a size still has an answer, with a borrowed shape.
  if (params !== null && params !== undefined) return { ...shapeForSize(params, catalogue), unknown: model };
  throw new Refusal((say) =>
    say.vram.noSuchModel(
      model,
      near.map(({ name }) => name),
    ),
  );
}
