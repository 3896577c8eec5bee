/** A piece of text as Slack reads its markup; only what the bot writes is read. */
export type Mark =
  | { readonly kind: "text" | "bold"; readonly text: string }
  /** Milliseconds since 1970, and the tokens that say how it is written. */
  | { readonly kind: "time"; readonly at: number; readonly format: string };

const piece = /\*([^*\n]+)\*|<!date\^(\d+)\^([^^|<>]*)(?:\^[^|<>]*)?\|[^<>]*>|[^*<]+|[*<]/gu;

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const readMarkup = (markup: string): Mark[] =>
  [...markup.matchAll(piece)].map(([whole, strong, seconds, format]): Mark => {
    if (strong !== undefined) return { kind: "bold", text: unescaped(strong) };
    if (seconds !== undefined) return { kind: "time", at: Number(seconds) * 1000, format: format ?? "" };
    return { kind: "text", text: unescaped(whole) };
  });
