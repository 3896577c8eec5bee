import type { Channels } from "#core/channels";
import type { ChannelId, MemberId, SubmissionId, TenantId } from "#core/ids";
import { Refusal, type Sentence } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";
import type { ConversationInfo } from "./calls.ts";
import { scopeMissing, troubleOf } from "./failure.ts";
import type { Letters } from "./letters.ts";
import { scopeWhy } from "./manifest-scopes.ts";
import type { Posted } from "./posted.ts";
import { channelOf } from "./whereabouts.ts";

const KEPT_MS = 400 * 24 * 3_600_000;
const ADMIN = "last-admin";
const MOST_KNOWN = 5000;

export interface ChannelParts {
  readonly posted: Posted;
  readonly services: Pick<Services, "store" | "clock" | "log">;
  readonly letters: Letters;
}

/** Speaks in channels of workspaces: a test post for those who set the bot up, and reports. */
export class SlackChannels implements Channels {
  readonly #parts: ChannelParts;
  readonly #known = new Map<string, ConversationInfo>();

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  async #look(tenant: TenantId, channel: string): Promise<ConversationInfo> {
    const { calls } = await this.#parts.posted.at(tenant);
    const info = await calls.conversation(channel);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(`${tenant}/${channel}`, info);
    return info;
  }

  async find(tenant: TenantId, named: string): Promise<ChannelId> {
    const [, id] = /^(?:<#)?([A-Z0-9]{2,40})(?:\|[^>]*)?>?$/.exec(named) ?? [];
    if (id === undefined) throw new Refusal((say) => say.slack.noSuchChannel);
    let info: ConversationInfo;
    try {
      info = await this.#look(tenant, id);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === "no-channel") throw new Refusal((say) => say.slack.noSuchChannel, { cause: error });
      // Whether it is there shows when something is posted.
      if (trouble === "missing-scope") return channelOf(id);
      throw error;
    }
    if (info.is_im || info.is_mpim) throw new Refusal((say) => say.slack.noDirectQuestion);
    return channelOf(id);
  }

  /** Looks whether the bot may post in a channel, for `obstacle`. Never rejects. */
  async look(tenant: TenantId, channel: string): Promise<void> {
    await this.nameOf(tenant, channel, true);
  }

  obstacle(tenant: TenantId, channel: ChannelId): Sentence | null {
    const info = this.#known.get(`${tenant}/${channel}`);
    if (channel.startsWith("D")) return (say) => say.slack.noDirectQuestion;
    if (info === undefined) return null;
    if (info.is_archived) return (say) => say.slack.archived(info.name);
    return info.is_member ? null : (say) => say.slack.notInChannel(info.name);
  }

  async nameOf(tenant: TenantId, channel: string, isFresh = false): Promise<string> {
    const known = this.#known.get(`${tenant}/${channel}`);
    if (known !== undefined && !isFresh) return known.name;
    try {
      return (await this.#look(tenant, channel)).name || channel;
    } catch (error) {
      // A name is an ornament: the id says the same.
      this.#parts.services.log.info("a channel's name is not known", { channel, trouble: troubleOf(error) });
      return channel;
    }
  }

  /** What keeps the bot from posting in a channel, in one sentence; null for what may heal by itself. */
  async sentenceFor(error: unknown, tenant: TenantId, channel: string): Promise<Sentence | null> {
    const scope = scopeMissing(error);
    const why = scopeWhy(scope ?? "");
    switch (troubleOf(error)) {
      case "missing-scope":
        return (say) => say.slack.missingScope(scope, why);
      case "no-channel":
        return (say) => say.slack.channelGone;
      case "archived": {
        const name = await this.nameOf(tenant, channel);
        return (say) => say.slack.archived(name);
      }
      case "not-in-channel": {
        const name = await this.nameOf(tenant, channel);
        return (say) => say.slack.notInChannel(name);
      }
      case "not-allowed": {
        const name = await this.nameOf(tenant, channel);
        return (say) => say.slack.mayNotPost(name);
      }
      default:
        return null;
    }
  }

  /** Remembers who has set the bot up: whoever did can mend what goes wrong. */
  async rememberAdmin(tenant: TenantId, member: MemberId): Promise<void> {
    const { store, clock } = this.#parts.services;
    const now = clock.now();
    await store.keepAction(tenant, ADMIN, member, now, now + KEPT_MS);
  }

  async adminOf(tenant: TenantId): Promise<string | null> {
    const { store, clock } = this.#parts.services;
    return store.keptAction(tenant, ADMIN, clock.now());
  }

  async post(tenant: TenantId, channel: ChannelId, reply: Reply, submission: SubmissionId): Promise<void> {
    const { posted, services, letters } = this.#parts;
    const { sending } = await posted.at(tenant);
    const locale = (await services.store.schedule(tenant, channel))?.locale ?? "en";
    const messages = await sending.draw(reply, locale);
    const key = `post/${channel}/${submission}`;
    try {
      await letters.post({ tenant, key, channel, unseen: "again" }, messages);
    } catch (error) {
      const obstacle = await this.sentenceFor(error, tenant, channel);
      throw obstacle === null ? error : new Refusal(obstacle, { cause: error });
    }
  }
}
