import { closedPost, questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import type { Instant, TenantId } from "#core/ids";
import { inTenant } from "#core/pack/library";
import { isOpen } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { announcementKeyOf, isLate, type PostRecord } from "#core/schedule/post-record";
import type { Services } from "#core/services";
import { twinsOf } from "#src/adapters/chat/twins";
import type { PastMessage } from "./calls.ts";
import { troubleOf } from "./failure.ts";
import type { Members } from "./members.ts";
import { drawPost, type PostPart, partIn } from "./posts.ts";
import { Sending } from "./sending.ts";
import { tsAt } from "./whereabouts.ts";
import type { Connected, Workspaces } from "./workspaces.ts";

/** Pages of fifteen messages that are looked through for an earlier post. */
const MOST_PAGES = 20;
/** Enough to find the record of a round whose message is still of interest. */
const RECORDS_READ = 10;

export type PostedServices = Pick<Services, "store" | "library" | "clock" | "log">;

export interface PostedParts {
  readonly workspaces: Workspaces;
  readonly members: Members;
  readonly services: PostedServices;
}

/** One message of a post that stands on Slack. */
export interface Standing {
  readonly at: number;
  readonly of: number;
  readonly ts: string;
}

/** A workspace as posts are made and found there. */
export interface Place extends Connected {
  readonly sending: Sending;
}

/** The clock's messages that stand in channels: drawing them, finding them, and bringing them up to date. */
export class Posted {
  readonly #parts: PostedParts;

  constructor(parts: PostedParts) {
    this.#parts = parts;
  }

  async at(tenant: TenantId): Promise<Place> {
    const { workspaces, members, services } = this.#parts;
    const connected = await workspaces.at(tenant);
    return { ...connected, sending: new Sending({ tenant, calls: connected.calls, members, services }) };
  }

  /** Posts one part; returns its timestamp, which is its id. */
  async post(
    channel: string,
    { message, metadata }: PostPart,
    { sending, calls }: Place,
    thread?: string,
    signal?: AbortSignal,
  ): Promise<string> {
    const options = {
      metadata,
      ...(thread === undefined ? {} : { thread }),
      ...(signal === undefined ? {} : { signal }),
    };
    const { ts } = await sending.withPictures(message, (blocks) =>
      calls.post(channel, { text: message.text, blocks }, options),
    );
    return ts;
  }

  /** The id of the daily post of a round; null where it never came. */
  async questionId(round: Round): Promise<string | null> {
    const post = (await this.#recordOf(round))?.post;
    return post?.kind === "sent" ? post.messageId : null;
  }

  async #recordOf({ tenant, channel, date }: Round): Promise<PostRecord | undefined> {
    const records = await this.#parts.services.store.postRecords(tenant, channel, RECORDS_READ);
    return records.find((record) => record.date === date);
  }

  /**
   * What stands of a post in a channel or a thread, in order. Read for this alone: whether a message of ours is there.
   *
   * @throws Error where more was written since than can be looked through
   */
  async partsIn(
    channel: string,
    thread: string | null,
    key: string,
    since: Instant,
    { calls, bot }: Place,
  ): Promise<readonly Standing[]> {
    const isOwn = ({ user, bot_id: id }: PastMessage): boolean =>
      user === bot.user || (id !== undefined && id === bot.id);
    const found: Standing[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { messages, response_metadata: next } =
        thread === null
          ? await calls.history(channel, tsAt(since - 60_000), cursor)
          : await calls.replies(channel, thread, cursor);
      for (const message of messages) {
        // Whoever knows what a mark says can write one: only the bot's own messages count.
        const part = isOwn(message) ? partIn(message, key) : null;
        if (part !== null) found.push({ ...part, ts: message.ts });
      }
      cursor = next?.next_cursor;
      if (cursor === undefined || cursor === "") return found.toSorted((one, other) => one.at - other.at);
    }
    throw new Error("more was written since than can be looked through");
  }

  /** Removes what stands in a channel or a thread of a post besides the message `kept` and what belongs to it. */
  async removeTwins(
    channel: string,
    thread: string | null,
    key: string,
    since: Instant,
    kept: string,
    place: Place,
  ): Promise<void> {
    const standing = await this.partsIn(channel, thread, key, since, place);
    for (const { id: ts } of twinsOf(
      standing.map(({ at, ts: id }) => ({ at, id })),
      kept,
    )) {
      this.#parts.services.log.warn("a post stood there twice; the later one is removed", {
        channel,
        key,
        ts,
      });
      // What hangs on it goes first: Slack would leave the place of a deleted message that others reply to.
      const hanging = thread === null ? await this.partsIn(channel, ts, key, since, place) : [];
      for (const one of hanging.filter((reply) => reply.ts !== ts)) await place.calls.remove(channel, one.ts);
      await place.calls.remove(channel, ts);
    }
  }

  /** Draws the daily post as the store has it now; after the close it takes no more answers. */
  async refreshQuestion(round: Round): Promise<void> {
    const { services } = this.#parts;
    const record = await this.#recordOf(round);
    const question = (await inTenant(round.tenant, services)).library.question(round.question);
    if (record?.post.kind !== "sent" || question === undefined) return;
    const place = await this.at(round.tenant);
    const late = isLate(record.dueAt, record.post.at);
    const facts = await readAnnouncement({ round, question, late }, services);
    const reply = isOpen(facts.round, services.clock.now()) ? questionPost(facts) : closedPost(facts);
    const key = announcementKeyOf("question", round.channel, round.date);
    const [part] = await drawPost([reply], facts.locale, key, place.sending);
    if (part !== undefined) await this.#edit(round.channel, record.post.messageId, part, place);
  }

  async #edit(
    channel: string,
    ts: string,
    { message, metadata }: PostPart,
    { sending, calls }: Place,
  ): Promise<void> {
    try {
      await sending.withPictures(message, (blocks) =>
        calls.edit(channel, ts, { text: message.text, blocks }, metadata),
      );
    } catch (error) {
      // Whoever deleted it wants no edit of it.
      if (troubleOf(error) !== "no-message") throw error;
    }
  }

  /** Draws what was revealed as the store has it now: what was taken back is no longer there. */
  async refreshReveal(round: Round): Promise<void> {
    const { services } = this.#parts;
    const record = await this.#recordOf(round);
    const question = (await inTenant(round.tenant, services)).library.question(round.question);
    if (record?.reveal?.kind !== "sent" || record.post.kind !== "sent" || question === undefined) return;
    const place = await this.at(round.tenant);
    const facts = await readAnnouncement({ round, question, late: false }, services);
    const key = announcementKeyOf("reveal", round.channel, round.date);
    const parts = await drawPost(revealPosts(facts), facts.locale, key, place.sending);
    const { channel } = round;
    const thread = record.post.messageId;
    const there = await this.#standingReveal(round, thread, key, record.post.at, place);
    if (there.length === 0) return;
    for (const [at, part] of parts.entries()) {
      const ts = there.find((one) => one.at === at)?.ts;
      if (ts === undefined) await this.post(channel, part, place, thread);
      else await this.#edit(channel, ts, part, place);
    }
    for (const { ts } of there.filter(({ at }) => at >= parts.length)) await place.calls.remove(channel, ts);
  }

  /** In the thread on the daily post, which may have been deleted since. */
  async #standingReveal(
    { channel }: Round,
    thread: string,
    key: string,
    since: Instant,
    place: Place,
  ): Promise<readonly Standing[]> {
    try {
      return await this.partsIn(channel, thread, key, since, place);
    } catch (error) {
      if (troubleOf(error) !== "no-message") throw error;
      return this.partsIn(channel, null, key, since, place);
    }
  }
}
