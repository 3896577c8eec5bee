/** One measured figure. `limit` is what it should stay under, or over where `atLeast` is set. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly atLeast?: boolean;
}

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);

/** A line for each figure, with its share of the limit; over 1.00 means missed, whichever way the limit points. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, limit, atLeast = false }) => {
    const share = atLeast ? limit / value : value / limit;
    const bound = `${atLeast ? "≥" : "≤"} ${rounded(limit)}`;
    return [name, `${rounded(value)} ${unit}`, bound, share.toFixed(2), share <= 1 ? "" : "missed"];
  });
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
