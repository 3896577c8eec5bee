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

/** Sentences that lean on the one before and say little alone. */
const LEANS =
  /^(?:这(?:种|些|样|个|一|有助|可以|意味|会|使|就|也|是因为|是由于)?|它(?:们)?|因此|所以|从而|例如|比如|如此|同时|此外|另外|然而|但是?|不过|而且|并且|其中|也就是说|换句话说|即[，,]|this|these|those|it|they|its|such|however|therefore|thus|hence|as a result|consequently|for (?:example|instance)|additionally|moreover|furthermore|in addition|also|similarly|in (?:this|other) (?:way|words)|that is)(?:[\s,，、]|(?=\p{Script=Han}))/iu;
/** Sentences that only say that something follows. */
const ANNOUNCES =
  /(?:[:：]|(?:如下|以下(?:几|是|为|步骤|方面|方法|原因|因素)[^。]{0,30}|以下[^。]{0,14})[。.]?|(?:as follows|the following[^.]{0,60}|listed below|here are[^.]{0,60})[.]?)$/iu;
/** Paragraphs that sum up. */
const SUMS_UP =
  /^(?:综上(?:所述)?|总之|总的来说|总体(?:来说|而言|上)|总而言之|概括(?:来说|地说|起来)|简而言之|归纳起来|通过(?:这些|以上|上述)|in (?:summary|conclusion|short|brief)|to (?:sum up|summari[sz]e|conclude)|overall|all in all|tl;?dr)/iu;

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

/** Words in a language that writes them apart, or characters of one that does not. */
export const lengthOf = (text: string): number => (text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []).length;
