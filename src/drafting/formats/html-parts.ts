import type { DefaultTreeAdapterMap } from "parse5";

type Node = DefaultTreeAdapterMap["childNode"];
type Element = DefaultTreeAdapterMap["element"];
type Parent = DefaultTreeAdapterMap["parentNode"];

/** A tree deeper than this is no page: what lies deeper is not read. */
export const DEEPEST = 200;

/** Elements whose words nobody reads, or that stand around an article. */
export const UNREAD = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "iframe",
  "svg",
  "form",
  "button",
  "nav",
  "head",
  "select",
  "object",
  "embed",
]);
/** Elements that begin and end lines. */
export const BLOCKS = new Set([
  "p",
  "div",
  "section",
  "article",
  "main",
  "blockquote",
  "figure",
  "dd",
  "dt",
  "dl",
  "td",
  "th",
  "body",
  "html",
  "details",
  "summary",
  "center",
]);

export const isElement = (node: Node): node is Element => "tagName" in node;
export const childrenOf = (node: Node | Parent): readonly Node[] =>
  "childNodes" in node ? node.childNodes : [];
export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

/** What pages call the parts that stand around their articles. */
const AROUND_NAMES =
  /(?:^|[\s_-])(?:ads?|adverts?|advertisement|cookies?|consent|gdpr|comments?|disqus|related|recommend(?:ed|ations?)?|share|sharing|social|promo(?:tion)?|newsletter|subscribe|subscription|signup|sidebar|breadcrumbs?|menu|navbar|nav|topbar|toolbar|pagination|pager|popup|modal|banner|sponsor(?:ed|s)?|footer|copyright|meta|byline|author-(?:box|card|bio))(?:$|[\s_-])/iu;
/** A part with more of a page's words than this is no part around it, whatever it is called. */
const MOST_AROUND = 0.5;

/** How many characters a part of a page says. */
export const wordsIn = (parent: Parent, depth = 0): number =>
  depth > DEEPEST
    ? 0
    : childrenOf(parent).reduce(
        (sum, node) =>
          sum + ("value" in node ? node.value.trim().length : isElement(node) ? wordsIn(node, depth + 1) : 0),
        0,
      );

/** Whether an element is called by what stands around articles, and asks nothing that folds out. */
export function isAround(element: Element, all: number): boolean {
  if (element.tagName === "body" || element.tagName === "html" || /^h[1-6]$/u.test(element.tagName))
    return false;
  const name = `${attribute(element, "class") ?? ""} ${attribute(element, "id") ?? ""} ${attribute(element, "role") ?? ""}`;
  return AROUND_NAMES.test(name.replace(/([a-z])([A-Z])/gu, "$1-$2")) && wordsIn(element) < MOST_AROUND * all;
}

/** A button that folds out an answer is its question; other buttons are for doing something. */
export function asHeading(element: Element): void {
  const isFold =
    attribute(element, "aria-expanded") !== undefined || attribute(element, "aria-controls") !== undefined;
  if (element.tagName !== "button" || !isFold) return;
  const isInHeading =
    element.parentNode !== null &&
    "tagName" in element.parentNode &&
    /^h[1-6]$/u.test(element.parentNode.tagName);
  element.tagName = isInHeading ? "span" : "h4";
  element.nodeName = element.tagName;
}

/** What a list of definitions says of one term, where it says several things. */
export function definedInRow(parent: Parent): readonly Element[] {
  const row = childrenOf(parent).filter(isElement);
  const isDefined = (at: number): boolean => row[at]?.tagName === "dd";
  return row.filter((_, at) => isDefined(at) && (isDefined(at - 1) || isDefined(at + 1)));
}
