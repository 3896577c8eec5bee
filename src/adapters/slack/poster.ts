import { questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import { type ChannelId, type Instant, memberIdSchema, type TenantId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { type Announcement, type Pace, type Poster, PostRefused } from "#core/ports";
import { Refusal, type Sentence } from "#core/refusal";
import type { Pauses } from "#src/adapters/chat/pauses";
import type { SlackChannels } from "./channels.ts";
import { troubleOf } from "./failure.ts";
import type { Place, Posted, PostedServices, Standing } from "./posted.ts";
import { drawPost, type PostPart } from "./posts.ts";
import { sentence } from "./sending.ts";

/** The clock gives 45 s to a post. */
const GIVE_UP_MS = 40_000;
/** As Slack documents it: about one a second and channel; a workspace takes several hundred a minute (read 2026-11). */
const [WORKSPACE_POSTS_PER_SECOND, CHANNEL_POSTS_PER_SECOND] = [4, 1];
/** Posts of which a part was found, until they are whole. */
const MOST_BEGUN = 1000;

export interface PosterParts {
  readonly posted: Posted;
  readonly pauses: Pauses;
  readonly channels: SlackChannels;
  readonly services: PostedServices;
}

/** Posts the clock's messages into channels of workspaces, each once. */
export class SlackPoster implements Poster {
  readonly #parts: PosterParts;
  /** What `find` has found of posts that were cut off in the middle. */
  readonly #begun = new Map<string, readonly Standing[]>();

  constructor(parts: PosterParts) {
    this.#parts = parts;
  }

  async post(announcement: Announcement): Promise<string> {
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    try {
      return announcement.kind === "question"
        ? await this.#postQuestion(announcement, signal)
        : await this.#postReveal(announcement, signal);
    } catch (error) {
      throw await this.#refusedOr(error, announcement);
    }
  }

  /**
   * Slack does not tell one post from another that is the same: where a reply was lost, the channel's history says
   * whether the message is there.
   */
  async find(announcement: Announcement, since: Instant): Promise<string | null> {
    const { posted } = this.#parts;
    const { tenant, channel, key, round, kind } = announcement;
    try {
      const place = await posted.at(tenant);
      const thread = kind === "reveal" ? await posted.questionId(round) : null;
      for (const where of thread === null ? [null] : [thread, null]) {
        const parts = await this.#partsAt(where, announcement, since, place);
        const [first] = parts;
        if (first === undefined) continue;
        if (parts.length >= first.of) {
          this.#begun.delete(key);
          return parts.find(({ at }) => at === 0)?.ts ?? first.ts;
        }
        // A post that was cut off in the middle is not there yet: it is posted again from where it ends.
        if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
        this.#begun.set(key, parts);
        return null;
      }
      return null;
    } catch (error) {
      this.#parts.services.log.warn("a channel could not be looked through", {
        channel,
        trouble: troubleOf(error),
      });
      throw await this.#refusedOr(error, announcement);
    }
  }

  async #partsAt(
    thread: string | null,
    { channel, key }: Announcement,
    since: Instant,
    place: Place,
  ): Promise<readonly Standing[]> {
    try {
      return await this.#parts.posted.partsIn(channel, thread, key, since, place);
    } catch (error) {
      if (thread !== null && troubleOf(error) === "no-message") return [];
      throw error;
    }
  }

  /** Of one post's own messages, which follow each other at once, Slack allows a short burst. */
  paces(tenant: TenantId, channel: ChannelId): readonly Pace[] {
    return [
      { name: `slack/${tenant}`, perSecond: WORKSPACE_POSTS_PER_SECOND },
      { name: `slack/${tenant}/${channel}`, perSecond: CHANNEL_POSTS_PER_SECOND },
    ];
  }

  async dropTwins(
    { kind, tenant, channel, key, round }: Announcement,
    since: Instant,
    kept: string,
  ): Promise<void> {
    const { posted } = this.#parts;
    const place = await posted.at(tenant);
    const thread = kind === "reveal" ? await posted.questionId(round) : null;
    for (const where of thread === null ? [null] : [thread, null])
      await posted.removeTwins(channel, where, key, since, kept, place);
  }

  /** The question's round is over: the daily post says so and takes no more answers. */
  async closed({ round }: Announcement): Promise<void> {
    await this.#parts.posted.refreshQuestion(round);
  }

  async #postQuestion(announcement: Announcement, signal: AbortSignal): Promise<string> {
    const { round, question, late, key, tenant } = announcement;
    const { posted, services } = this.#parts;
    const place = await posted.at(tenant);
    const facts = await readAnnouncement({ round, question, late }, services);
    const parts = await drawPost([questionPost(facts)], facts.locale, key, place.sending);
    return this.#postParts(announcement, parts, place, undefined, signal);
  }

  /** Posts what is not there yet; returns the id of the first message. What follows it stands in its thread. */
  async #postParts(
    { channel, key }: Announcement,
    parts: readonly PostPart[],
    place: Place,
    thread: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const there = new Map((this.#begun.get(key) ?? []).map(({ at, ts }) => [at, ts]));
    let first: string | undefined;
    for (const [at, part] of parts.entries()) {
      const posting = (): Promise<string> =>
        this.#parts.posted.post(channel, part, place, thread ?? first, signal);
      first ??= there.get(at) ?? (await posting());
      if (at > 0 && !there.has(at)) await posting();
    }
    if (first === undefined) throw new Error("a post was drawn as no message");
    this.#begun.delete(key);
    return first;
  }

  async #postReveal(announcement: Announcement, signal: AbortSignal): Promise<string> {
    const { round, question, late, key, channel, tenant } = announcement;
    const { services, posted } = this.#parts;
    await this.closed(announcement).catch((error: unknown) => {
      services.log.error("the daily post could not be closed", error, { channel, date: round.date });
    });
    const place = await posted.at(tenant);
    const facts = await readAnnouncement({ round, question, late }, services);
    const parts = await drawPost(revealPosts(facts), facts.locale, key, place.sending);
    const thread = (await posted.questionId(round)) ?? undefined;
    try {
      return await this.#postParts(announcement, parts, place, thread, signal);
    } catch (error) {
      // Whoever deleted the daily post has taken the thread with it.
      if (thread === undefined || troubleOf(error) !== "no-message") throw error;
      return this.#postParts(announcement, parts, place, undefined, signal);
    }
  }

  /** What cannot heal by itself, as the clock is to know it; whoever can mend it is told how. */
  async #refusedOr(error: unknown, announcement: Announcement): Promise<unknown> {
    const { tenant, channel } = announcement;
    const trouble = troubleOf(error);
    const isUninstalled = error instanceof Refusal || trouble === "wrong-token";
    const obstacle = isUninstalled ? null : await this.#parts.channels.sentenceFor(error, tenant, channel);
    if (!isUninstalled && obstacle === null) return error;
    await this.#parts.pauses.mark(tenant, channel);
    if (obstacle !== null) await this.#tellAdmin(announcement, obstacle);
    const reason = trouble === "no-channel" || trouble === "archived" ? "channel-gone" : "no-access";
    return new PostRefused(reason, { cause: error });
  }

  async #tellAdmin({ tenant, channel }: Announcement, obstacle: Sentence): Promise<void> {
    const { channels, posted, services } = this.#parts;
    try {
      const { sending, installer } = await posted.at(tenant);
      const admin = (await channels.adminOf(tenant)) ?? installer;
      if (admin === null) return;
      const locale = (await services.store.schedule(tenant, channel))?.locale ?? "en";
      const say = messagesFor(locale);
      const name = await channels.nameOf(tenant, channel);
      const text = say.slack.stoppedPosting(name, obstacle(say));
      await sending.directly(memberIdSchema.parse(admin), await sending.draw(sentence(text), locale));
    } catch (error) {
      services.log.error("nobody could be told that a channel takes no posts", error, { channel });
    }
  }
}
