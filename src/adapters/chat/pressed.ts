import { createHash } from "node:crypto";
import { z } from "zod";
import type { Action } from "#core/reply";

/**
 * What a component's id says that it does. Nobody's word: whoever can press can also forge, so the action goes
 * through dispatch as if the member had typed it.
 */
export type Pressed =
  /** A button: run the action. */
  | { readonly kind: "run"; readonly action: Action }
  /** A button: run the action, whose reply holds a form, and open that. */
  | { readonly kind: "form"; readonly action: Action }
  /** A form that was sent: run the action with each input's text under the input's id. */
  | { readonly kind: "send"; readonly action: Action }
  /** A menu: run the action with what was picked as `option`; a list where `multiple`. */
  | {
      readonly kind: "choice";
      readonly action: Action;
      readonly option: string;
      readonly multiple: boolean;
    }
  /** A menu whose values are ids like these. */
  | { readonly kind: "pick" };

/** A text that is too long for an id, and stands in the store under a key instead. */
export interface Kept {
  readonly key: string;
  readonly text: string;
}

const commandName = z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u);
const options = z.record(z.string().max(64), z.json());

/** Ids of one message must differ: the second of two that do the same carries a number. */
const twin = z.int().positive().optional();

/** Kind, command, options, and for menus the option and whether it takes several. */
const wireSchema = z.union([
  z.tuple([z.enum(["run", "form", "send"]), commandName, options, twin]),
  z.tuple([z.literal("choice"), commandName, options, z.string().max(64), z.boolean(), twin]),
  z.tuple([z.literal("pick"), twin]),
]);

/** The longest text that is read back, in UTF-16 code units. */
const MOST_KEPT = 20_000;
const KEY = /^=([\w-]{22})$/;

const wireOf = (pressed: Pressed): z.input<typeof wireSchema> => {
  if (pressed.kind === "pick") return ["pick"];
  // What is not JSON, like an absent option, is not in the id.
  const given = options.parse(JSON.parse(JSON.stringify(pressed.action.options)));
  const { command } = pressed.action;
  return pressed.kind === "choice"
    ? ["choice", command, given, pressed.option, pressed.multiple]
    : [pressed.kind, command, given];
};

/** The ids and values of one reply's components; texts that are too long for one are kept under keys. */
export class Keeping {
  readonly #most: number;
  readonly #prefix: string;
  readonly #kept = new Map<string, string>();
  readonly #used = new Set<string>();

  /**
   * @param most the longest id that the platform takes, in UTF-16 code units
   * @param prefix what stands before every id of a component, for the adapter itself
   */
  constructor(most: number, prefix = "") {
    this.#most = most;
    this.#prefix = prefix;
  }

  /** The texts to write into the store before the message is sent. */
  get all(): readonly Kept[] {
    return [...this.#kept].map(([key, text]) => ({ key, text }));
  }

  /** The text itself, or the sign of the key under which it is kept. The same text always has the same key. */
  shorten(text: string, most = this.#most): string {
    const stays = text.length <= most && text !== "" && text === text.trim();
    // A text that looks like a sign would be taken for one.
    if (stays && !KEY.test(text)) return text;
    const key = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    this.#kept.set(key, text);
    return `=${key}`;
  }

  /** The id of a component, which no other has that was asked for here. */
  id(pressed: Pressed): string {
    const wire = wireOf(pressed);
    const room = this.#most - this.#prefix.length;
    let id = this.value(pressed, room);
    for (let number = 1; this.#used.has(id); number += 1) {
      id = this.shorten(JSON.stringify([...wire, number]), room);
    }
    this.#used.add(id);
    return this.#prefix + id;
  }

  /** What a component does, as one of the values of a menu. */
  value(pressed: Pressed, most = this.#most): string {
    return this.shorten(JSON.stringify(wireOf(pressed)), most);
  }
}

/** The key that a short text stands for, or null where it is the text itself. */
export const keyIn = (text: string): string | null => KEY.exec(text)?.[1] ?? null;

/** What an id says, which came from outside; null where it is none of ours, or stands for a key. */
export function readPressed(id: string): Pressed | null {
  if (id.length > MOST_KEPT) return null;
  let json: unknown;
  try {
    json = JSON.parse(id);
  } catch {
    return null;
  }
  const wire = wireSchema.safeParse(json);
  if (!wire.success) return null;
  if (wire.data[0] === "pick") return { kind: "pick" };
  const [kind, command, given] = wire.data;
  const action = { command, options: given };
  if (kind !== "choice") return { kind, action };
  return { kind, action, option: wire.data[3], multiple: wire.data[4] };
}
