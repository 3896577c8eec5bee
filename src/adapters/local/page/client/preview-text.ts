import { type Line, type Piece, readLine, readMarkdown } from "./discord-markdown.ts";
import { make } from "./dom.ts";
import { locale } from "./locale.ts";
import { words } from "./preview-words.ts";

/** What a drawing needs beside the payload. */
export interface Setting {
  readonly names: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 at which the day was drawn. */
  readonly now: number;
}

export const dialect = (): string => (locale() === "zh" ? "zh-CN" : "en-GB");

function howFar(milliseconds: number): string {
  const { relative } = words();
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const text =
    minutes < 60
      ? relative.minutes(minutes)
      : minutes < 36 * 60
        ? relative.hours(Math.round(minutes / 60))
        : relative.days(Math.round(minutes / 1440));
  return milliseconds < 0 ? relative.ago(text) : relative.in(text);
}

/** An instant as Discord writes it for a reader in this browser's zone. */
function timeText(seconds: number, style: string, now: number): string {
  const at = seconds * 1000;
  if (style === "R") return howFar(at - now);
  return new Intl.DateTimeFormat(dialect(), { dateStyle: "long", timeStyle: "short" }).format(at);
}

const tags = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strike: "s",
  spoiler: "span",
} as const;

/** Emoji that the bot writes; drawn here, since not every machine has a font for them. */
const emoji: Readonly<Record<string, string>> = {
  "✅": "hit",
  "🟡": "partial",
  "⚠️": "contradict",
  "⬜": "miss",
  "🔹": "point",
  "📌": "pin",
  "⏳": "hourglass",
  "❄️": "freeze",
  "❌": "missed",
  "➖": "kept",
};

const anyEmoji = new RegExp(`(${Object.keys(emoji).join("|")})`, "u");

export const withEmoji = (text: string): Node | string => {
  const parts = text.split(anyEmoji);
  if (parts.length === 1) return text;
  const fragment = document.createDocumentFragment();
  for (const part of parts) {
    const name = emoji[part];
    fragment.append(
      name === undefined ? part : make("span", { class: `glyph ${name}`, role: "img", "aria-label": part }),
    );
  }
  return fragment;
};

function pieceElement(piece: Piece, setting: Setting): Node | string {
  switch (piece.kind) {
    case "text":
      return withEmoji(piece.text);
    case "code":
      return make("code", {}, piece.text);
    case "mention": {
      const name = setting.names[/\d+/.exec(piece.text)?.[0] ?? ""];
      return make("span", { class: "mention" }, `@${name ?? piece.text}`);
    }
    case "emoji":
    case "link":
      return make("span", { class: piece.kind }, piece.text);
    case "time":
      return make("time", {}, timeText(piece.seconds, piece.style, setting.now));
    case "bold":
    case "italic":
    case "underline":
    case "strike":
    case "spoiler":
      return make(tags[piece.kind], { class: piece.kind }, ...inline(piece.of, setting));
  }
}

const inline = (pieces: readonly Piece[], setting: Setting): (Node | string)[] =>
  pieces.map((piece) => pieceElement(piece, setting));

/** One line of markdown, as titles and names of fields are. */
export const lineNodes = (markdown: string, setting: Setting): (Node | string)[] =>
  inline(readLine(markdown), setting);

const classOf = ({ kind, mark }: Line): string => (kind === "heading" ? `heading h${mark.length}` : kind);

/** Lines of markdown; those of one quotation or one list stand together. */
export function textElement(markdown: string, setting: Setting): HTMLElement {
  const root = make("div", { class: "markdown" });
  for (const line of readMarkdown(markdown)) {
    const nodes = inline(line.of, setting);
    if (line.kind === "block") root.append(make("pre", {}, ...nodes));
    else if (line.kind === "item") {
      root.append(
        make(
          "div",
          { class: "item" },
          make("span", { class: "mark" }, line.mark.trim().replace(/^[-*]$/, "•")),
          make("span", {}, ...nodes),
        ),
      );
    } else root.append(make("div", { class: classOf(line) }, ...nodes));
  }
  return root;
}
