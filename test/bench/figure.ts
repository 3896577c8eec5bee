/** One measured figure. `limit` is what it should stay under, or over where `atLeast` is set. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Without one the figure stands there to be compared with. */
  readonly limit?: number;
  readonly atLeast?: boolean;
  /** Why nothing could be measured; the value means nothing then, and nothing has passed. */
  readonly skipped?: string;
}

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);

const shareOf = (value: number, limit: number, atLeast: boolean): number =>
  atLeast ? limit / value : value / limit;

/** Whether it is over its limit, or under it where it is to be at least that, or could not be measured at all. */
export const isMissed = ({ value, limit, atLeast = false, skipped }: Figure): boolean =>
  skipped !== undefined || (limit !== undefined && !(shareOf(value, limit, atLeast) <= 1));

function rowOf(figure: Figure): string[] {
  const { name, value, unit, limit, atLeast = false, skipped } = figure;
  if (skipped !== undefined) return [name, "not measured", "", "", `skipped: ${skipped}`];
  const measured = `${rounded(value)} ${unit}`;
  if (limit === undefined) return [name, measured, "", "", ""];
  const share = shareOf(value, limit, atLeast);
  const bound = `${atLeast ? "≥" : "≤"} ${rounded(limit)}`;
  return [name, measured, bound, share.toFixed(2), isMissed(figure) ? "missed" : ""];
}

/** A line for each figure, with its share of the limit; over 1.00 means missed, whichever way the limit points. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(rowOf);
  const head = ["figure", "measured", "limit", "share of the limit", ""];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => [...(row[column] ?? "")].length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
