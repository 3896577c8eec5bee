import type { Line } from "./line.ts";

/** So many answers tell how a document sets them. */
const SAMPLE = 200;
/** Where more of the answers are mostly set so, it is how answers look there. */
const MOST = 0.34;

/** Ways in which remarks are set, and how much each tells. */
const WAYS = [
  { isSo: ({ quoted }: Line): boolean => quoted === true, weight: 0.75 },
  { isSo: ({ italic }: Line): boolean => italic === true, weight: 0.75 },
  { isSo: ({ undone }: Line): boolean => undone === true, weight: 2.5 },
] as const;

/** How much the way in which a line is set tells that it is a remark on its document, and no part of an answer. */
export type Setting = (line: Line) => number;

/** Whether answers of a document are set so themselves decides how much it tells there. */
export function settingIn(bodies: readonly (readonly Line[])[]): Setting {
  const said = bodies
    .slice(0, SAMPLE)
    .map((body) => body.filter(({ kind }) => kind === "text" || kind === "item"))
    .filter(({ length }) => length > 0);
  const telling = WAYS.filter(({ isSo }) => {
    const so = said.map((lines) => lines.filter(isSo).length / lines.length);
    return so.some((share) => share > 0) && so.filter((share) => share >= 0.5).length / said.length <= MOST;
  });
  return telling.length === 0
    ? () => 0
    : (line) => telling.reduce((sum, { isSo, weight }) => sum + (isSo(line) ? weight : 0), 0);
}
