/** Words by which a line asks, wherever they stand in it. */
const ZH_ASKS =
  /怎么|怎样|什么|为何|如何|哪些|哪个|哪种|哪几|哪里|多大|多少|多久|几种|几个|区别|不同|异同|差异|优缺点|是否|有没有|能不能|要不要|会不会|吗$|呢$|怎么回事|关系$/u;
/** Requests at the beginning. */
const ZH_REQUESTS =
  /^(?:请|简述|简要|简单(?:介绍|说|讲|描述)|介绍|解释|说说|说一下|说明|谈谈|谈一谈|聊聊|描述|讲讲|讲一讲|讲一下|讲解|阐述|比较|对比|列举|举例|推导|手写|手推|分析|概述|总结一下|给出)/u;
const EN_ASKS =
  /^(?:(?:can|could|would) you|what|how|why|when|which|who|where|whose|is|are|do|does|did|can|could|should|would|will|in what|in which|for what|to what|at what|explain|describe|discuss|compare|contrast|define|list|tell|give|name|outline|differentiate|distinguish|walk|illustrate|derive|implement|write|design|summari[sz]e|elaborate|briefly|state|mention|provide|talk about|if |suppose|imagine|given )/iu;
const EN_INSIDE =
  /\b(?:differences? between|what is|what are|how (?:do|does|to)|pros and cons|advantages and)\b/iu;
const ENDS_ASKING = /[?？][\s"”’')）】\]*]{0,4}$/u;
const MIDDLE_ASKS = /[?？]/u;

/** Headings that stand around questions and never are one. */
const FURNITURE_TITLES =
  /^(?:目录|目次|前言|序言?|引言|导读|参考(?:资料|文献|链接)?|参考与.{0,6}|延伸阅读|相关(?:阅读|文章|链接)|推荐阅读|致谢|更新(?:日志|记录)|版权.{0,8}|关于(?:作者|我们|本.{1,6})|联系.{0,6}|总结|小结|结语|后记|附录.{0,10}|table of contents|contents|toc|references?|further reading|related (?:posts?|articles?|links?)|resources?|license|contribut(?:ing|ors?)|acknowledge?ments?|about(?: the author| us)?|contact|changelog|newsletter.{0,20}|introduction|summary|conclusion|preface|appendix.{0,20}|support.{0,20}|sponsors?|star history|agenda|outline|overview|questions?|q ?& ?a|any questions|thanks?(?: you)?.{0,20}|the end|about me|further questions|议程|大纲|提纲|问答环节|提问(?:环节)?|谢谢.{0,8}|感谢.{0,8}|答疑)[:：?？!！.。]*$/iu;

/** Whether a text is wider than so many columns; East Asian characters count for two. */
function isWider(text: string, most: number): boolean {
  if (text.length > most) return true;
  let width = 0;
  for (let at = 0; at < text.length && width <= most; at += 1) width += text.charCodeAt(at) > 0x2e80 ? 2 : 1;
  return width > most;
}

/** Longer lines are answers, however they end. */
const WIDEST_QUESTION = 260;

/** Whether a line is short enough for a question. */
export const isShort = (text: string): boolean =>
  !isWider(text, WIDEST_QUESTION) && /[\p{L}\p{N}]/u.test(text);

/** Whether it is, and does not end like a sentence of an answer. */
export const mayAsk = (text: string): boolean => isShort(text) && !/[。；;，,]$/u.test(text);

/** Whether a line is worded as a question or as an interviewer's request. */
export function asks(text: string): boolean {
  const words = text.trim();
  if (ENDS_ASKING.test(words)) return true;
  if (/[:：]$/u.test(words)) return false;
  return (
    ZH_ASKS.test(words) ||
    ZH_REQUESTS.test(words) ||
    EN_ASKS.test(words) ||
    EN_INSIDE.test(words) ||
    (MIDDLE_ASKS.test(words) && !isWider(words, 119))
  );
}

const NAMES_TOPIC =
  /(?:作用|目的|原理|优缺?点|缺点|优势|劣势|流程|步骤|机制|思想|思路|含义|意义|好处|用途|场景|影响|原因|定义|概念|特点|方法|策略|技巧|实现|结构|过程|公式|推导|种类|类型|分类|演进|发展|对比|比较|选型|注意事项)$|^(?:the )?(?:role|purpose|idea|principle|advantages?|drawbacks?|benefits?|types|kinds|steps|causes?|effects?|use) of\b/iu;
/** Whether a title names what an interviewer would ask about: 多头注意力的作用. */
export const namesTopic = (text: string): boolean => NAMES_TOPIC.test(text.trim()) && text.trim().length > 4;

/** Whether it ends with a question mark: the one sign that needs no number and no heading. */
export const endsAsking = (text: string): boolean => ENDS_ASKING.test(text.trim());

/** What an interviewer or a page asks and nobody studies. */
const IDLE_QUESTIONS =
  /自我介绍|(?:想|要)问(?:我|我们)的|有(?:什么|没有)(?:其他)?(?:想|要)问|反问环节|期望薪资|薪资(?:期望|要求)|到岗|为什么离职|离职原因|看(?:其他|别的)机会|方便.{0,6}(?:面试|聊)|听得(?:到|清)|any questions for (?:me|us)|do you have (?:any )?questions|tell me about yourself|introduce yourself|salary expectation|when can you start|was this (?:page|article|post|answer|helpful)|did you find|(?:still )?have questions\?|need (?:more )?help\?|(?:这|本)(?:篇|个|页).{0,8}有(?:帮助|用)吗|对(?:你|您)有帮助吗|觉得.{0,6}有用吗|还有(?:其他|什么)?(?:问题|疑问)吗/iu;
export const isIdle = (text: string): boolean => IDLE_QUESTIONS.test(text);

export const isFurnitureTitle = (text: string): boolean => FURNITURE_TITLES.test(text.trim());
