import { Refusal } from "#core/refusal";
import type { Line } from "#src/drafting/line";
import { linesOfHtml } from "./html.ts";
import { unpacksWithin } from "./zip-sizes.ts";

/** A document of words unpacks to less; more is a bomb. */
const MOST_UNPACKED = 100 * 1024 * 1024;
const MOST_ENTRIES = 5000;

/**
 * The words of a Word document as lines, numbered from 1: its headings, lists and paragraphs.
 *
 * @throws Refusal where it is no Word document, or unpacks to too much
 */
export async function readDocx(bytes: Buffer): Promise<readonly Line[]> {
  const isWithin = unpacksWithin(bytes, MOST_UNPACKED, MOST_ENTRIES);
  if (isWithin === null) throw new Refusal((say) => say.drafting.notWord);
  if (!isWithin) throw new Refusal((say) => say.drafting.bomb);
  const { default: mammoth } = await import("mammoth");
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: bytes },
      { convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
    );
    return linesOfHtml(value).map((line, at) => ({ ...line, number: at + 1 }));
  } catch (error) {
    throw new Refusal((say) => say.drafting.notWord, { cause: error });
  }
}
