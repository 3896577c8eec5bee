/**
 * What Discord takes at most, in UTF-16 code units unless a name says otherwise (Discord counts characters, which are
 * never more). Read on 2026-11-26; the description's schemas are a floor, and where the prose is stricter it wins.
 *
 * @see discord/discord-api-spec, specs/openapi.json (schemas named beside the values)
 * @see Discord developer documentation, the pages named beside the values
 */
export const LIMITS = {
  /** Message resource, "Create Message": 2,000, though the schema says 4,000; IncomingWebhookRequest: 2,000. */
  content: 2000,
  /** Message resource, "Embed Limits"; RichEmbed, RichEmbedField, RichEmbedFooter. */
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  fieldName: 256,
  fieldValue: 1024,
  embedFooter: 2048,
  /** Titles, descriptions, names and values of fields, footers and authors of all embeds of a message together. */
  embedText: 6000,
  /** MessageAttachmentRequest, MessageCreateRequest. */
  attachments: 10,
  attachmentName: 1024,
  attachmentDescription: 1024,
  /** Reference, "Uploading Files": bytes of all files of a message where no member has boosted the server. */
  uploadBytes: 10 * 1024 * 1024,
  /** Component reference, "Action Row". */
  rows: 5,
  buttonsInRow: 5,
  /** ButtonComponentForMessageRequest. */
  buttonLabel: 80,
  customId: 100,
  /** StringSelectComponentForMessageRequest, StringSelectOptionForRequest. */
  selectOptions: 25,
  selectText: 100,
  selectPlaceholder: 150,
  /** ModalInteractionCallbackRequestData, TextInputComponentForModalRequest; rows: "Modals" in the component reference. */
  modalTitle: 45,
  modalRows: 5,
  inputLabel: 45,
  inputPlaceholder: 100,
  inputLength: 4000,
  /** CreateTextThreadWithMessageRequest. */
  threadName: 100,
  /** ApplicationCommandCreateRequest, ApplicationCommandStringOption, ApplicationCommandOptionStringChoice. */
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  /** Application commands, "Registering a Command": of one application and server. */
  slashCommands: 100,
  messageCommands: 15,
  /** Application commands, "Creating a command": names, descriptions, options and choices of one command together. */
  commandText: 8000,
} as const;
