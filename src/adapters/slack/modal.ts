import type { types } from "@slack/bolt";
import type { Command } from "#core/command";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { describeOptions } from "#core/options";
import type { Form, FormField, Reply } from "#core/reply";
import { beginningOf, plainText } from "#src/adapters/chat/plain-text";
import type { Kept } from "#src/adapters/chat/pressed";
import { SlackKeeping } from "./action-id.ts";
import type { SlackFile } from "./files.ts";
import { LIMITS } from "./limits.ts";
import { elementId, selectFor } from "./modal-choices.ts";
import { plainLabel } from "./mrkdwn.ts";
import { renderBlocks } from "./render.ts";
import type { Context } from "./render-part.ts";

/** A modal whose blocks are all known to the types, so that pictures can be put into them. */
type Modal = types.ModalView & { blocks: types.KnownBlock[] };

export interface DrawnForm {
  readonly view: Modal;
  /** To be written into the store before the form can be sent. */
  readonly keep: readonly Kept[];
}

/** What a submitted form's view is called; what to do with it stands in its `private_metadata`. */
const FORM = "form";

/** The block that takes an option: where Slack shows what is wrong with it. */
export const blockOf = (option: string): string => option.slice(0, LIMITS.blockId);

function textInput(field: FormField, command: string): types.PlainTextInput {
  const most = Math.max(1, Math.min(field.maxLength, LIMITS.inputLength));
  const value = beginningOf(plainText(field.value ?? ""), most);
  return {
    type: "plain_text_input",
    action_id: elementId(command, field.option).slice(0, LIMITS.actionId),
    multiline: field.multiline,
    max_length: most,
    placeholder: plainLabel(field.placeholder, LIMITS.placeholder),
    ...(value === "" ? {} : { initial_value: value }),
  };
}

function inputBlock(
  field: FormField,
  { action }: Form,
  command: Command | undefined,
  locale: Locale,
): types.InputBlock {
  const spec =
    command === undefined || field.multiline
      ? undefined
      : describeOptions(command.options).find(({ name }) => name === field.option);
  const select =
    command === undefined || spec === undefined ? null : selectFor(command, spec, field.value ?? "", locale);
  return {
    type: "input",
    block_id: blockOf(field.option),
    label: plainLabel(field.label, LIMITS.inputLabel),
    element: select ?? textInput(field, action.command),
    // What is filled in already may also be emptied.
    optional: field.value !== undefined,
  };
}

/**
 * A form as a modal. Its `private_metadata` reads as `send`; the id of a block is the option that it takes.
 *
 * @param command whose form it is: options of few words, of catalogues and of the platform then become menus
 * @throws Error for a form of more fields than a modal has blocks
 */
export function renderForm(
  form: Form,
  { locale, command }: { readonly locale: Locale; readonly command?: Command | undefined },
): DrawnForm {
  const { title, submit, fields, action } = form;
  if (fields.length > LIMITS.viewBlocks) throw new Error(`a form of /${action.command} has too many fields`);
  const keeping = new SlackKeeping();
  const view: Modal = {
    type: "modal",
    callback_id: FORM,
    private_metadata: keeping.value({ kind: "send", action }, LIMITS.privateMetadata),
    title: plainLabel(title, LIMITS.modalTitle),
    submit: plainLabel(submit, LIMITS.modalButton),
    close: plainLabel(messagesFor(locale).slackViews.cancel, LIMITS.modalButton),
    blocks: fields.map((field) => inputBlock(field, form, command, locale)),
  };
  return { view, keep: keeping.all };
}

/** A modal that only tells. */
const tellingView = (title: string, locale: Locale, blocks: readonly types.KnownBlock[]): Modal => ({
  type: "modal",
  callback_id: "told",
  title: plainLabel(title, LIMITS.modalTitle),
  close: plainLabel(messagesFor(locale).slackViews.close, LIMITS.modalButton),
  blocks: [...blocks],
});

/** What a form turns into when it was sent: the reply to it. Null where the reply is longer than a view. */
export function sentView(
  reply: Reply,
  { title, ...context }: Context & { readonly title: string },
): (DrawnForm & { readonly files: readonly SlackFile[] }) | null {
  const { blocks, files, keep, isWhole } = renderBlocks(reply, context);
  if (!isWhole || blocks.length === 0) return null;
  return { view: tellingView(title, context.locale, blocks), files, keep };
}

/** What a form turns into while its answer is being scored. */
export const waitingView = ({ locale, title }: { readonly locale: Locale; readonly title: string }) =>
  tellingView(title, locale, [
    { type: "section", text: plainLabel(messagesFor(locale).slackViews.scoring, LIMITS.sectionText) },
  ]);
