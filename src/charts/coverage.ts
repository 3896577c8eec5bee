/** Code points, from and to, that the small font was made with beside the Chinese characters. */
const blocks: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x370, 0x3ff],
  [0x2000, 0x206f],
  [0x2190, 0x2193],
  [0x2200, 0x22ff],
  [0x2460, 0x2473],
  [0x25a0, 0x25ff],
  [0x2700, 0x27bf],
  [0x3000, 0x303f],
  [0xff00, 0xffef],
];

/** The 3755 characters of GB 2312 level 1: rows B0 to D7, of which the last one ends early. */
function levelOne(): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xd7; row += 1) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1) bytes.push(row, cell);
  }
  return new Set(new TextDecoder("gbk", { fatal: true }).decode(Uint8Array.from(bytes)));
}

const common = levelOne();

/** Whether the small font has every character of a text; line breaks are drawn by none. */
export function isCommon(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const known = common.has(character) || blocks.some(([from, to]) => from <= code && code <= to);
    if (!known && character !== "\n") return false;
  }
  return true;
}
