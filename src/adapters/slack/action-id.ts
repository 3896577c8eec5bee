import { z } from "zod";
import { Keeping } from "#src/adapters/chat/pressed";
import { LIMITS } from "./limits.ts";

/** The ids and values of one reply's or one form's components. */
export class SlackKeeping extends Keeping {
  #buttons = 0;

  constructor() {
    super(LIMITS.actionId);
  }

  /** Of a button only `value` says what it does: this one tells it from the others. */
  buttonId(): string {
    this.#buttons += 1;
    return `button-${this.#buttons}`;
  }
}

/**
 * What an element says that it does, or the key under which that is kept: for `keyIn` and `readPressed`. A button
 * carries it as its value, a menu as its id.
 */
export const pressedText = ({
  action_id: id,
  value,
}: {
  readonly action_id: string;
  readonly value?: string | undefined;
}): string => value ?? id;

const picked = z.object({ value: z.string() });

const pickedSchema = z
  .object({
    selected_option: picked.nullish(),
    selected_options: z.array(picked).max(LIMITS.options).nullish(),
    selected_conversation: z.string().nullish(),
    selected_channel: z.string().nullish(),
    selected_users: z.array(z.string()).max(LIMITS.options).nullish(),
    value: z.string().nullish(),
  })
  .transform((element) => {
    const one = element.selected_option?.value ?? element.selected_conversation ?? element.selected_channel;
    const several = element.selected_options?.map(({ value }) => value) ?? element.selected_users;
    return several ?? (one == null ? [] : [one]);
  });

/** What is picked in a menu of any kind, which came from outside; values may be keys of kept ones. */
export const pickedValues = (element: unknown): readonly string[] =>
  pickedSchema.safeParse(element).data ?? [];
