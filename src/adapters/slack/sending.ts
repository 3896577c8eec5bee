import type { MemberId, TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";
import { keepAll } from "#src/adapters/chat/kept";
import type { Calls, Sendable } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import { type SlackFile, uploaded } from "./files.ts";
import type { Members } from "./members.ts";
import { membersIn, renderReply, type SlackMessage } from "./render.ts";

/** Slack takes 1 to 3 s to take a picture in, and refuses until then whatever shows it. */
const PICTURE_WAITS_MS = [500, 1000, 1500, 2000] as const;

/** A window with its pictures. */
interface Pictured {
  readonly view: { readonly blocks: SlackMessage["blocks"] };
  readonly files: SlackMessage["files"];
}

export interface SendingParts {
  readonly tenant: TenantId;
  readonly calls: Calls;
  readonly members: Members;
  readonly services: Pick<Services, "store" | "clock" | "log">;
}

export const sentence = (text: string): Reply => privateReply({ kind: "text", text });

/** Draws replies for one workspace and puts what they hold on Slack. */
export class Sending {
  readonly #parts: SendingParts;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  get calls(): Calls {
    return this.#parts.calls;
  }

  get log(): Services["log"] {
    return this.#parts.services.log;
  }

  /** The messages of a reply; what their buttons do is kept. */
  async draw(reply: Reply, locale: Locale): Promise<readonly SlackMessage[]> {
    const { tenant, members } = this.#parts;
    const named = membersIn(reply);
    const names = named.length === 0 ? undefined : await members.namesOf(tenant, named);
    const messages = renderReply(reply, { locale, ...(names === undefined ? {} : { names }) });
    await this.keep(messages);
    return messages;
  }

  /** The same; what cannot be drawn is a defect of ours, for which the member reads one sentence. */
  async drawOrApologise(reply: Reply, locale: Locale, id: string): Promise<readonly SlackMessage[]> {
    try {
      return await this.draw(reply, locale);
    } catch (error) {
      this.log.error("a reply could not be drawn", error, { submission: id });
      return renderReply(sentence(messagesFor(locale).dispatch.failed(id)), { locale });
    }
  }

  async keep(drawn: readonly Pick<SlackMessage, "keep">[]): Promise<void> {
    const { tenant, services } = this.#parts;
    await keepAll(
      tenant,
      drawn.flatMap(({ keep }) => keep),
      services,
    );
  }

  /** The ids of pictures on Slack, in order; null for one that Slack did not take: its words stand in its place. */
  async #upload(files: readonly SlackFile[]): Promise<readonly (string | null)[]> {
    const ids: (string | null)[] = [];
    for (const file of files) {
      if (file.kind !== "picture") continue;
      try {
        ids.push(await this.calls.upload(file));
      } catch (error) {
        this.log.warn("a picture could not be put on Slack", {
          trouble: troubleOf(error),
          reason: String(error),
        });
        ids.push(null);
      }
    }
    return ids;
  }

  /**
   * Blocks with their pictures on Slack, handed to whatever sends them; again where Slack has not taken the pictures in
   * yet, and without them where it never does.
   */
  async withPictures<Result>(
    { blocks, files }: Pick<SlackMessage, "blocks" | "files">,
    send: (blocks: Sendable["blocks"]) => Promise<Result>,
  ): Promise<Result> {
    const ids = await this.#upload(files);
    for (let tries = 0; ; tries += 1) {
      try {
        return await send(uploaded(blocks, ids));
      } catch (error) {
        const isPictured = ids.some((id) => id !== null);
        if (!isPictured || troubleOf(error) !== "refused") throw error;
        const wait = PICTURE_WAITS_MS[tries];
        if (wait === undefined) {
          this.log.warn("a message was sent without its pictures", { reason: String(error) });
          return send(uploaded(blocks, []));
        }
        await this.calls.waitBriefly(wait);
      }
    }
  }

  /**
   * The same for a window that has to be there at once: first with words for its pictures, which come after.
   *
   * @param isLast whether nothing else was shown in the window since
   */
  async windowWithPictures(
    { view, files }: Pictured,
    show: (view: unknown) => Promise<void>,
    isLast: () => boolean,
  ): Promise<void> {
    const isPictured = files.some(({ kind }) => kind === "picture");
    await show({ ...view, blocks: uploaded(view.blocks, []) });
    if (!isPictured) return;
    try {
      await this.withPictures({ blocks: view.blocks, files }, async (blocks) => {
        if (isLast()) await show({ ...view, blocks });
      });
    } catch (error) {
      // The words are there, or the window was closed.
      this.log.info("a window stays without its pictures", { trouble: troubleOf(error) });
    }
  }

  /** Shares the texts that belong to a message as files, where its readers are. */
  async shareFiles({ files }: SlackMessage, channel: string, thread?: string): Promise<void> {
    for (const file of files) if (file.kind === "text") await this.calls.upload(file, { channel, thread });
  }

  /** Sends messages to one member alone. Null where Slack does not let us. */
  async directly(
    member: MemberId,
    messages: readonly SlackMessage[],
  ): Promise<{ readonly channel: string; readonly ids: readonly string[] } | null> {
    let channel: string = member;
    const ids: string[] = [];
    try {
      for (const message of messages) {
        const sent = await this.withPictures(message, (blocks) =>
          this.calls.post(channel, { text: message.text, blocks }),
        );
        channel = sent.channel;
        ids.push(sent.ts);
        await this.shareFiles(message, channel);
      }
      return { channel, ids };
    } catch (error) {
      this.log.error("a direct message could not be sent", error);
      return ids.length === 0 ? null : { channel, ids };
    }
  }

  /** The texts of a private reply go to the member's direct messages; says where they are. Never rejects. */
  async shareDirectly(
    member: MemberId,
    messages: readonly SlackMessage[],
    locale: Locale,
  ): Promise<string[]> {
    const texts = messages.flatMap(({ files }) => files).filter(({ kind }) => kind === "text");
    const say = messagesFor(locale).slack;
    const told: string[] = [];
    for (const file of texts) {
      try {
        // The name of the member's own conversation comes with a message in it, and needs no scope more.
        const [message] = await this.draw(sentence(file.name), locale);
        if (message === undefined) throw new Error("a sentence was drawn as no message");
        const { channel } = await this.calls.post(member, message);
        await this.calls.upload(file, { channel });
        told.push(say.fileSentDirectly(file.name));
      } catch (error) {
        this.log.error("a file could not be sent", error);
        told.push(say.fileNotSent(file.name));
      }
    }
    return told;
  }
}
