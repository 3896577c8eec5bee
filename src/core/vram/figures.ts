import { GIB } from "./bytes.ts";

/** Three significant figures at most: the estimate is not better than that. */
export const decimalsFor = (value: number): number => (value >= 10 ? 1 : 2);

/** A size in GiB as text. */
export const gibText = (bytes: number): string => {
  const value = bytes / GIB;
  return value.toFixed(decimalsFor(value));
};

/** The same size in decimal GB, as cards and files are sold. */
export const gbText = (bytes: number): string => {
  const value = bytes / 1e9;
  return value.toFixed(decimalsFor(value));
};

/** `7.62e9` → `7.62 B`, `4194304` → `4.19 M`, `127688` → `127,688`. */
export function countText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(2)} B`;
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)} M`;
  return Math.round(count).toLocaleString("en-US");
}
