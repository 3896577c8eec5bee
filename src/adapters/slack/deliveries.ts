import { createHash } from "node:crypto";
import type { z } from "zod";
import { complete } from "#core/completion";
import type { Instant } from "#core/ids";
import type { Asked } from "./answering.ts";
import { Answering } from "./answering.ts";
import { senderOf } from "./asking.ts";
import {
  deliverySchema,
  type Press,
  type Shortcut,
  type Submission,
  type Suggestion,
  type Typed,
  workspaceIn,
  workspaceOfCommand,
} from "./delivery.ts";
import { Happenings } from "./happenings.ts";
import { HomeOutlet, HomeTab } from "./home-tab.ts";
import { pressedAtOnce, pressMeant, sentMeant, shortcutMeant, typedCommand } from "./meaning.ts";
import { optionsJson, suggestedBy } from "./modal-choices.ts";
import type { Parts } from "./parts.ts";
import { UrlOutlet } from "./url-outlet.ts";
import { type Answer, FormAnswer, ViewOutlet, WindowTurns } from "./view-outlet.ts";
import { instantOf, tenantOf } from "./whereabouts.ts";
import { channelOfWindow } from "./windows.ts";

/** Suggestions that come later are of no use: the member has typed on. */
const SUGGEST_WITHIN_MS = 1500;
/** Older than this, and the clocks do not agree. */
const BELIEVABLE_AGE_MS = 3000;
/** Forms whose answers are remembered, for when the same form is delivered again. */
const MOST_ANSWERS = 300;

/** What came in, and how to say that it did; never rejects. */
export interface Delivered {
  readonly body: unknown;
  readonly ack: (response?: unknown) => Promise<void>;
  /** When Slack sent it, where it says so. */
  readonly sentAt: Instant | null;
}

type Delivery = z.infer<typeof deliverySchema>;

/** Deliveries that are no command, as they are counted. */
const kinds = {
  block_actions: "button",
  view_submission: "form",
  block_suggestion: "suggestion",
  message_action: "menu",
  event_callback: "event",
  shortcut: "other",
  view_closed: "other",
} as const satisfies Readonly<Record<NonNullable<Delivery["type"]>, string>>;

const digestOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16);

/** Deals with everything that Slack delivers. Whatever is slow comes after the acknowledgement. */
export class Deliveries {
  readonly #parts: Parts;
  readonly #answering: Answering;
  readonly #happenings: Happenings;
  readonly #home: HomeTab;
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #windows = new WindowTurns();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#answering = new Answering(parts);
    this.#home = new HomeTab(parts);
    this.#happenings = new Happenings(parts, this.#answering, this.#home);
  }

  /** Takes a delivery as it came; what cannot be read is logged, and nothing comes of it. */
  async take({ body, sentAt, ...delivered }: Delivered): Promise<void> {
    const { log, clock, meter } = this.#parts.services;
    const begun = meter?.now() ?? 0;
    const parsed = deliverySchema.safeParse(body);
    const ack: Delivered["ack"] = async (response) => {
      await delivered.ack(response);
      if (meter === undefined) return;
      const labels = { platform: "slack", command: this.#nameOf(parsed.data) };
      meter.time("acknowledgement", labels, meter.now() - begun);
    };
    if (!parsed.success) {
      meter?.count("deliveriesDropped", { platform: "slack", reason: "unreadable" });
      log.warn("a delivery could not be read", { problem: parsed.error.issues[0]?.path.join(".") });
      return ack();
    }
    const delivery = parsed.data;
    const at = sentAt ?? clock.now();
    switch (delivery.type) {
      case undefined:
        await ack();
        return this.#typed(delivery, at);
      case "block_actions":
        await ack();
        return this.#pressed(delivery);
      case "message_action":
        await ack();
        return this.#shortcut(delivery, at);
      case "view_submission":
        return this.#sent(delivery, at, ack);
      case "block_suggestion":
        return this.#suggest(delivery, ack);
      case "event_callback":
        await ack();
        return this.#happenings.take(delivery);
      case "shortcut":
      case "view_closed":
        return ack();
    }
  }

  /** What was used, as far as that can be counted: one of the commands, or the kind of delivery. */
  #nameOf(delivery: Delivery | undefined): string {
    if (delivery === undefined) return "unreadable";
    if (delivery.type !== undefined) return kinds[delivery.type];
    const { command } = typedCommand(delivery, this.#parts);
    return this.#parts.commands.some(({ name }) => name === command) ? command : "unknown";
  }

  /** @param id names the thing that was done, however often it is delivered */
  #take(id: string, asked: Asked): void {
    this.#parts.inflow.take(id, () => this.#answering.answer(asked));
  }

  #typed(typed: Typed, sentAt: Instant): void {
    const { services } = this.#parts;
    const { trigger_id: trigger, response_url: url, channel_id: channel, user_id: user } = typed;
    const asked = typedCommand(typed, this.#parts);
    this.#take(trigger, {
      sender: senderOf(tenantOf(workspaceOfCommand(typed)), user, channel),
      id: trigger,
      sentAt,
      trigger: { id: trigger, at: services.clock.now(), how: "open", channel },
      atOnce: () => ({ ...asked, opensForm: false }),
      meant: async () => ({ ...asked, opensForm: false }),
      outlet: (parts) => new UrlOutlet({ url, channel, thread: undefined, pressed: null }, parts),
    });
  }

  #pressed(press: Press): void {
    const { services } = this.#parts;
    const workspace = workspaceIn(press);
    const [element] = press.actions;
    if (workspace === null || element === undefined) {
      services.log.warn("a press belongs to no workspace");
      return;
    }
    const { container, view, user, trigger_id: trigger, response_url: url } = press;
    const isHome = view?.type === "home";
    const channel = press.channel?.id ?? (view === undefined ? null : channelOfWindow(view.callback_id));
    const sender = senderOf(tenantOf(workspace), user.id, channel);
    const pressedAt = instantOf(element.action_ts);
    const now = services.clock.now();
    const isBelievable = pressedAt <= now && now - pressedAt < BELIEVABLE_AGE_MS;
    const id = [container.message_ts ?? container.view_id, element.action_ts, user.id, channel].join("/");
    const action = (meant: ReturnType<typeof pressedAtOnce>) =>
      meant === null
        ? null
        : {
            command: meant.action.command,
            input: { kind: "typed", options: meant.action.options } as const,
            opensForm: meant.opensForm,
            action: meant.action,
          };
    this.#take(id, {
      sender,
      id,
      sentAt: Number.isNaN(pressedAt) ? now : pressedAt,
      isPress: true,
      trigger: {
        id: trigger,
        at: isBelievable ? pressedAt : now,
        how: view !== undefined && !isHome ? "push" : "open",
        channel,
      },
      atOnce: () => action(pressedAtOnce(press)),
      meant: async () => action(await pressMeant(press, sender.tenant, this.#parts)),
      outlet: (parts) => {
        if (isHome)
          return new HomeOutlet({ trigger, sender, tab: this.#home, windows: this.#windows }, parts);
        if (view !== undefined) {
          const isLast = this.#windows.take(view.id);
          return new ViewOutlet({ view: view.id, block: null, answer: null, isLast }, parts);
        }
        const pressed = container.is_ephemeral === true ? "private" : "public";
        const place = { channel: channel ?? user.id, thread: container.thread_ts, pressed } as const;
        return new UrlOutlet({ url: url ?? "", ...place }, parts);
      },
    });
  }

  #shortcut(shortcut: Shortcut, sentAt: Instant): void {
    const workspace = workspaceIn(shortcut);
    if (workspace === null) return;
    const { trigger_id: trigger, response_url: url, user, channel } = shortcut;
    this.#take(trigger, {
      sender: senderOf(tenantOf(workspace), user.id, channel.id),
      id: trigger,
      sentAt,
      trigger: null,
      atOnce: () => null,
      meant: async ({ calls }) => {
        const { command, options } = await shortcutMeant(shortcut, calls, this.#parts);
        return { command, input: { kind: "typed", options }, opensForm: false };
      },
      outlet: (parts) => new UrlOutlet({ url, channel: channel.id, thread: undefined, pressed: null }, parts),
    });
  }

  async #sent(submission: Submission, sentAt: Instant, ack: Delivered["ack"]): Promise<void> {
    const workspace = workspaceIn(submission);
    if (workspace === null) return ack();
    const { view, user } = submission;
    const values = view.state?.values ?? {};
    // The same form may be sent again with other words, after it was refused.
    const id = `${view.id}/${view.hash}/${digestOf(values)}`;
    const known = this.#answers.get(id);
    if (known !== undefined) return ack(await known);

    const { promise, resolve } = Promise.withResolvers<Answer>();
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= MOST_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
    this.#answers.set(id, promise);
    const sender = senderOf(tenantOf(workspace), user.id, channelOfWindow(view.callback_id));
    const { after, members } = this.#parts;
    const answer = new FormAnswer({
      after,
      locale: () => members.recall(sender.tenant, sender.member)?.locale ?? "en",
      tell: async (given) => {
        resolve(given);
        await ack(given);
      },
    });
    // Not taken as seen: delivered to a process that does not know it, it has the same result once more.
    this.#parts.inflow.run(() =>
      this.#answering.answer({
        sender,
        id,
        sentAt,
        trigger: null,
        isRepeatable: true,
        atOnce: () => null,
        meant: async () => {
          const { command, options } = await sentMeant(submission, sender.tenant, this.#parts);
          return { command, input: { kind: "typed", options }, opensForm: false };
        },
        outlet: (parts) =>
          new ViewOutlet(
            {
              view: view.id,
              block: Object.keys(values)[0] ?? null,
              answer,
              isLast: this.#windows.take(view.id),
            },
            parts,
          ),
        giveUp: async (reply) => {
          const [block] = Object.keys(values);
          if (block !== undefined) answer.give({ response_action: "errors", errors: { [block]: reply } });
        },
      }),
    );
  }

  async #suggest(suggestion: Suggestion, ack: Delivered["ack"]): Promise<void> {
    const { commands, services, members, after } = this.#parts;
    const asked = suggestedBy(suggestion.action_id);
    const workspace = workspaceIn(suggestion);
    const command = commands.find(({ name }) => name === asked?.command);
    if (asked === null || workspace === null || command === undefined) return ack({ options: [] });
    const sender = senderOf(tenantOf(workspace), suggestion.user.id, null);
    const locale = members.recall(sender.tenant, sender.member)?.locale ?? "en";
    let cancel = (): void => {};
    const tooLate = new Promise<[]>((resolve) => {
      cancel = after(SUGGEST_WITHIN_MS, () => resolve([]));
    });
    const context = { tenant: sender.tenant, locale };
    const finding = complete(command, asked.option, suggestion.value, context, services).catch(
      (error: unknown) => {
        services.log.error("nothing could be suggested", error, { command: command.name });
        return [];
      },
    );
    const found = await Promise.race([finding, tooLate]).finally(() => cancel());
    await ack(optionsJson(found, suggestion.value, locale));
  }
}
