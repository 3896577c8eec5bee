import { readValue } from "#core/option-values";
import type { OptionSpec } from "#core/options";

/** Words that stand for something else than text become that; zod judges whatever comes of it. */
export function typedValue(spec: OptionSpec, value: unknown): unknown {
  if (spec.meta.picks === "roles") return [value].flat();
  if (typeof value !== "string" || spec.meta.picks !== undefined || spec.kinds.has("text")) return value;
  return readValue(spec, value) ?? value;
}
