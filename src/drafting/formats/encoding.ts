import { Refusal } from "#core/refusal";

/** So many bytes tell what a file is. */
const SAMPLE = 64 * 1024;

/** A share of zero bytes at even or odd places that only UTF-16 of mostly Latin or Chinese text has. */
function utf16WithoutMark(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, SAMPLE);
  let even = 0;
  let odd = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.2 && even < half * 0.02) return "utf-16le";
  if (even > half * 0.2 && odd < half * 0.02) return "utf-16be";
  return null;
}

const startsWith = (bytes: Buffer, ...mark: number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/** A share of control characters that no text has. */
const MOST_CONTROLS = 0.002;

function isBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  const controls = sample.replace(/\s/gu, "").match(/[\p{Cc}\uFFFD]/gu)?.length ?? 0;
  return controls > Math.max(2, sample.length * MOST_CONTROLS);
}

const decoded = (bytes: Buffer, encoding: string, fatal: boolean): string | null => {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch (error) {
    // What is not valid in one encoding is tried in the next.
    if (error instanceof TypeError) return null;
    throw error;
  }
};

/** A text without what no reader sees and no store takes: zero bytes and other control characters, line ends aside. */
export const withoutControls = (text: string): string => text.replace(/(?!\s)\p{Cc}/gu, "");

/**
 * The text of a file in UTF-8, UTF-16 or GB 18030, with or without a byte order mark; control characters are left out.
 *
 * @throws Refusal where it is no text
 */
export function decodeText(bytes: Buffer): string {
  if (bytes.length === 0) throw new Refusal((say) => say.drafting.empty);
  const utf16 = startsWith(bytes, 0xff, 0xfe)
    ? "utf-16le"
    : startsWith(bytes, 0xfe, 0xff)
      ? "utf-16be"
      : startsWith(bytes, 0xef, 0xbb, 0xbf)
        ? null
        : utf16WithoutMark(bytes);
  const text =
    utf16 === null
      ? (decoded(bytes, "utf-8", true) ?? decoded(bytes, "gb18030", true) ?? decoded(bytes, "utf-8", false))
      : decoded(bytes, utf16, false);
  if (text === null || isBinary(text)) throw new Refusal((say) => say.drafting.binary);
  const clean = withoutControls(text);
  if (clean.trim() === "") throw new Refusal((say) => say.drafting.empty);
  return clean;
}
