import { make } from "./dom.ts";
import { say } from "./locale.ts";
import { piecesOf, type Rows } from "./pieces.ts";

/** The member's own words with the evidence marked: colour and the row's number say for which key point. */
export function markedAnswer(answer: string, rows: Rows): HTMLElement {
  const pieces = piecesOf(answer, rows).map(({ text, rows: covering }) => {
    const first = covering[0];
    const verdict = first === undefined ? undefined : rows[first]?.verdict;
    if (verdict === undefined) return text;
    const numbers = covering.map((row) => row + 1);
    return make(
      "mark",
      {
        class: verdict,
        "data-rows": numbers.join(" "),
        title: numbers.map((row) => say().evidence(row)).join(", "),
      },
      text,
    );
  });
  return make(
    "figure",
    { class: "answer" },
    make("figcaption", {}, say().yourAnswer),
    make("blockquote", {}, ...pieces),
  );
}
