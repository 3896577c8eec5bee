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

/** A line that belongs to the page and not to the answer, wherever it stands. */
export const isPageLine = ({ text }: Line): boolean =>
  /^(?:\s|\p{Extended_Pictographic}|\u200D|\uFE0F|↥)*(?:back to top|回到顶部|返回(?:顶部|目录)|subscribe.{0,30}|repo link|点击(?:这里|此处|查看|关注).{0,20}|扫码.{0,20}|关注.{0,12}公众号.{0,20})[\s.。!！]*$/iu.test(
    text,
  ) || /^(?:TODO|待补充|待更新|未完待续|略|\[ \] TODO|coming soon)[.。…\s]*$/iu.test(text);
