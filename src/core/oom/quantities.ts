/**
 * A size as programs print it: `12.50 MiB`, `0 bytes`, `926. GiB`, `1900,00 MiB`. One space may stand after the
 * decimal mark, where a terminal broke the line. Digits are capped, and a size begins where its digits begin, so that no
 * text makes a long search.
 */
export const SIZE = String.raw`(?<!\d)(\d{1,20}(?:[.,] ?\d{1,9}|\.)?) ?(bytes?|[KMGTPE]i?B|B)\b`;

/** The same inside PyTorch's sentence, where a broken line may have glued the next word to the unit. */
export const GLUED_SIZE = String.raw`(?<!\d)(\d{1,20}(?:[.,] ?\d{1,9}|\.)?) ?(bytes|[KMGTPE]i?B)`;

/** Powers of 2^10 of a unit's first letter, down to bytes. "GB" and "MB" in these messages are binary too. */
const EXPONENTS: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };

/** Six digits are more than any message prints, and keep 546 MiB from reading 0.533203125. */
const round = (gib: number): number => Number(gib.toPrecision(6));

/**
 * A printed size in GiB.
 * @param digits `23.65`, `1900,00` or `926.`
 * @param unit `bytes`, `MiB`, `GB` …
 * @returns null for what is no size
 */
export const toGib = (digits: string, unit: string): number | null => {
  const exponent = EXPONENTS[unit.charAt(0).toLowerCase()];
  const value = Number(digits.replace(" ", "").replace(",", "."));
  if (exponent === undefined || !Number.isFinite(value) || value < 0) return null;
  return round(value * 1024 ** (exponent - 3));
};

/** Above this a printed size is a broken shape or a freed pointer, and no sum is drawn from it (GiB). */
export const ABSURD_GIB = 1024;
