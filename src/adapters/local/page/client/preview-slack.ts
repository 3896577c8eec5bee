import { make } from "./dom.ts";
import { clockTime } from "./locale.ts";
import type { Blocks, SlackBlock } from "./preview-blocks.ts";
import type { Around } from "./preview-discord.ts";
import { controlElement } from "./preview-slack-controls.ts";
import { richText, textNodes } from "./preview-slack-text.ts";
import type { DrawnMessage } from "./preview-wire.ts";
import { words } from "./preview-words.ts";

function sectionElement({ text, fields = [], accessory }: SlackBlock, around: Around): HTMLElement {
  const root = make("div", { class: "section" });
  if (text !== undefined) root.append(make("div", { class: "section-text" }, ...textNodes(text, around)));
  if (fields.length > 0) {
    const cells = fields.map((field) => make("div", { class: "cell" }, ...textNodes(field, around)));
    root.append(make("div", { class: "cells" }, ...cells));
  }
  if (accessory !== undefined) root.append(controlElement(accessory, around.act));
  return root;
}

function imageElement(block: SlackBlock, { files }: DrawnMessage): HTMLElement {
  const alt = block.alt_text ?? "";
  const url = files.find(({ name }) => name === block.slack_file?.id)?.url ?? "";
  return make("img", { class: "picture", src: url, alt, title: alt });
}

function blockElement(block: SlackBlock, message: DrawnMessage, around: Around): HTMLElement {
  const { type, elements = [] } = block;
  switch (type) {
    case "header":
      return make(
        "h4",
        { class: "header" },
        ...(block.text === undefined ? [] : textNodes(block.text, around)),
      );
    case "section":
      return sectionElement(block, around);
    case "context":
      return make(
        "div",
        { class: "context" },
        ...elements.map((element) => make("span", {}, ...textNodes(element, around))),
      );
    case "actions":
      return make("div", { class: "actions" }, ...elements.map((each) => controlElement(each, around.act)));
    case "image":
      return imageElement(block, message);
    default:
      return richText(block);
  }
}

/** What an app's message or its page holds. */
function blocksElement(message: DrawnMessage, around: Around): HTMLElement {
  const { blocks } = message.body as Blocks;
  const inside = new Set(blocks.map(({ slack_file: file }) => file?.id));
  return make(
    "div",
    { class: "content" },
    ...blocks.map((block) => blockElement(block, message, around)),
    ...message.files
      .filter(({ name }) => !inside.has(name))
      .map(({ name, url }) =>
        make("a", { class: "file", href: url, download: name }, `${words().file}: ${name}`),
      ),
  );
}

/** A message in a channel, as Slack draws what the bot sent. */
export function messageElement(message: DrawnMessage, around: Around): HTMLElement {
  const { typed } = around;
  return make(
    "div",
    { class: message.ephemeral ? "message ephemeral" : "message" },
    typed === undefined
      ? null
      : make("div", { class: "used" }, make("strong", {}, words().you), ` ${words().used(typed)}`),
    message.ephemeral ? make("div", { class: "only-you" }, `◉ ${words().onlyYou}`) : null,
    make("div", { class: "avatar", "aria-hidden": "true" }, "R"),
    make(
      "div",
      { class: "author" },
      make("strong", {}, "Rehearsal"),
      make("span", { class: "app" }, words().app),
      make("span", { class: "when" }, clockTime(around.now)),
    ),
    blocksElement(message, around),
  );
}

/** The tab that a member has to themselves. */
export const pageElement = (page: DrawnMessage, around: Around): HTMLElement =>
  make("div", { class: "home" }, blocksElement(page, around));
