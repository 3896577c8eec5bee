import type { Line } from "./line.ts";

/** What pages print around their articles. */
const PAGE_WORDS =
  /点赞|收藏|一键|评论|转发|分享到|打赏|红包|钱包|余额|支付|充值|扫码|登录|注册|关注|粉丝|公众号|举报|广告|VIP|专栏|抵扣|领取|博主|版权声明|阅读全文|展开阅读|上一篇|下一篇|热门推荐|相关推荐|浏览量?|阅读量|回复|收起|发布于|编辑于|添加|\b(?:likes?|shares?|subscribe|follow(?:ers?)?|comments?|sign (?:in|up)|log ?in|cookies?|newsletter|advertisement|sponsored|claps?|min read|repl(?:y|ies)|upvotes?|related (?:posts|articles)|all rights reserved|privacy policy|terms of (?:use|service)|read more|back to top|previous post|next post|bookmark|report|copy link)\b/iu;
const BARE_NUMBER = /^[\d\s.,:/kKwW万+%-]{1,12}$/u;
const WINDOW = 14;
const FEWEST_LINES = 5;
const SHORT = 20;
const SHARE_SHORT = 0.7;
const FEWEST_SIGNS = 3;

const isSign = ({ text, kind }: Line): boolean =>
  kind !== "code" && (BARE_NUMBER.test(text) || (text.length <= 40 && PAGE_WORDS.test(text)));

/**
 * Where the page's own words begin among the lines of an answer: the first of a run of short lines with several counts,
 * buttons or prices. Null where there are none.
 *
 * @param lines those from the head on, in order
 */
export function furnitureStart(lines: readonly Line[]): number | null {
  const filled = lines.flatMap((line, at) => (line.kind === "blank" ? [] : [{ line, at }]));
  for (const [place, { line, at }] of filled.entries()) {
    if (place === 0 || !isSign(line)) continue;
    const window = filled.slice(place).filter((entry) => entry.at < at + WINDOW);
    if (window.length < FEWEST_LINES) continue;
    const short = window.filter((entry) => [...entry.line.text].length <= SHORT).length;
    const signs = window.filter((entry) => isSign(entry.line)).length;
    if (short / window.length > SHARE_SHORT && signs >= FEWEST_SIGNS) return at;
  }
  return null;
}

/** Where others reply to a post: 2楼, #3, Anna wrote:. */
const REPLY =
  /^(?:\d{1,4}\s?[楼樓]\b|\d{1,4}[楼樓](?:\s|[:：]|$)|(?:沙发|板凳|地板)(?:\s|$)|(?:reply|comment) (?:by|from) \S|.{1,30} (?:wrote|commented|replied):$|.{0,20}回复\s?.{1,20}[:：])/iu;

/** Where the replies to a post begin below it; null where there are none. */
export function repliesStart(lines: readonly Line[]): number | null {
  const at = lines.findIndex((line, place) => place > 0 && line.kind !== "code" && isReply(line));
  return at < 0 ? null : at;
}

const isReply = ({ marker, text }: Line): boolean =>
  REPLY.test(text) || (marker?.value != null && REPLY.test(`${marker.value}${text}`));

/** What an author or a page says to its readers behind the last answer. */
const FAREWELL =
  /(?:thanks?|thank you)(?: so much| very much)? (?:for|to) (?:reading|everyone|watching|visiting|your)|hope (?:you|this|it)[^.]{0,40}(?:helps?|helpful|useful|enjoy|found)|found (?:this|it)[^.]{0,30}(?:useful|helpful|interesting)|(?:follow|connect with|reach out to|contact|find) me\b|follow (?:us|@)|buy me a coffee|support (?:my|our|the author|this)|(?:leave|give|drop)[^.]{0,20}(?:star|like|comment|clap)|(?:star|fork) (?:this|the|our) repo|part (?:two|three|2|3) (?:is )?coming|next (?:part|post|article|week|lecture|session|time)\b|(?:slides|recording)s? (?:are|is|and|on|at)\b|see (?:you|the course page)|下周(?:见|继续)?|课后作业|(?:happy|good luck)[^.]{0,20}(?:interview|learning|coding|prep)|last (?:edited|updated|modified)|end of (?:file|document|part|page)|all rights reserved|©|this (?:repo|repository) (?:contains|is)|感谢(?:阅读|观看|大家|你的)|谢谢(?:阅读|观看|大家|你的)|点个?(?:赞|在看|关注)|一键三连|求(?:关注|点赞|收藏)|欢迎(?:关注|点赞|收藏|转发|留言|评论|补充|指正|大家)|(?:关注|收藏)(?:我|一下|起来|不迷路)|建议收藏|下(?:一)?(?:期|篇|节|次)(?:再见|见|继续|预告)|未完待续|(?:全文|本文)(?:完|结束)|到此(?:结束|为止)|就到这里|如有(?:错误|侵权|疑问)|侵(?:权)?(?:联系)?(?:必)?删|转载请|(?:面试|会议|访谈)结束|祝(?:大家|你|各位)/iu;
/** Lines of marks only: tags, addresses, counts with their pictograms, where and when it was posted. */
const MARKS =
  /^(?:(?:[#＃][^\s#＃]{1,30}[\s#＃]*){1,20}|[-—–=*~_\s]{2,}(?:end|完|eof|fin)[^\p{L}]*|(?:\p{L}{1,16}\s?[:：]\s?)?(?:https?:\/\/|www\.|[a-z0-9.-]{3,40}\.(?:com|org|net|io|cn|dev)\b)\S{0,200}|(?:编辑|发布|更新|发表)(?:于|时间)?[:：]?\s?[\d-].{0,30}|共\s?\d+\s?条?(?:评论|回复|讨论)|(?:\p{Extended_Pictographic}|\uFE0F|[\s·|,，•])*(?:\d[\d.,kKwW万]{0,8}\s?(?:claps?|responses?|likes?|views?|comments?|shares?|reads?|stars?|赞|评论|收藏|阅读|浏览|回复|分享)(?:\p{Extended_Pictographic}|\uFE0F|[\s·|,，•])*){1,5})$/iu;

/** Whether a line says goodbye, asks for applause, or is a tag, an address or a count. */
const isFarewell = ({ text, kind }: Line): boolean =>
  kind !== "code" && text.length <= 300 && (FAREWELL.test(text) || MARKS.test(text.trim()));

/** A remark in parentheses or dashes that fills its line. */
const isAside = ({ text }: Line): boolean =>
  /^(?:[（(][^（）()]{1,80}[）)]|[-—–]{2,}\s.{1,100}\s[-—–]{2,})[。.]?$/u.test(text.trim());

/**
 * Where what is said to readers begins behind the last answer; null where nothing is. From there on everything is the
 * page's, however it is worded.
 *
 * @param lines those of a question, its head included, in order
 * @param isLast whether no other question follows: then a remark in parentheses at the end is one on all of them
 */
export function farewellStart(lines: readonly Line[], isLast: boolean): number | null {
  let start: number | null = null;
  for (let at = lines.length - 1; at > 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.kind === "blank" || line.kind === "furniture") continue;
    if (
      isFarewell(line) ||
      (isAside(line) && start !== null) ||
      (isLast && start === null && isAside(line) && isApart(lines, at))
    )
      start = at;
    else if (start === null || !isPrompt(line)) break;
    else start = at;
  }
  return start;
}

/** Whether it stands alone, or last behind a line that ends as one. */
const isApart = (lines: readonly Line[], at: number): boolean =>
  lines.slice(at + 1).every(({ kind }) => kind === "blank" || kind === "furniture");

/** Words that point a reader somewhere: 👉 …, — a name. */
const isPrompt = ({ text }: Line): boolean => /^(?:👉|➡|→|[—–]\s?\S{1,20}(?:\s\S{1,20})?$)/u.test(text);

/** What is noted about a question or a page, and is no answer: who asked it where, how hard it is, what a picture shows. */
const NOTES =
  /^(?:【?(?:难度|考察点|考点|考察|来源|出处|标签|分类|类别|频率|热度|星级|公司|岗位|作者|编辑|审核|链接|原文(?:链接)?|转载自?|本文(?:由|链接|首发|作者).{0,4}|时间|日期|发布时间|更新时间|配图|图片来源|关键词|相关题目|所属.{1,6})】?\s?[:：].{0,160}|(?:difficulty|tags?|source|category|level|frequency|topics?|company|asked (?:at|by|in)|author|posted (?:by|on)|published|updated|date|credits?|photo by|image|keywords|reading time|time)\s?[:：].{0,160}|(?:图|表|figure|fig\.|table)\s?\d{1,3}(?:[.-]\d{1,3})?\s?[:：.、].{0,160}|(?:被?(?:浏览|阅读|关注者?|赞同|收藏|喜欢|评论|分享|点赞|播放)(?:量|数|次数)?\s?[:：]?\s?[\d,.]{1,12}\s?[万wWkK]?(?:\s?[次人条])?[\s·|,，]*){1,6}|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?.{0,30}|(?:slides|recordings?|video|code|notebook)(?: and (?:slides|recordings?|video|code|notebook))?\s?[:：].{0,160})$/iu;
/** What is sold between answers. */
const PROMOTES =
  /广告位|招租|(?:课程|训练营|专栏|电子书|星球|社群)[^。]{0,16}(?:正在|限时|优惠|上线|开课|报名|打折|特价|招生)|限时(?:优惠|免费|特价)|优惠[码券]|点击(?:购买|报名|领取|下单)|limited[- ]time offer|\d{1,2}\s?% off|(?:discount|promo) code|enrol+ (?:now|today)/iu;
const ANSWER_LIKE = /^.{16,160}?[。.!！?？][^。.!！?？]{12,160}$/u;

/** A line that belongs to the page and not to the answer, wherever it stands. */
export const isPageLine = ({ text }: Line): boolean =>
  /^(?:\s|\p{Extended_Pictographic}|\u200D|\uFE0F|↥)*(?:back to top|回到顶部|返回(?:顶部|目录)|subscribe.{0,30}|repo link|点击(?:这里|此处|查看|关注).{0,20}|扫码.{0,20}|关注.{0,12}公众号.{0,20}|was this (?:page|article|post|answer) helpful.{0,20}|(?:这|本)(?:篇|页).{0,8}有(?:帮助|用)吗.{0,6}|(?:sponsored|advertisement|广告|推广)[:：].{0,200}|建议收藏.{0,20})[\s.。!！?？]*$/iu.test(
    text,
  ) ||
  MARKS.test(text.trim()) ||
  (text.length <= 160 && PROMOTES.test(text)) ||
  (NOTES.test(text.trim()) && !ANSWER_LIKE.test(text)) ||
  /^(?:TODO|待补充|待更新|未完待续|略|\[ \] TODO|coming soon)[.。…\s]*$/iu.test(text);
