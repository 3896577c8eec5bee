/** Direction marks and zero-width characters would reorder or hide the text around them; controls have no shape. */
const steering = /(?![\n\t])[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Text from anywhere as it may be shown. */
const plain = (text: string): string => text.replace(/\r\n?/g, "\n").replace(steering, "");

type Child = Node | string | null;

/** A new element; strings become text, never markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) {
    if (child !== null) element.append(typeof child === "string" ? plain(child) : child);
  }
  return element;
}

/** An element that the page's own markup holds. */
export function find<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${selector}`);
}

/** Sets an element's text only where it differs, so that nothing is announced twice. */
export function write(selector: string, text: string): void {
  const element = find(selector, HTMLElement);
  const shown = plain(text);
  if (element.textContent !== shown) element.textContent = shown;
}

/** Says something to people who do not see the page change. */
export function speak(text: string): void {
  find("#spoken", HTMLElement).textContent = plain(text);
}
