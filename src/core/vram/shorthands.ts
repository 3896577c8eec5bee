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

const spelled: Readonly<Record<string, number>> = { 单: 1, 双: 2, 两: 2, 四: 4, 八: 8 };

/** `8卡`, `4gpus`, `单卡`: how many cards. */
const many: Shorthand = (word) => {
  const found = /^(?:(\d{1,6})|([单双两四八]))(?:张卡|块卡|卡|gpus?)$/iu.exec(word);
  if (found === null) return null;
  return { gpus: found[1] === undefined ? (spelled[found[2] ?? ""] ?? 1) : Number(found[1]) };
};

/** A card without a count: `4090`, `rtx4090`, `A100-80G`, `H200`. */
const card: Shorthand = (word) =>
  /^(?:rtx-?|gtx-?)?(?:10|20|30|40|50)[5-9]0(?:ti|d)?$/i.test(word) ||
  /^(?:a10g?|a30|a40|a100|a800|a6000|b200|h20|h100|h200|h800|l4|l20|l40s?|t4|p40|p100|v100)(?:-\d{2,3}gb?)?$/i.test(
    word,
  )
    ? { gpu: word }
    : null;

/** What people write after the model's name, without a key. */
export const vramShorthands: readonly Shorthand[] = [size, memory, cards, many, card];
