/**
 * A number that looks random but depends only on the text: FNV-1a over its UTF-16 units, finished as in MurmurHash3
 * so that texts which differ in the last letter land far apart.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ and fmix32 of Appleby's MurmurHash3
 */
export const scatter = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * A short id for several parts of any length: the same parts have the same one, and no two others are met with in
 * practice (96 bits). 21 characters, so that a button can carry it on every platform.
 */
export function fingerprint(parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  return [0, 1, 2].map((lane) => scatter(`${lane}${text}`).toString(36).padStart(7, "0")).join("");
}
