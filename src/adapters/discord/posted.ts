import type { APIMessage } from "discord.js";
import { closedPost, questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import type { Instant } from "#core/ids";
import type { Locale } from "#core/language";
import { inTenant } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import type { Reply } from "#core/reply";
import { isOpen } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { announcementKeyOf, isLate, type PostRecord } from "#core/schedule/post-record";
import type { Services } from "#core/services";
import { keepAll } from "#src/adapters/chat/kept";
import { twinsOf } from "#src/adapters/chat/twins";
import type { Calls } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import { drawPost, type PostPart, partIn } from "./posts.ts";
import { snowflakeAt } from "./snowflake.ts";

/** Pages of a hundred messages that are looked through for an earlier post. */
const MOST_PAGES = 20;
/** Enough to find the record of a round whose message is still of interest. */
const RECORDS_READ = 10;

export type PostedServices = Pick<Services, "store" | "library" | "clock" | "log">;

/** One message of a post that stands on Discord. */
interface Standing {
  readonly at: number;
  readonly of: number;
  readonly id: string;
}

/** The clock's messages that stand in channels: drawing them, finding them, and bringing them up to date. */
export class Posted {
  readonly #calls: Calls;
  readonly #services: PostedServices;
  readonly #application: string;

  /** @param application the bot's own id, by which its messages are told from others' */
  constructor(calls: Calls, services: PostedServices, application: string) {
    this.#calls = calls;
    this.#services = services;
    this.#application = application;
  }

  /** The messages of a post; what their buttons do is kept. */
  async draw(
    replies: readonly Reply[],
    locale: Locale,
    key: string,
    round: Round,
  ): Promise<readonly PostPart[]> {
    const parts = drawPost(replies, locale, { key, date: round.date });
    await keepAll(
      round.tenant,
      parts.flatMap(({ message }) => message.keep),
      this.#services,
    );
    return parts;
  }

  /** The id of the daily post of a round; null where it never came. */
  async questionId(round: Round): Promise<string | null> {
    const post = (await this.#recordOf(round))?.post;
    return post?.kind === "sent" ? post.messageId : null;
  }

  async #recordOf({ tenant, channel, date }: Round): Promise<PostRecord | undefined> {
    const records = await this.#services.store.postRecords(tenant, channel, RECORDS_READ);
    return records.find((record) => record.date === date);
  }

  /**
   * What stands of a post in a channel or a thread, in order.
   *
   * @throws Error where more was written since than can be looked through
   */
  async partsIn(place: string, key: string, since: Instant): Promise<readonly Standing[]> {
    const found: Standing[] = [];
    let after = snowflakeAt(since - 60_000);
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const messages = await this.#pageOf(place, after);
      for (const message of messages) {
        // Whoever knows how a mark is made can write one: only the bot's own messages count.
        const part = message.author.id === this.#application ? partIn(message, key) : null;
        if (part !== null) found.push({ ...part, id: message.id });
      }
      if (messages.length < 100) return found.toSorted((one, other) => one.at - other.at);
      after = String(
        messages.map(({ id }) => BigInt(id)).reduce((newest, id) => (id > newest ? id : newest)),
      );
    }
    throw new Error("more was written since than can be looked through");
  }

  /** Removes what stands in a place of a post besides the message `kept` and what belongs to it. */
  async removeTwins(place: string, key: string, since: Instant, kept: string): Promise<void> {
    for (const { id } of twinsOf(await this.partsIn(place, key, since), kept)) {
      this.#services.log.warn("a post stood there twice; the later one is removed", { place, key, id });
      await this.#calls.removePost(place, id);
    }
  }

  async #pageOf(place: string, after: string): Promise<readonly APIMessage[]> {
    try {
      return await this.#calls.messagesAfter(place, after);
    } catch (error) {
      // A thread that was never opened.
      if (troubleOf(error) === "no-channel") return [];
      throw error;
    }
  }

  async #questionOf({ tenant, question }: Round): Promise<Question | undefined> {
    return (await inTenant(tenant, this.#services)).library.question(question);
  }

  /** Draws the daily post as the store has it now; after the close it takes no more answers. */
  async refreshQuestion(round: Round): Promise<void> {
    const record = await this.#recordOf(round);
    const question = await this.#questionOf(round);
    if (record?.post.kind !== "sent" || question === undefined) return;
    const late = isLate(record.dueAt, record.post.at);
    const facts = await readAnnouncement({ round, question, late }, this.#services);
    const reply = isOpen(facts.round, this.#services.clock.now()) ? questionPost(facts) : closedPost(facts);
    const key = announcementKeyOf("question", round.channel, round.date);
    const [part] = await this.draw([reply], facts.locale, key, round);
    if (part !== undefined) await this.#edit(round.channel, record.post.messageId, part);
  }

  async #edit(place: string, id: string, { message }: PostPart): Promise<void> {
    try {
      await this.#calls.editPost(place, id, message);
    } catch (error) {
      // Whoever deleted it wants no edit of it.
      if (troubleOf(error) !== "no-message") throw error;
    }
  }

  /** Draws what was revealed as the store has it now: what was taken back is no longer there. */
  async refreshReveal(round: Round): Promise<void> {
    const record = await this.#recordOf(round);
    const question = await this.#questionOf(round);
    if (record?.reveal?.kind !== "sent" || record.post.kind !== "sent" || question === undefined) return;
    const facts = await readAnnouncement({ round, question, late: false }, this.#services);
    const key = announcementKeyOf("reveal", round.channel, round.date);
    const parts = await this.draw(revealPosts(facts), facts.locale, key, round);
    // In the thread, which has the id of the message that it hangs on, or in the channel itself.
    for (const place of [record.post.messageId, round.channel]) {
      const there = await this.partsIn(place, key, record.post.at);
      if (there.length === 0) continue;
      for (const [at, part] of parts.entries()) {
        const id = there[at]?.id;
        if (id === undefined) await this.#calls.post(place, part.message);
        else await this.#edit(place, id, part);
      }
      for (const { id } of there.slice(parts.length)) await this.#calls.removePost(place, id);
    }
  }
}
