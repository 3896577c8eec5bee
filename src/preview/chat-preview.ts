import type { Command } from "#core/command";
import type { Completion } from "#core/completion";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import type { Action, Block, Form, Reply } from "#core/reply";
import { type Kept, keyIn, type Pressed, readPressed } from "#src/adapters/chat/pressed";
import type {
  Asked,
  DrawnMessage,
  PreviewDay,
  PreviewLook,
  Scene,
  Shown,
} from "#src/adapters/local/page/client/preview-wire";
import type { Preview } from "#src/adapters/local/page/preview";
import { momentsOf, namesIn, YOU } from "./day.ts";
import type { Sandbox } from "./sandbox.ts";

const DAY_MS = 86_400_000;

/** How a platform's adapter draws, and what it makes of what a member types and fills in. */
export interface Platform {
  messages(
    reply: Reply,
    locale: Locale,
  ): { readonly drawn: readonly DrawnMessage[]; readonly keep: readonly Kept[] };
  form(
    form: Form,
    command: Command | undefined,
    locale: Locale,
  ): { readonly drawn: unknown; readonly keep: readonly Kept[] };
  /** The page that a member has to themselves; absent where the platform has none. */
  page?(reply: Reply, locale: Locale): { readonly drawn: DrawnMessage; readonly keep: readonly Kept[] };
  /** What a command opens that was typed without options; null where it runs. */
  opening(command: Command, locale: Locale): Form | null;
  /** What was typed as a command and what stands behind it; null where it is none. */
  typed(line: string): { readonly command: string; readonly text: string } | null;
  /** What a menu offers for what was typed into it. */
  offered(
    completions: readonly Completion[],
    typed: string,
    locale: Locale,
  ): readonly { readonly label: string; readonly value: string }[];
  /** What was filled into a form, as the command's options. */
  filled(
    command: Command | undefined,
    fields: Readonly<Record<string, string>>,
  ): Readonly<Record<string, unknown>>;
}

export const dataUrl = (name: string, data: Buffer): string =>
  `data:${name.endsWith(".png") ? "image/png" : "text/plain;charset=utf-8"};base64,${data.toString("base64")}`;

const formIn = ({ blocks }: Reply): Form | null => {
  const block = blocks.find((each): each is Extract<Block, { kind: "form" }> => each.kind === "form");
  return block?.form ?? null;
};

/** A platform's adapter before a scratch team: what it would send, and what its buttons do. */
export class ChatPreview implements Preview {
  readonly #platform: Platform;
  readonly #sandbox: Sandbox;
  #before: Promise<unknown> = Promise.resolve();

  constructor(platform: Platform, sandbox: Sandbox) {
    this.#platform = platform;
    this.#sandbox = sandbox;
  }

  async #keep(texts: readonly { readonly key: string; readonly text: string }[]): Promise<void> {
    const { store, clock } = this.#sandbox.services;
    const now = clock.now();
    for (const { key, text } of texts) {
      await store.keepAction(this.#sandbox.tenant, key, text, now, now + DAY_MS);
    }
  }

  async #messages(replies: readonly Reply[], { locale }: PreviewLook): Promise<Shown> {
    const all = replies.map((reply) => this.#platform.messages(reply, locale));
    await this.#keep(all.flatMap(({ keep }) => keep));
    return { kind: "messages", messages: all.flatMap(({ drawn }) => drawn) };
  }

  async #form(form: Form, { locale }: PreviewLook): Promise<Shown> {
    const command = this.#sandbox.command(form.action.command);
    const { drawn, keep } = this.#platform.form(form, command, locale);
    await this.#keep(keep);
    return { kind: "form", form: drawn };
  }

  /** The member's own page as it is after the day. */
  async #page({ locale }: PreviewLook): Promise<Scene[]> {
    const drawn = this.#platform.page?.(await this.#sandbox.home(YOU, locale), locale);
    if (drawn === undefined) return [];
    await this.#keep(drawn.keep);
    return [{ title: messagesFor(locale).preview.page, shown: { kind: "page", page: drawn.drawn } }];
  }

  /** One day at a time: each is played by a new team. */
  day(look: PreviewLook): Promise<PreviewDay> {
    const day = this.#before.then(() => this.#play(look));
    this.#before = day.catch(() => {});
    return day;
  }

  async #play(look: PreviewLook): Promise<PreviewDay> {
    const say = messagesFor(look.locale).preview;
    const moments = await momentsOf(this.#sandbox, look);
    const scenes: Scene[] = [];
    for (const { title, typed, replies, form } of moments) {
      const shown = form === undefined ? await this.#messages(replies, look) : await this.#form(form, look);
      scenes.push({ title: say.scene[title], ...(typed === undefined ? {} : { typed }), shown });
    }
    scenes.push(...(await this.#page(look)));
    return { scenes, names: namesIn(look.locale), now: this.#sandbox.services.clock.now() };
  }

  /** What an id or a value stands for, kept or not. */
  async #read(text: string): Promise<Pressed> {
    const key = keyIn(text);
    const { store, clock } = this.#sandbox.services;
    const whole = key === null ? text : await store.keptAction(this.#sandbox.tenant, key, clock.now());
    const pressed = whole === null ? null : readPressed(whole);
    if (pressed === null) throw new Refusal((say) => say.preview.stale);
    return pressed;
  }

  async #run({ command, options }: Action, look: PreviewLook, wantsForm: boolean): Promise<Shown> {
    const input = { kind: "typed" as const, options };
    const known = this.#sandbox.command(command);
    const early = known?.form?.(parseOptions(known, input), look.locale) ?? null;
    if (early !== null) return this.#form(early, look);
    const { reply } = await this.#sandbox.ask(command, input, { member: YOU, ...look });
    const form = wantsForm || reply.blocks.length === 1 ? formIn(reply) : null;
    const shown = [reply, ...this.#sandbox.stage.take()];
    return form === null ? this.#messages(shown, look) : this.#form(form, look);
  }

  async #value(text: string): Promise<string> {
    const key = keyIn(text);
    const { store, clock } = this.#sandbox.services;
    return key === null ? text : ((await store.keptAction(this.#sandbox.tenant, key, clock.now())) ?? "");
  }

  async #typed(line: string, look: PreviewLook): Promise<Shown> {
    const typed = this.#platform.typed(line.trim());
    if (typed === null) throw new Refusal((say) => say.preview.noCommand);
    const { command, text } = typed;
    const known = this.#sandbox.command(command);
    const opening = text === "" && known !== undefined ? this.#platform.opening(known, look.locale) : null;
    if (opening !== null) return this.#form(opening, look);
    const { reply } = await this.#sandbox.ask(command, { kind: "text", text }, { member: YOU, ...look });
    const form = reply.blocks.length === 1 ? formIn(reply) : null;
    const shown = [reply, ...this.#sandbox.stage.take()];
    return form === null ? this.#messages(shown, look) : this.#form(form, look);
  }

  async act(asked: Asked, look: PreviewLook): Promise<Shown> {
    if (asked.kind === "command") return this.#typed(asked.text, look);
    if (asked.kind === "suggest") {
      const completions = await this.#sandbox.complete(asked.id, asked.text, look.locale);
      return { kind: "options", options: this.#platform.offered(completions, asked.text, look.locale) };
    }
    const pressed = await this.#read(asked.id);
    if (asked.kind === "send") {
      if (pressed.kind !== "send") throw new Refusal((say) => say.preview.stale);
      const filled = this.#platform.filled(this.#sandbox.command(pressed.action.command), asked.fields);
      const options = { ...pressed.action.options, ...filled };
      return this.#run({ ...pressed.action, options }, look, false);
    }
    switch (pressed.kind) {
      case "run":
        return this.#run(pressed.action, look, false);
      case "form":
        return this.#run(pressed.action, look, true);
      case "choice": {
        const values = await Promise.all(asked.values.map((value) => this.#value(value)));
        const picked = pressed.multiple ? values : values[0];
        const options = { ...pressed.action.options, [pressed.option]: picked };
        return this.#run({ ...pressed.action, options }, look, false);
      }
      case "pick": {
        const [value = ""] = asked.values;
        const chosen = await this.#read(value);
        if (chosen.kind !== "run") throw new Refusal((say) => say.preview.stale);
        return this.#run(chosen.action, look, false);
      }
      case "send":
        throw new Refusal((say) => say.preview.stale);
    }
  }
}
