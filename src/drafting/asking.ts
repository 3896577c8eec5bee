/** Words by which a line asks, wherever they stand in it. */
const ZH_ASKS =
  /怎么|怎样|什么|为何|如何|哪些|哪个|哪种|哪几|哪里|多大|多少|多久|几种|几个|区别|不同|异同|差异|优缺点|是否|有没有|能不能|要不要|会不会|吗$|呢$|怎么回事|关系$|请(?:你)?(?:分析|说明|解释|写出|给出|设计|实现|比较|简述|描述|估算|推导|谈谈)/u;
/** Requests at the beginning. */
const ZH_REQUESTS =
  /^(?:请|简述|简要|简单(?:介绍|说|讲|描述)|介绍|解释|说说|说一下|说明|谈谈|谈一谈|聊聊|描述|讲讲|讲一讲|讲一下|讲解|阐述|比较|对比|列举|举例|推导|手写|手推|分析|概述|总结一下|给出|设计一|实现一|证明|论述|论证|画出|写出|计算)/u;
const EN_ASKS =
  /^(?!(?:(?:design|name|list|state|outline|contrast) of\b|(?:write|compare|what|design|state|list|name|tell|if)-))(?:(?:can|could|would) you|what|how|why|when|which|who|where|whose|in what|in which|for what|to what|at what|explain|describe|discuss|compare|contrast|define|list|tell|give|name|outline|differentiate|distinguish|walk|illustrate|derive|implement|write|design|summari[sz]e|elaborate|briefly|state|mention|provide|prove|show|sketch|talk about|if|suppose|imagine|given)\b/iu;
/** Verbs that open a question only where no full stop ends it. */
const EN_VERBS = /^(?:is|are|do|does|did|can|could|should|would|will)\b.{3,200}[^.]$/iu;
const EN_INSIDE =
  /\b(?:differences? between|what is|what are|how (?:do|does|to)|pros and cons|advantages and)\b/iu;
const ENDS_ASKING = /[?？][\s"”’')）】\]*]{0,4}$/u;
const MIDDLE_ASKS = /[?？]/u;

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
  const words = text.trim().replace(/^["“「『']/u, "");
  if (ENDS_ASKING.test(words)) return true;
  if (/[:：]$/u.test(words)) return false;
  return (
    ZH_ASKS.test(words) ||
    ZH_REQUESTS.test(words) ||
    EN_ASKS.test(words) ||
    EN_VERBS.test(words) ||
    EN_INSIDE.test(words) ||
    (MIDDLE_ASKS.test(words) && !isWider(words, 119))
  );
}

const NAMES_TOPIC =
  /(?:作用|目的|原理|优缺?点|缺点|优势|劣势|流程|步骤|机制|思想|思路|含义|意义|好处|用途|场景|影响|原因|定义|概念|特点|方法|策略|技巧|实现|结构|过程|公式|推导|种类|类型|分类|演进|发展|对比|比较|选型|注意事项|代价|开销|风险|局限性?|瓶颈|必要性|重要性|本质|难点)$|^(?:the )?(?:(?:main|key|common|basic) )?(?:role|purpose|idea|principles?|(?:dis)?advantages?|drawbacks?|benefits?|limit(?:ation)?s|types|kinds|steps|stages|phases|causes?|effects?|uses?|trade-?offs?|costs?|risks?|impact|importance|meaning|mechanism|life ?cycle|workings?|comparison) (?:of|behind)\b(?! (?:this|these|the) (?:document|page|guide|note|article|repo))|\bvs\.?\s|\bversus\b/iu;
/** Whether a title names what an interviewer would ask about: 多头注意力的作用. */
export const namesTopic = (text: string): boolean => NAMES_TOPIC.test(text.trim()) && text.trim().length > 4;

/** Whether it ends with a question mark: the one sign that needs no number and no heading. */
export const endsAsking = (text: string): boolean => ENDS_ASKING.test(text.trim());
