import { messagesFor } from "#core/messages/index";
import { parseOptions } from "#core/option-parsing";
import { Refusal } from "#core/refusal";
import type { Action, Block, Form, Reply } from "#core/reply";
import type { Services } from "#core/services";
import { keyIn, type Pressed, readCustomId } from "#src/adapters/discord/custom-id";
import { renderForm } from "#src/adapters/discord/form";
import { renderReply } from "#src/adapters/discord/render";
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
import { Sandbox } from "./sandbox.ts";

const DAY_MS = 86_400_000;

const dataUrl = (name: string, data: Buffer): string =>
  `data:${name.endsWith(".png") ? "image/png" : "text/plain;charset=utf-8"};base64,${data.toString("base64")}`;

const formIn = ({ blocks }: Reply): Form | null => {
  const block = blocks.find((each): each is Extract<Block, { kind: "form" }> => each.kind === "form");
  return block?.form ?? null;
};

/** Discord's adapter before a scratch team: what it would send, and what its buttons do. */
class DiscordPreview implements Preview {
  readonly #sandbox: Sandbox;
  #before: Promise<unknown> = Promise.resolve();

  constructor(sandbox: Sandbox) {
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
    const messages = replies.flatMap((reply) => renderReply(reply, { locale }));
    await this.#keep(messages.flatMap(({ keep }) => keep));
    return {
      kind: "messages",
      messages: messages.map(
        ({ body, files, ephemeral }): DrawnMessage => ({
          body,
          ephemeral,
          files: files.map(({ name, data }) => ({ name, url: dataUrl(name, data) })),
        }),
      ),
    };
  }

  async #form(form: Form): Promise<Shown> {
    const { modal, keep } = renderForm(form);
    await this.#keep(keep);
    return { kind: "form", form: modal };
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
      const shown = form === undefined ? await this.#messages(replies, look) : await this.#form(form);
      scenes.push({ title: say.scene[title], ...(typed === undefined ? {} : { typed }), shown });
    }
    return { scenes, names: namesIn(look.locale), now: this.#sandbox.services.clock.now() };
  }

  /** What an id or a value stands for, kept or not. */
  async #read(text: string): Promise<Pressed> {
    const key = keyIn(text);
    const { store, clock } = this.#sandbox.services;
    const whole = key === null ? text : await store.keptAction(this.#sandbox.tenant, key, clock.now());
    const pressed = whole === null ? null : readCustomId(whole);
    if (pressed === null) throw new Refusal((say) => say.preview.stale);
    return pressed;
  }

  async #run({ command, options }: Action, look: PreviewLook, wantsForm: boolean): Promise<Shown> {
    const input = { kind: "typed" as const, options };
    const known = this.#sandbox.command(command);
    const early = known?.form?.(parseOptions(known, input), look.locale) ?? null;
    if (early !== null) return this.#form(early);
    const { reply } = await this.#sandbox.ask(command, input, { member: YOU, ...look });
    const form = wantsForm || reply.blocks.length === 1 ? formIn(reply) : null;
    return form === null ? this.#messages([reply], look) : this.#form(form);
  }

  async #value(text: string): Promise<string> {
    const key = keyIn(text);
    const { store, clock } = this.#sandbox.services;
    return key === null ? text : ((await store.keptAction(this.#sandbox.tenant, key, clock.now())) ?? "");
  }

  async act(asked: Asked, look: PreviewLook): Promise<Shown> {
    if (asked.kind === "command") {
      const [, command, text = ""] = /^\/([\w-]+)\s*([\s\S]*)$/.exec(asked.text.trim()) ?? [];
      if (command === undefined) throw new Refusal((say) => say.preview.noCommand);
      const you = { member: YOU, ...look };
      const { reply } = await this.#sandbox.ask(command, { kind: "text", text }, you);
      const form = reply.blocks.length === 1 ? formIn(reply) : null;
      return form === null ? this.#messages([reply], look) : this.#form(form);
    }
    const pressed = await this.#read(asked.id);
    if (asked.kind === "send") {
      if (pressed.kind !== "send") throw new Refusal((say) => say.preview.stale);
      const options = { ...pressed.action.options, ...asked.fields };
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

/** @returns the preview, and what ends it with everything that was tried in it */
export async function openDiscordPreview(
  services: Services,
): Promise<{ readonly preview: Preview; close(): Promise<void> }> {
  const sandbox = await Sandbox.open(services);
  return { preview: new DiscordPreview(sandbox), close: () => sandbox.close() };
}
