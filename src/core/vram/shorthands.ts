import type { Shorthand } from "#core/options";

const scales: Readonly<Record<string, number>> = { m: 1e6, b: 1e9, t: 1e12 };

/** `7b`, `1.5B`, `350M`: a size without a name. */
const size: Shorthand = (word) => {
  const found = /^(\d{1,6}(?:\.\d{1,6})?)([mbt])$/i.exec(word);
  const scale = scales[found?.[2]?.toLowerCase() ?? ""];
  return found === null || scale === undefined ? null : { params: Math.round(Number(found[1]) * scale) };
};

/** `24G`, `24GB`: a card by its memory. */
const memory: Shorthand = (word) => (/^\d{1,4}(?:\.\d{1,2})?g(?:i?b)?$/i.test(word) ? { gpu: word } : null);

/** `2x4090`, `8×A100-80G`, `4张3090`, `2卡4090`: how many of which card; `8x7b` is a mixture, not eight cards. */
const cards: Shorthand = (word) => {
  const found = /^(\d{1,6})(?:[x×*]|张|块|卡)(.{1,40})$/iu.exec(word);
  if (found === null) return null;
  const gpu = (found[2] ?? "").replace(/^(?:x|×|\*)/iu, "");
  return /\d/u.test(gpu) && size(gpu) === null ? { gpus: Number(found[1]), gpu } : null;
};

/** `A100x8`, `4090*2`: the card first. */
const cardsBehind: Shorthand = (word) => {
  const found = /^(.{2,40}?)[x×*](\d{1,4})$/iu.exec(word);
  const named = found === null ? null : card(found[1] ?? "");
  return named === null ? null : { ...named, gpus: Number(found?.[2]) };
};

const spelled: Readonly<Record<string, number>> = {
  单: 1,
  一: 1,
  双: 2,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  六: 6,
  八: 8,
  十: 10,
};

/** Chinese for one to ten, as people count cards. */
export const SPELLED = Object.keys(spelled).join("");
export const spelledNumber = (word: string): number | null => spelled[word] ?? null;

/** `8卡`, `4gpus`, `单卡`: how many cards. */
const many: Shorthand = (word) => {
  const found = new RegExp(`^(?:(\\d{1,6})|([${SPELLED}]))(?:张卡|块卡|张|块|卡|gpus?)$`, "iu").exec(word);
  if (found === null) return null;
  return { gpus: found[1] === undefined ? (spelledNumber(found[2] ?? "") ?? 1) : Number(found[1]) };
};

const CARD_NAMES = [
  "(?:rtx-?|gtx-?)?(?:10|20|30|40|50)[5-9]0(?:ti|d)?(?:super)?",
  "(?:rtx-?)?a(?:2000|4000|4500|5000|5500|6000)",
  "a10g?|a30|a40|a100|a800|b200|b300|gb?h200|h20|h100|h200|h800|l4|l20|l40s?|t4|p40|p100|v100",
  "mi(?:100|210|250x?|300x?|325x|355x)|7900xtx?|9070xt",
  "(?:ascend|昇腾)?(?:310p|910[abc])",
];
const CARD = new RegExp(`^(?:nvidia-?)?(?:${CARD_NAMES.join("|")})(?:-?\\d{2,3}gb?)?$`, "i");

/** A card without a count: `4090`, `rtx4090`, `A100-80G`, `H200`, `910B`. */
const card: Shorthand = (word) => (CARD.test(word) ? { gpu: word } : null);

/** What people write after the model's name, without a key; cards first, since `910B` is one and no size. */
export const vramShorthands: readonly Shorthand[] = [card, size, memory, cards, cardsBehind, many];
