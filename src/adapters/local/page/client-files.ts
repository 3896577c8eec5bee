import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { askBeside } from "#src/beside";
import type { ClientModules } from "./client-modules.ts";

export interface ClientFile {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

export interface Client {
  /** Changes with anything that an old tab could be too old for. */
  readonly build: string;
  readonly files: ReadonlyMap<string, ClientFile>;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

const file = (type: string, text: string): ClientFile => ({
  type: `${type}; charset=utf-8`,
  text,
  etag: `"${hash(text)}"`,
});

/** Markup with `{{words}}` put in, which are ours. */
const filled = (shell: string, values: Readonly<Record<string, unknown>>): string =>
  shell.replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key] ?? ""));

/**
 * The modules as JavaScript: types stripped, no bundle.
 *
 * @param entry the module that the page begins with
 */
export const readClientModules = (entry = "/client/main.ts"): Promise<ClientModules> =>
  askBeside(new URL("./client-modules.ts", import.meta.url), entry);

/**
 * Everything that a browser loads, prepared once at the start.
 *
 * @param more what belongs to the build beside the files, like the list of commands
 * @param locale the language of the first visit
 * @param leadsTo what the page leads to: previews of platforms, and the review of drafts
 */
export function clientOf(
  { scripts, theme }: ClientModules,
  more: string,
  locale: Locale,
  {
    platforms = [],
    review = false,
  }: { readonly platforms?: readonly string[]; readonly review?: boolean } = {},
): Client {
  const styles = ["base", "question", "replies", "verdicts", "threads", "around", "screens"].map(
    (name) => [`/style/${name}.css`, read(`./style/${name}.css`)] as const,
  );
  const shell = read("./page.html");
  const build = hash([shell, theme, more, ...[...styles, ...scripts].flat()].join("\0"));
  const values: Readonly<Record<string, unknown>> = {
    ...messagesFor(locale).page,
    locale,
    build,
    content: review ? `<a href="/content" id="content-link">${messagesFor(locale).page.ownContent}</a>` : "",
    previews: platforms
      .map(
        (platform) =>
          `<a href="/preview/${platform}">${platform.replace(/^./, (letter) => letter.toUpperCase())}</a>`,
      )
      .join(" "),
    preloads: [...scripts.keys()].map((path) => `<link rel="modulepreload" href="${path}">`).join("\n    "),
  };
  const html = filled(shell, values);
  return {
    build,
    files: new Map([
      ["/", file("text/html", html)],
      ...styles.map(([path, text]) => [path, file("text/css", text)] as const),
      ["/client/theme.ts", file("text/javascript", theme)],
      ...[...scripts].map(([path, text]) => [path, file("text/javascript", text)] as const),
    ]),
  };
}

/** The stylesheets of a platform's preview beside the one of the page around it. */
const previewStyles: Readonly<Record<string, readonly string[]>> = {
  discord: ["preview-discord", "preview-discord-controls", "preview-glyphs"],
  slack: ["preview-slack", "preview-slack-controls", "preview-glyphs"],
};

/**
 * What a browser loads for previews; few look at one, so it is prepared when somebody does.
 *
 * @param platforms those that have one: each has a page of its own
 */
export async function readPreviewClient(
  platforms: readonly string[],
  locale: Locale,
): Promise<ReadonlyMap<string, ClientFile>> {
  const { scripts } = await readClientModules("/client/preview.ts");
  const say = messagesFor(locale);
  const shell = read("./preview.html");
  const stylesOf = (platform: string): readonly string[] => ["preview", ...(previewStyles[platform] ?? [])];
  const pages = platforms.map((platform) => {
    const styles = stylesOf(platform).map((name) => `<link rel="stylesheet" href="/style/${name}.css">`);
    const html = filled(shell, { ...say.page, ...say.preview, locale, styles: styles.join("\n    ") });
    return [`/preview/${platform}`, file("text/html", html)] as const;
  });
  const styles = new Set(platforms.flatMap(stylesOf));
  return new Map([
    ...pages,
    ...[...styles].map(
      (name) => [`/style/${name}.css`, file("text/css", read(`./style/${name}.css`))] as const,
    ),
    ...[...scripts].map(([path, text]) => [path, file("text/javascript", text)] as const),
  ]);
}

/** The stylesheets of the review: those of the page around it, of replies, and its own. */
const reviewStyles = [
  "base",
  "question",
  "replies",
  "verdicts",
  "around",
  "review",
  "review-point",
  "screens",
] as const;

/**
 * What a browser loads to review drafts; only editors do, so it is prepared when one looks.
 *
 * @param build of the page: the review sends what the page sends
 */
export async function readReviewClient(
  build: string,
  locale: Locale,
): Promise<ReadonlyMap<string, ClientFile>> {
  const { scripts } = await readClientModules("/client/review.ts");
  const styles = reviewStyles.map((name) => `<link rel="stylesheet" href="/style/${name}.css">`);
  const say = messagesFor(locale);
  const { light, dark } = say.page;
  const html = filled(read("./review.html"), {
    ...say.review,
    light,
    dark,
    build,
    locale,
    styles: styles.join("\n    "),
  });
  return new Map([
    ["/content", file("text/html", html)],
    ...["review", "review-point"].map(
      (name) => [`/style/${name}.css`, file("text/css", read(`./style/${name}.css`))] as const,
    ),
    ...[...scripts].map(([path, text]) => [path, file("text/javascript", text)] as const),
  ]);
}
