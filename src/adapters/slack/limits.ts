/**
 * What Slack takes at most, in UTF-16 code units unless a name says otherwise (Slack counts characters, which are never
 * more). Read on 2026-11-26 in Slack's developer documentation (docs.slack.dev, the pages named beside the values) and
 * in the typings of @slack/types 3, which repeat it.
 */
export const LIMITS = {
  /** Reference, "Blocks": of a message; of a modal or a Home tab. */
  blocks: 50,
  viewBlocks: 100,
  /**
   * All blocks of a message together, as JSON. Undocumented: slackapi/bolt-js#2509 measured `msg_blocks_too_long` at
   * 13,297 characters of text and was told of "12,000 text characters"; #2867 met it with 11,341. JSON is longer than
   * any of what may be counted.
   */
  blocksJson: 12_000,
  /** A view as JSON; documented for none, refused by none far above this. */
  viewJson: 100_000,
  /** Methods, "chat.postMessage": best within 4,000. */
  messageText: 4000,
  /** Blocks, "Header", "Section", "Context", "Actions", "Image". */
  header: 150,
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  contextElements: 10,
  contextText: 3000,
  actionElements: 25,
  imageAlt: 2000,
  /** Block elements, "Button". */
  buttonText: 75,
  buttonValue: 2000,
  /** Of every interactive element and every block. */
  actionId: 255,
  blockId: 255,
  /** Block elements, "Select menu"; composition objects, "Option" (150 for a value since 2024; 75 before). */
  options: 100,
  optionText: 75,
  optionValue: 75,
  placeholder: 150,
  /** Surfaces, "Modals"; reference, "Views". */
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  callbackId: 255,
  /** Blocks, "Input"; block elements, "Plain-text input". */
  inputLabel: 2000,
  inputLength: 3000,
  /** Reference, "App manifest". */
  appName: 35,
  appDescription: 140,
  appLongDescription: 4000,
  botName: 80,
  slashCommands: 50,
  slashName: 32,
  slashDescription: 2000,
  usageHint: 1000,
  shortcuts: 10,
  shortcutName: 24,
  shortcutDescription: 150,
} as const;
