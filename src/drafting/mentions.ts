/** What mentions somebody wherever a platform reads it: by id, or everybody at once. */
const MAY_MENTION = /[@<]/u;
const BY_ID =
  /<(?:@[!&]?|#)([A-Za-z0-9]{1,30})(?:\|[^<>|]{0,80})?>|<!(?:subteam\^[A-Z0-9]{1,30}\|)?@?([a-z-]{2,30})(?:[|^][^<>]{0,80})?>/gu;
/** Read as such wherever the letters stand. */
const EVERYBODY = /@(everyone|here)/giu;
const GROUP =
  /(?<![\p{L}\p{N}._@-])@(channel|all|team|on-?call|所有人|全体成员)(?![\p{Script=Latin}\p{N}-]|\.\p{L})/giu;

/**
 * A text in which nothing mentions anybody: `＠everyone`, `＠U123`. Letters that look wide are the same word to whoever
 * reads and grades it, and only that to a platform.
 */
export const withoutMentions = (text: string): string =>
  MAY_MENTION.test(text)
    ? text
        .replace(BY_ID, (whole, id?: string, group?: string) =>
          whole.startsWith("<#") ? `#${id}` : `＠${id ?? group}`,
        )
        .replace(EVERYBODY, "＠$1")
        .replace(GROUP, "＠$1")
    : text;
