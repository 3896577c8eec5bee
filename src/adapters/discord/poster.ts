import { questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import type { Instant } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Announcement, type Pace, type Poster, PostRefused } from "#core/ports";
import { privateReply } from "#core/reply";
import type { Round } from "#core/round/round";
import type { Pauses } from "#src/adapters/chat/pauses";
import type { Calls } from "./calls.ts";
import { type Trouble, troubleOf } from "./failure.ts";
import type { Guilds } from "./parts.ts";
import type { Posted, PostedServices } from "./posted.ts";
import { sendDirectly } from "./posting.ts";
import { drawPost, type PostPart } from "./posts.ts";
import { renderReply } from "./render.ts";
import { guildOf } from "./whereabouts.ts";

/** The clock gives 45 s to a post. */
const GIVE_UP_MS = 40_000;
/** Discord allows a bot 50 requests a second over all its processes; members' own clicks and edits need the rest. */
const PACE: Pace = { name: "discord", perSecond: 20 };
/** As long as Discord surely knows a nonce: until then the same message is sent again, and Discord sees to the rest. */
const NONCE_MS = 120_000;
const TOLD_MS = 90 * 24 * 3_600_000;

export interface PosterParts {
  readonly calls: Calls;
  readonly guilds: Guilds;
  readonly pauses: Pauses;
  readonly posted: Posted;
  readonly services: PostedServices;
}

const isLacking = (trouble: Trouble): boolean => trouble === "no-access" || trouble === "no-permission";

/** Posts the clock's messages into the channels of guilds, each once. */
export class DiscordPoster implements Poster {
  readonly #parts: PosterParts;

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

  async find(announcement: Announcement, since: Instant): Promise<string | null> {
    const { guilds, services, posted } = this.#parts;
    if (services.clock.now() - since < NONCE_MS) return null;
    const { tenant, channel, key, round } = announcement;
    const lacking = guilds.lacking(guildOf(tenant) ?? "", channel);
    // Discord would answer with nothing at all, as if nothing had been posted.
    if (lacking.some(({ name }) => name === "READ_MESSAGE_HISTORY"))
      throw new Error("without Read Message History an earlier post cannot be looked up");
    try {
      const thread = announcement.kind === "reveal" ? await posted.questionId(round) : null;
      for (const place of thread === null ? [channel] : [thread, channel]) {
        const parts = await posted.partsIn(place, key, since);
        const [first] = parts;
        // A post that was cut off in the middle is not there yet: it is posted again from where it ends.
        if (first !== undefined && parts.length >= first.of) return first.id;
      }
      return null;
    } catch (error) {
      throw await this.#refusedOr(error, announcement);
    }
  }

  paces(): readonly Pace[] {
    return [PACE];
  }

  async dropTwins({ kind, channel, key, round }: Announcement, since: Instant, kept: string): Promise<void> {
    const { posted } = this.#parts;
    const thread = kind === "reveal" ? await posted.questionId(round) : null;
    for (const place of thread === null ? [channel] : [thread, channel])
      await posted.removeTwins(place, key, since, kept);
  }

  /** The question's round is over: the daily post says so and takes no more answers. */
  async closed({ round }: Announcement): Promise<void> {
    await this.#parts.posted.refreshQuestion(round);
  }

  async #postQuestion(
    { round, question, late, key, channel }: Announcement,
    signal: AbortSignal,
  ): Promise<string> {
    const { posted, services } = this.#parts;
    const facts = await readAnnouncement({ round, question, late }, services);
    const parts = await posted.draw([questionPost(facts)], facts.locale, key, round);
    return this.#postParts(channel, parts, new Map(), signal);
  }

  /** Posts what is not there yet; returns the id of the first message. */
  async #postParts(
    channel: string,
    parts: readonly PostPart[],
    there: ReadonlyMap<number, string>,
    signal: AbortSignal,
  ): Promise<string> {
    let first: string | undefined;
    for (const [at, { message, nonce }] of parts.entries()) {
      const id = there.get(at) ?? (await this.#parts.calls.post(channel, message, { nonce, signal }));
      first ??= id;
    }
    if (first === undefined) throw new Error("a post was drawn as no message");
    return first;
  }

  async #postReveal(announcement: Announcement, signal: AbortSignal): Promise<string> {
    const { round, question, late, key, channel } = announcement;
    const { services, posted } = this.#parts;
    await this.closed(announcement).catch((error: unknown) => {
      services.log.error("the daily post could not be closed", error, { channel, date: round.date });
    });
    const facts = await readAnnouncement({ round, question, late }, services);
    const parts = await posted.draw(revealPosts(facts), facts.locale, key, round);
    const post = async (place: string): Promise<string> => {
      const there = await posted.partsIn(place, key, round.opensAt);
      return this.#postParts(place, parts, new Map(there.map(({ at, id }) => [at, id])), signal);
    };
    const thread = await this.#threadFor(
      round,
      messagesFor(facts.locale).discord.revealIn(round.date),
      signal,
    );
    if (thread === "no-post") return post(channel);
    try {
      if (thread !== "not-allowed") return await post(thread.id);
    } catch (error) {
      if (!isLacking(troubleOf(error))) throw error;
    }
    const first = await post(channel);
    await this.#tellOfThreads(round, facts.locale);
    return first;
  }

  /** The thread on the daily post, opened now or before. */
  async #threadFor(
    round: Round,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly id: string } | "no-post" | "not-allowed"> {
    const message = await this.#parts.posted.questionId(round);
    if (message === null) return "no-post";
    try {
      return { id: await this.#parts.calls.openThread(round.channel, message, name, signal) };
    } catch (error) {
      const trouble = troubleOf(error);
      // A thread has the id of the message that it hangs on.
      if (trouble === "has-thread") return { id: message };
      if (trouble === "no-message") return "no-post";
      if (isLacking(trouble)) return "not-allowed";
      throw error;
    }
  }

  /** Says once a channel what is lacking for threads. */
  async #tellOfThreads({ tenant, channel, date }: Round, locale: Locale): Promise<void> {
    const { guilds, calls, services } = this.#parts;
    const guild = guildOf(tenant);
    if (guild === null) return;
    const key = `told-of-threads/${channel}`;
    const now = services.clock.now();
    if ((await services.store.keptAction(tenant, key, now)) !== null) return;
    const lacking = guilds.lacking(guild, channel).map(({ label }) => label);
    const text = messagesFor(locale).discord.lacksThreads(guilds.channelName(guild, channel), lacking);
    const [note] = drawPost([privateReply({ kind: "note", text })], locale, { key: `${key}/${date}`, date });
    if (note !== undefined) await calls.post(channel, note.message, { nonce: note.nonce });
    await services.store.keepAction(tenant, key, date, now, now + TOLD_MS);
  }

  /** What cannot heal by itself, as the clock is to know it; whoever can grant what is lacking is told so. */
  async #refusedOr(error: unknown, { tenant, channel, round }: Announcement): Promise<unknown> {
    const trouble = troubleOf(error);
    if (trouble === "no-channel") return new PostRefused("channel-gone", { cause: error });
    if (!isLacking(trouble)) return error;
    await this.#parts.pauses.mark(tenant, channel);
    const guild = guildOf(tenant);
    if (guild !== null) await this.#tellOwner(guild, round);
    return new PostRefused("no-access", { cause: error });
  }

  async #tellOwner(guild: string, { tenant, channel, date }: Round): Promise<void> {
    const { guilds, services } = this.#parts;
    const owner = guilds.ownerOf(guild);
    if (owner === null) return;
    const locale = (await services.store.schedule(tenant, channel))?.locale ?? "en";
    const lacking = guilds.lacking(guild, channel).map(({ label }) => label);
    const text = messagesFor(locale).discord.stoppedPosting(guilds.channelName(guild, channel), lacking);
    const messages = renderReply(privateReply({ kind: "text", text }), { locale });
    await sendDirectly(owner, messages, `${date.replaceAll("-", "")}${channel.slice(-8)}`, this.#parts);
  }
}
