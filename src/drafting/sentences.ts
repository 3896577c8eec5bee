/** Where a sentence ends: at a full stop of either script, but not inside 3.5, e.g. or an abbreviation. */
const ENDS = /(?<=[。！？!?])["”’』」）)]?\s*|(?<=[^\s.]{2}[.!?]["”’)]?)\s+(?=[\p{Lu}\p{Script=Han}"“(])/u;
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|etc|vs|cf|fig|eq|sec|no|al|approx|dr|mr|ms)\.)$/iu;

/** The sentences of a paragraph, whole: nothing between them is lost. */
export function sentencesOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const piece of text.split(ENDS)) {
    const words = piece.trim();
    if (words === "") continue;
    const last = parts.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) parts[parts.length - 1] = `${last} ${words}`;
    else parts.push(words);
  }
  return parts;
}

/** Sentences that say the one before once more: examples and other words. */
const LEANS =
  /^(?:例如|比如|譬如|换句话说|也就是说|换言之|即[，,]|这意味着|举个例子|for (?:example|instance)|that is|in other words|e\.g\.|this means)(?:[\s,，、:：]|(?=\p{Script=Han}))/iu;
/** Halves of a sentence that each say something. */
const HALVES = /(?<=[；;])\s*/u;
/** A half of fewer words goes with the other. */
const FEWEST_IN_HALF = 6;

/** The parts of a sentence that stand apart by a semicolon; the sentence itself where one of them says little. */
export function halvesOf(sentence: string): readonly string[] {
  const halves = sentence.split(HALVES).filter((half) => half.trim() !== "");
  return halves.every((half) => lengthOf(half) >= FEWEST_IN_HALF) ? halves : [sentence];
}

/** Sentences that only say that something follows. */
const ANNOUNCES =
  /(?:[:：]|(?:如下|以下(?:几|是|为|步骤|方面|方法|原因|因素)[^。]{0,30}|以下[^。]{0,14})[。.]?|(?:as follows|the following[^.]{0,60}|listed below|here are[^.]{0,60})[.]?)$/iu;
/** Paragraphs that sum up. */
const SUMS_UP =
  /^(?:综上(?:所述)?|总之|总的来说|总体(?:来说|而言|上)|总而言之|概括(?:来说|地说|起来)|简而言之|归纳起来|总结[一]?下?(?=[:：，,])|小结(?=[:：，,])|结论(?=[:：，,])|一句话(?:总结|概括)?(?=[:：，,])|划重点(?=[:：，,])|通过(?:这些|以上|上述)|in (?:summary|conclusion|short|brief)|to (?:sum up|summari[sz]e|conclude)|overall|bottom line|in a nutshell|takeaways?(?=:)|summary(?=:)|all in all|tl;?dr)/iu;

export const leans = (sentence: string): boolean => LEANS.test(sentence);
export const announces = (sentence: string): boolean => ANNOUNCES.test(sentence.trim());
export const sumsUp = (paragraph: string): boolean => SUMS_UP.test(paragraph.trim());
export const isSummaryTitle = (title: string): boolean =>
  /^(?:总结|小结|结语|结论|综述|summary|conclusions?|key takeaways?|wrap[- ]up|takeaways?)[:：]?$/iu.test(
    title.trim(),
  );
export const isDefinitionTitle = (title: string): boolean =>
  /^(?:定义|概念|是什么|简介|介绍|背景|definition|what (?:is|are) .{1,40}|background|introduction|overview)[:：]?$/iu.test(
    title.trim(),
  );

/** Whether a text says too little for a statement: a word, or three characters. */
export const isTooShort = (text: string): boolean =>
  /\p{Script=Han}/u.test(text) ? lengthOf(text) < 4 : lengthOf(text) < 2;

const OTHER = 1;
const LETTER = 2;
const CHINESE = 3;
/** What each character is, once one was seen: to ask a pattern takes long, and every text is counted several times. */
const kinds = new Uint8Array(0x10000);

function kindOf(character: string): number {
  if (/\p{Script=Han}/u.test(character)) return CHINESE;
  return /[\p{L}\p{N}]/u.test(character) ? LETTER : OTHER;
}

/** Words in a language that writes them apart, or characters of one that does not. */
export function lengthOf(text: string): number {
  let count = 0;
  let isInWord = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    let kind = kinds[code] ?? OTHER;
    if (code >= 0xd800 && code < 0xdc00) {
      kind = kindOf(text.slice(at, at + 2));
      at += 1;
    } else if (kind === 0) {
      kind = kindOf(text.charAt(at));
      kinds[code] = kind;
    }
    if (kind === OTHER) isInWord = false;
    else if (!isInWord) {
      count += 1;
      isInWord = kind === LETTER;
    }
  }
  return count;
}
