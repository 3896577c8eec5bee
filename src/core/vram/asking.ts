import { readOptionText } from "#core/option-text";
import { Refusal } from "#core/refusal";
import { LONGEST_CONFIG } from "./detail-options.ts";
import { plainWords } from "./phrases.ts";
import { type VramRequest, vramOptions } from "./request.ts";
import { vramShorthands } from "./shorthands.ts";

type Values = Partial<Record<keyof VramRequest, unknown>>;

/** Beside a config.json nobody writes more than a line. */
const LONGEST = LONGEST_CONFIG + 2000;

/** A pasted config.json, and what stood around it. */
function configIn(text: string): { readonly config: string | null; readonly rest: string } {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from < 0 || to < from) return { config: null, rest: text };
  return { config: text.slice(from, to + 1), rest: `${text.slice(0, from)} ${text.slice(to + 1)}` };
}

/** Asks for a comparison; the two set-ups, if two are named, stand around it or behind it. */
const COMPARE = /(^|\s)(?:compare|对比一下|比较一下|对比|比较)(?:[=:：](?:true|yes|all|是))?(?=\s|$)/iu;

/** Between two set-ups. */
const BETWEEN = /\||｜|\bvs\.?\b|\bversus\b|还是/iu;
/** Between two set-ups where a comparison was asked for; elsewhere these words only join. */
const JOINED = /\||｜|\bvs\.?\b|\bversus\b|还是|\band\b|\bwith\b|和|与|跟/iu;

const readLine = (line: string): Values => readOptionText(vramOptions, vramShorthands, plainWords(line));

/**
 * Reads what stands behind /vram: a question in Chinese or English, a pasted config.json, and `a | b` for two set-ups.
 *
 * @returns plain values for the schema to parse; of two set-ups the first, with the second's words as `compare`
 * @throws Refusal that names the part it does not know
 */
export function readVramText(text: string): Values {
  if (text.length > LONGEST) throw new Refusal((say) => say.options.tooLong(text.length, LONGEST));
  const { config, rest } = configIn(text);
  const asked = COMPARE.test(rest);
  const line = asked ? rest.replace(COMPARE, " ") : rest;
  const [first = "", second = "", ...others] = line.split(asked ? JOINED : BETWEEN);
  if (others.length > 0) throw new Refusal((say) => say.vram.compareTwo(others.length + 2));
  const values = readLine(first);
  if (second.trim() !== "") values.compare = second.trim();
  else if (asked) values.compare = true;
  return config === null ? values : { ...values, config };
}

/** What a second set-up takes over from the first where its own words say nothing of it. */
const methodBound = new Set<keyof VramRequest>([
  "weights_dtype",
  "optimizer",
  "grad_ckpt",
  "ce",
  "framework",
  "parallel",
]);

/**
 * The second set-up of a comparison: what its words say, and the first's where they are silent. Another method or model
 * size brings its own usual dtype and framework.
 *
 * @throws Refusal that names the part it does not know
 */
export function secondOf(first: VramRequest, words: string): VramRequest {
  const own = readLine(words);
  const named = own.model !== undefined || own.params !== undefined;
  const kept = Object.entries(first).filter(([key]) => {
    if (named && (key === "model" || key === "params" || key === "config")) return false;
    return (
      own.method === undefined || own.method === first.method || !methodBound.has(key as keyof VramRequest)
    );
  });
  return vramOptions.parse({ ...Object.fromEntries(kept), ...own, compare: null, why: null });
}
