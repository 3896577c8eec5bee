import type { Marker, MarkerStyle } from "./line.ts";

const CHINESE_DIGITS = "零一二三四五六七八九";

/** 一 to 九十九; null for anything else. */
function chineseNumber(text: string): number | null {
  const [tens, ones, ...more] = text.split("十");
  if (more.length > 0 || tens === undefined) return null;
  const digit = (word: string): number => CHINESE_DIGITS.indexOf(word);
  if (ones === undefined) return text.length === 1 && digit(text) > 0 ? digit(text) : null;
  const high = tens === "" ? 1 : digit(tens);
  const low = ones === "" ? 0 : digit(ones);
  return high > 0 && low >= 0 && tens.length <= 1 && ones.length <= 1 ? high * 10 + low : null;
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 };

/** I to LXXXIX; null for letters that are no such number. */
function romanNumber(text: string): number | null {
  if (!/^L?X{0,3}(?:X?L)?(?:I[XV]|V?I{0,3})$/u.test(text) || text === "") return null;
  const values = [...text].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

const CHINESE = "[一二三四五六七八九十]{1,3}";
const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/** What each looks like; the first group is the number. In the order in which they are tried. */
const looks: readonly (readonly [MarkerStyle, RegExp])[] = [
  [
    "asked",
    /^(?:Q|Question|Quiz|Ask|问题?|题目?|面试题|提问|考题)\s{0,2}(?:No\.?\s?|#|＃)?(\d{1,6})?\s{0,2}(?:[:：.、)）|｜-]|—|–)\s{0,4}/iu,
  ],
  ["asked", /^(?:Q|Question|问题|题目?|面试题)\s?(?:#|＃)?(\d{1,6})(?:\s{1,4}|$)/iu],
  ["asked", /^[【[［]\s?(?:Q|Question|问题?|题目?|面试题|考题)\s?(\d{1,6})?\s?[】\]］]\s?[:：.、]?\s{0,4}/iu],
  [
    "Case 1",
    /^(?:prompt|case|scenario|card|item|drill|exercise|challenge|puzzle|quiz|topic|练习|习题|例题|场景|案例|卡片|思考题|自测题?|真题|追问|follow-?up)\s?(?:No\.?\s?|#|＃)?(\d{1,3}(?:\.\d{1,3})?)(?:\s?[(（【[][^)）】\]]{1,24}[)）】\]])?(?:\s?[:：.、|—–]\s{0,4}|\s{1,4})(?=\S|$)/iu,
  ],
  [
    "第1",
    /^第\s?(\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?:[题问个条章节篇讲]|部分)\s{0,2}[:：.、，,]?\s{0,4}/u,
  ],
  ["asked", /^(?:最后|下|再来)一[题问](?:[^\s:：，,。]{1,8})?\s?[:：，,]\s{0,4}/u],
  ["1.1", /^(\d{1,3}(?:\.\d{1,3}){1,3})[.、)）]?(?![\d%])\s{0,4}/u],
  ["1、", /^(\d{1,6})、\s{0,4}/u],
  ["1 ", /^(?:#|＃|No\.\s?)(\d{1,6})[:：.、)]?\s{1,4}/iu],
  ["1)", /^[[［](\d{1,4})[\]］](?![(:])\s{0,4}/u],
  ["1.", /^(\d{1,6})[.．](?!\d)\s{0,4}/u],
  ["1)", /^(\d{1,4})(?:[)）]|\/\s)\s{0,4}/u],
  ["(1)", /^[(（]\s?(\d{1,4})\s?[)）][、.]?\s{0,4}/u],
  ["1 ", /^(\d{1,3})\s{1,4}(?=[\p{Lu}\p{Script=Han}])/u],
  ["一、", new RegExp(`^(${CHINESE})[、.．]\\s{0,4}`, "u")],
  ["(一)", new RegExp(`^[(（]\\s?(${CHINESE})\\s?[)）][、.]?\\s{0,4}`, "u")],
  ["①", new RegExp(`^([${CIRCLED}])[、.]?\\s{0,4}`, "u")],
  ["I.", /^([IVXL]{1,7})[.、)]\s{1,4}/u],
  ["(a)", /^[(（]\s?([a-zA-Z]|[ivx]{1,4})\s?[)）](?=[\s\p{Script=Han}])\s{0,4}/u],
  ["a)", /^([a-zA-Z])[.)）](?=\s)\s{0,4}/u],
];

const BULLET = /^(?:[•·●○◦▪■◆▶➢➤✓✅–—]|[*+-](?=\s))\s{0,4}/u;
/** A pictogram that some documents put before their numbers. */
const PICTURE = /^(?:(?:\p{Extended_Pictographic}|\u200D|\uFE0F|\p{Emoji_Modifier}){1,8}\s{0,2})/u;

function numberOf(style: MarkerStyle, number: string | undefined): number | null {
  if (number === undefined) return null;
  if (style === "①") return CIRCLED.indexOf(number) + 1;
  if (style === "I.") return romanNumber(number);
  if (style === "(a)" && number.length > 1) return romanNumber(number.toUpperCase());
  if (style === "a)" || style === "(a)") return (number.toLowerCase().codePointAt(0) ?? 96) - 96;
  const last = number.split(".").at(-1) ?? number;
  return /^\d+$/u.test(last) ? Number(last) : chineseNumber(last);
}

/** A line's marker and what stands behind it; a bullet before a number counts as the number's. */
export function readMarker(text: string): { readonly marker: Marker | null; readonly rest: string } {
  const pictured = PICTURE.exec(text)?.[0].length ?? 0;
  // A tick or a bullet can be a pictogram itself: only what a number follows is an ornament.
  for (const start of pictured > 0 ? [pictured, 0] : [0]) {
    const found = numbered(text.slice(start));
    if (found !== null) return found;
  }
  const bullet = BULLET.exec(text);
  if (bullet === null) return { marker: null, rest: text };
  const rest = text.slice(bullet[0].length);
  const inner = /^\d{1,3}\s(?=\S)/u.exec(rest);
  if (inner !== null)
    return {
      marker: { style: "1 ", value: Number(inner[0].trim()), depth: 1 },
      rest: rest.slice(inner[0].length),
    };
  return numbered(rest) ?? { marker: { style: "•", value: null, depth: 1 }, rest };
}

function numbered(text: string): { readonly marker: Marker; readonly rest: string } | null {
  for (const [style, look] of looks) {
    const match = look.exec(text);
    if (match === null) continue;
    const value = numberOf(style, match[1]);
    if (value === null && match[1] !== undefined) continue;
    return {
      marker: { style, value, depth: style === "1.1" ? (match[1] ?? "").split(".").length : 1 },
      rest: text.slice(match[0].length),
    };
  }
  return null;
}
