import { make } from "./dom.ts";
import { clockTime } from "./locale.ts";
import type { Rich, SlackBlock, Text } from "./preview-blocks.ts";
import { dialect, type Setting, withEmoji } from "./preview-text.ts";
import { readMarkup } from "./slack-markup.ts";

const DAY_MS = 86_400_000;

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** A day as Slack writes it: in words where it is near. */
function dayText(at: number, now: number): string {
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(dialect(), { numeric: "auto" }).format(days, "day");
  }
  return new Intl.DateTimeFormat(dialect(), { dateStyle: "medium" }).format(at);
}

const timeText = (at: number, format: string, now: number): string =>
  format.replaceAll("{date_short_pretty}", dayText(at, now)).replaceAll("{time}", clockTime(at));

function markupNodes(markup: string, { now }: Setting): (Node | string)[] {
  return readMarkup(markup).map((mark) => {
    if (mark.kind === "bold") return make("strong", {}, withEmoji(mark.text));
    return mark.kind === "time"
      ? make("time", {}, timeText(mark.at, mark.format, now))
      : withEmoji(mark.text);
  });
}

/** A text object, in markup or plain. */
export const textNodes = ({ type, text }: Text, setting: Setting): (Node | string)[] =>
  type === "mrkdwn" ? markupNodes(text, setting) : [withEmoji(text)];

const runNode = ({ text = "", style }: Rich): Node | string => {
  const isBold = typeof style === "object" && style.bold === true;
  return isBold ? make("strong", {}, withEmoji(text)) : withEmoji(text);
};

const runs = ({ elements = [] }: Rich): (Node | string)[] => elements.map(runNode);

function richElement(element: Rich): HTMLElement {
  switch (element.type) {
    case "rich_text_list": {
      const items = (element.elements ?? []).map((item) => make("li", {}, ...runs(item)));
      return make(element.style === "ordered" ? "ol" : "ul", {}, ...items);
    }
    case "rich_text_quote":
      return make("blockquote", {}, ...runs(element));
    case "rich_text_preformatted":
      return make("pre", {}, ...runs(element));
    default:
      return make("div", { class: "rich-section" }, ...runs(element));
  }
}

export const richText = ({ elements = [] }: SlackBlock): HTMLElement =>
  make("div", { class: "rich" }, ...elements.map(richElement));
