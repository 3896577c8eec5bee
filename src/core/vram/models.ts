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

/** `7e9` → `7b`, `494000000` → `0.5b`. */
export const sizeName = (params: number): string => {
  const billions = params / 1e9;
  const places = billions >= 10 ? 0 : 1;
  return `${Number(billions.toFixed(billions < 0.05 ? 3 : places))}b`;
};

/** A published tag that says nothing about the shape. */
const withoutTag = (key: string): string => key.replace(/(?:instruct|chat|base|hf|it|pt)$/, "");

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
  };
}

const named = (architecture: Architecture, kind: ResolvedModel["kind"] = "named"): ResolvedModel => ({
  shape: architecture,
  name: architecture.id,
  kind,
  shapeOf: null,
});

/** A size where a name was expected: `7B`, `1.5b`, `7e9`. */
function sizeFrom(key: string): number | null {
  const found = /^(\d{1,6}(?:\.\d{1,6})?(?:e\d{1,2})?)([mbt]?)$/.exec(key);
  if (found === null) return null;
  const scale = { "": 1, m: 1e6, b: 1e9, t: 1e12 }[found[2] ?? ""] ?? 1;
  const params = Number(found[1]) * scale;
  return params >= 1e6 && params <= 2e13 ? params : null;
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
  const key = spellingOf(model, catalogue.names.families);
  const index = indexOf(catalogue);
  const exact = index.get(key) ?? index.get(withoutTag(key));
  if (exact !== undefined) return named(exact);
  if (params !== null && params !== undefined) {
    const sized = index.get(key + sizeName(params)) ?? inFamily(key, params, catalogue);
    if (sized !== null && sized !== undefined) return named(sized);
  }
  const size = sizeFrom(key);
  if (size !== null) return shapeForSize(size, catalogue);
  const near = nearestNames(key, catalogue, 3);
  const [first, second] = near;
  const slips = key.length <= 5 ? 1 : 2;
  if (
    first !== undefined &&
    first.edits <= slips &&
    numbersIn(key) === numbersIn(first.key) &&
    (second === undefined || second.edits > first.edits)
  ) {
    const meant = index.get(spellingOf(first.name));
    if (meant !== undefined) return named(meant, "guessed");
  }
  // An unknown name with a size still has an answer, with a borrowed shape.
  if (params !== null && params !== undefined) return shapeForSize(params, catalogue);
  throw new Refusal((say) =>
    say.vram.noSuchModel(
      model,
      near.map(({ name }) => name),
    ),
  );
}
