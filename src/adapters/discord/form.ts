import type { APIModalInteractionResponseCallbackData } from "discord.js";
import type { Form, FormField } from "#core/reply";
import { beginningOf, cutLine, plainText } from "#src/adapters/chat/plain-text";
import { Keeping, type Kept } from "#src/adapters/chat/pressed";
import { LIMITS } from "./limits.ts";
import { serverMark } from "./server-mark.ts";

export interface DrawnForm {
  readonly modal: APIModalInteractionResponseCallbackData;
  /** To be written into the store before the form can be sent. */
  readonly keep: readonly Kept[];
}

type Input = APIModalInteractionResponseCallbackData["components"][number];

function inputOf(field: FormField): Input {
  const most = Math.max(1, Math.min(field.maxLength, LIMITS.inputLength));
  const placeholder = cutLine(field.placeholder, LIMITS.inputPlaceholder);
  return {
    type: 1,
    components: [
      {
        type: 4,
        custom_id: field.option,
        style: field.multiline ? 2 : 1,
        label: cutLine(field.label, LIMITS.inputLabel) || "…",
        max_length: most,
        // What is filled in already may also be emptied.
        required: field.value === undefined,
        ...(placeholder === "" ? {} : { placeholder }),
        ...(field.value === undefined ? {} : { value: beginningOf(plainText(field.value), most) }),
      },
    ],
  };
}

/**
 * A form as a modal. Its id reads as `send`; the id of an input is the option that takes its text.
 *
 * @param server whose it is, where the place does not say so
 * @throws Error for a form of more fields than a modal has rows: its command has to ask in two steps
 */
export function renderForm({ title, fields, action }: Form, server?: string): DrawnForm {
  if (fields.length > LIMITS.modalRows) throw new Error(`a form of /${action.command} has too many fields`);
  const keeping = new Keeping(LIMITS.customId, serverMark(server));
  const modal = {
    custom_id: keeping.id({ kind: "send", action }),
    title: cutLine(title, LIMITS.modalTitle) || "…",
    components: fields.map(inputOf),
  };
  return { modal, keep: keeping.all };
}
