import type { TenantId } from "#core/ids";
import type { Answering } from "./answering.ts";
import { senderOf } from "./asking.ts";
import { type Occasion, type Written, workspaceOfEvent } from "./delivery.ts";
import type { HomeTab } from "./home-tab.ts";
import { writtenMeant } from "./meaning.ts";
import { DirectOutlet, MentionOutlet } from "./message-outlets.ts";
import type { Parts } from "./parts.ts";
import { channelOf, instantOf, tenantOf } from "./whereabouts.ts";

/** What members themselves write, and files with it; everything else that is called a message says what has changed. */
const writtenSubtypes: ReadonlySet<string | undefined> = new Set([
  undefined,
  "file_share",
  "thread_broadcast",
]);

/** Whether the bot's token is good for nothing any more. */
const isEnd = (event: Occasion["event"]): boolean =>
  event.type === "app_uninstalled" ||
  (event.type === "tokens_revoked" && (event.tokens.bot ?? []).length > 0);

/** Deals with events: what members write to the bot, and what becomes of the app. */
export class Happenings {
  readonly #parts: Parts;
  readonly #answering: Answering;
  readonly #home: HomeTab;

  constructor(parts: Parts, answering: Answering, home: HomeTab) {
    this.#parts = parts;
    this.#answering = answering;
    this.#home = home;
  }

  take(occasion: Occasion): void {
    const { services, inflow } = this.#parts;
    const { team, enterprise } = workspaceOfEvent(occasion);
    const { event } = occasion;
    if (team === null && enterprise !== null && isEnd(event)) {
      // Taken out of a whole organisation: its token is dropped, and each of its workspaces pauses when it is to post.
      this.#removed(tenantOf({ team: enterprise, enterprise: null }), occasion);
      return;
    }
    if (team === null) {
      services.log.warn("an event belongs to no workspace", { type: event.type });
      return;
    }
    const tenant = tenantOf({ team, enterprise });
    switch (event.type) {
      case "app_mention":
      case "message":
        this.#written(event, tenant);
        return;
      case "app_home_opened":
        if (event.tab === "home") inflow.run(() => this.#home.publish(senderOf(tenant, event.user, null)));
        return;
      case "app_uninstalled":
      case "tokens_revoked":
        if (isEnd(event)) this.#removed(tenant, occasion);
        return;
      case "member_joined_channel":
        inflow.run(async () => {
          const { bot } = await this.#parts.workspaces.at(tenant);
          if (event.user === bot.user) await this.#parts.pauses.return(tenant, channelOf(event.channel));
        });
    }
  }

  #written(message: Written, tenant: TenantId): void {
    const { user, bot_id: bot, subtype, channel, ts } = message;
    if (user === undefined || bot !== undefined || !writtenSubtypes.has(subtype)) return;
    if (message.edited !== undefined) return;
    const isDirect = message.type === "message";
    if (isDirect && message.channel_type !== "im") return;
    // One message comes as several events at times, each with an id of its own.
    const id = `${channel}/${ts}`;
    this.#parts.inflow.take(`${tenant}/${id}`, () =>
      this.#answering.answer({
        sender: senderOf(tenant, user, channel),
        id,
        sentAt: instantOf(ts),
        trigger: null,
        atOnce: () => null,
        meant: async (connected) => {
          if (user === connected.bot.user) return null;
          const meant = await writtenMeant(message, connected.bot.user, connected.calls, this.#parts);
          return { ...meant, opensForm: false };
        },
        outlet: (parts) =>
          isDirect
            ? new DirectOutlet(channel, parts)
            : new MentionOutlet({ channel, thread: message.thread_ts, ts }, parts),
      }),
    );
  }

  /** The app was taken out: nothing is posted there until it is let in again. */
  #removed(tenant: TenantId, { event_time: at }: Occasion): void {
    const { inflow, workspaces, pauses, services } = this.#parts;
    inflow.run(async () => {
      const isGone = await workspaces.drop(tenant, at === undefined ? services.clock.now() : at * 1000);
      if (isGone) await pauses.leave(tenant);
    });
  }
}
