/** Longest model or card name that is looked at; the longest real one is about 60. */
export const LONGEST_NAME = 120;

/**
 * One spelling for all the ways a name is written: `meta-llama/Llama-3-8B`, `Llama3 8b`, `llama_3_8B` → `llama38b`.
 * Dots stay, since 2.5 and 25 are different models.
 *
 * @param families Chinese family names → the spelling that ids use
 */
export function spellingOf(name: string, families: Readonly<Record<string, string>> = {}): string {
  let key = name.normalize("NFKC").toLowerCase();
  for (const [chinese, latin] of Object.entries(families)) key = key.replaceAll(chinese, latin);
  // People write a family twice, once in each language: 智谱 glm4.
  return key
    .slice(key.lastIndexOf("/") + 1)
    .replace(/[-_\s·]/gu, "")
    .replace(/^([a-z]{2,12})\1/, "$1");
}

/** Numbers in a name: a slip in one of them names another model, so they must agree. */
export const numbersIn = (spelling: string): string => (spelling.match(/\d+(?:\.\d+)?/g) ?? []).join(" ");
