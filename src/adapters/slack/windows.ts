import type { Command } from "#core/command";
import type { Instant } from "#core/ids";
import type { Locale } from "#core/language";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import type { Action, Form } from "#core/reply";
import type { Input } from "#core/request";
import { troubleOf } from "./failure.ts";
import { renderForm } from "./modal.ts";
import { optionsForm } from "./modal-options.ts";
import type { Sending } from "./sending.ts";

/** A trigger is good for 3 s; what is asked for later comes too late. */
const TRIGGER_MS = 2700;

/** What a form in a window remembers of where it came from. */
const CALLBACK = /^from:([A-Za-z0-9]{1,40})$/;

/** The channel that a window was opened from; null where it was opened at home. */
export const channelOfWindow = (callbackId: string): string | null => CALLBACK.exec(callbackId)?.[1] ?? null;

/** The form that a command opens without reading anything; null where it opens none. */
export function formAtOnce(command: Command, input: Input, locale: Locale): Form | null {
  if (input.kind === "text" && input.text.trim() === "") {
    const form = optionsForm(command, locale);
    if (form !== null) return form;
  }
  if (command.form === undefined) return null;
  try {
    return command.form(parseOptions(command, input), locale);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What lets a window open, for three seconds. */
export interface Trigger {
  readonly id: string;
  /** When it was given, as far as that is known. */
  readonly at: Instant;
  readonly how: "open" | "push";
  /** Where the window is opened from; null for home. */
  readonly channel: string | null;
}

export interface WindowParts {
  readonly sending: Sending;
  readonly commands: readonly Command[];
  now(): Instant;
}

/** A form that was opened in time may be sent a little after the close. */
function timed(action: Action, at: Instant, commands: readonly Command[]): Action {
  const command = commands.find(({ name }) => name === action.command);
  const isTimed = command !== undefined && "opened" in command.options.shape;
  return isTimed ? { ...action, options: { ...action.options, opened: at } } : action;
}

/**
 * Opens a form as a window. `late` where its three seconds are over; nothing is to be said where another try of the
 * same press has opened it.
 */
export async function openForm(
  form: Form,
  trigger: Trigger,
  locale: Locale,
  { sending, commands, now }: WindowParts,
): Promise<"opened" | "late"> {
  if (now() - trigger.at > TRIGGER_MS) return "late";
  const action = timed(form.action, trigger.at, commands);
  const command = commands.find(({ name }) => name === action.command);
  const { view, keep } = renderForm({ ...form, action }, { locale, command });
  const callback = trigger.channel === null ? view.callback_id : `from:${trigger.channel}`;
  try {
    await sending.calls.openView(trigger.id, { ...view, callback_id: callback }, trigger.how);
  } catch (error) {
    if (troubleOf(error) !== "late") throw error;
    sending.log.info("a form came too late to be opened", { command: action.command });
    return "late";
  }
  // Nothing may come before the window; nobody can have filled it in yet.
  await sending.keep([{ keep }]);
  return "opened";
}
