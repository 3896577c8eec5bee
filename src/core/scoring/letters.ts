import { Converter } from "opencc-js/t2cn";

/** Cyrillic and Greek letters that a person reads as Latin ones, in pairs: the look-alike, then what is read. */
const LOOK_ALIKES = "аaвbсcеeнhіiјjкkмmоoрpѕsтtуyхxԁdԛqԝwαaεeιiκkνvοoρpτtυuχxγyηn";

const LATIN_OF = new Map<number, number>();
for (let at = 0; at + 1 < LOOK_ALIKES.length; at += 2) {
  LATIN_OF.set(LOOK_ALIKES.charCodeAt(at), LOOK_ALIKES.charCodeAt(at + 1));
}

/** The Latin letter that a look-alike stands for, or undefined. */
export function readAsLatin(code: number): number | undefined {
  return LATIN_OF.get(code);
}

export function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

/** Han letters and the punctuation that is written with them: no blank means anything beside one. */
export function isWide(code: number): boolean {
  return isHan(code) || (code >= 0x3000 && code <= 0x30ff);
}

export function isLatinLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isWordCode(code: number): boolean {
  return isLatinLetter(code) || isDigit(code);
}

/** Zero-width, soft-hyphen, bidi, variation and tag characters: a person does not see them. */
export function isUnseen(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

/** Whether an unseen character hides text rather than joining an emoji. */
export function isHiding(code: number): boolean {
  return isUnseen(code) && code !== 0x200d && !(code >= 0xfe00 && code <= 0xfe0f);
}

let converter: ReturnType<typeof Converter> | undefined;
const SIMPLIFIED = new Map<number, number>();

/** One Traditional letter as Simplified; whatever has no single counterpart stays as it is. */
export function simplify(code: number): number {
  const known = SIMPLIFIED.get(code);
  if (known !== undefined) return known;
  // The converter takes tens of milliseconds to build, so the first answer pays for it, not the start-up.
  converter ??= Converter({ from: "t", to: "cn" });
  const simplified = converter(String.fromCharCode(code));
  const result = simplified.length === 1 ? simplified.charCodeAt(0) : code;
  SIMPLIFIED.set(code, result);
  return result;
}
