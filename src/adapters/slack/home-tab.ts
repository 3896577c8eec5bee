import { readHome } from "#core/home";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Amendment, Reply } from "#core/reply";
import { askingBy, type Sender } from "./asking.ts";
import { renderHome } from "./home.ts";
import { sentView } from "./modal.ts";
import { attempt, type Outlet, type OutletParts, sayDirectly } from "./outlet.ts";
import type { Parts } from "./parts.ts";
import { Sending } from "./sending.ts";
import type { WindowTurns } from "./view-outlet.ts";

/** The app's home, where a member sees their own streak, weak points and today's question. */
export class HomeTab {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Shows a member's home as it is now. */
  async publish({ tenant, member }: Sender): Promise<void> {
    const { workspaces, members, services } = this.#parts;
    const { calls } = await workspaces.at(tenant);
    const asking = await askingBy({ tenant, member, channel: null }, "quiz", this.#parts);
    const { locale, role, channel } = asking;
    const info = members.recall(tenant, member);
    const reply = await readHome(
      { tenant, channel, member, locale, role: info?.isAdmin === true ? "admin" : role },
      services,
    );
    const sending = new Sending({ tenant, calls, members, services });
    const { view, files, keep } = renderHome(reply, { locale });
    await sending.keep([{ keep }]);
    await sending.withPictures({ blocks: view.blocks, files }, (blocks) =>
      calls.publishHome(member, { ...view, blocks }),
    );
  }
}

export interface HomePlace {
  readonly trigger: string;
  readonly sender: Sender;
  readonly tab: HomeTab;
  readonly windows: WindowTurns;
}

/** Answers a button of the app's home: in a window, and the home is brought up to date behind it. */
export class HomeOutlet implements Outlet {
  readonly #place: HomePlace;
  readonly #parts: OutletParts;
  #view: string | null = null;
  #isLast: (() => boolean) | null = null;

  constructor(place: HomePlace, parts: OutletParts) {
    this.#place = place;
    this.#parts = parts;
  }

  async show(reply: Reply, locale: Locale): Promise<void> {
    const { sending, id } = this.#parts;
    const trouble = await attempt("open a window", this.#parts, () => this.#put(reply, locale));
    if (trouble !== null)
      await sayDirectly(this.#parts, await sending.drawOrApologise(reply, locale, id), locale);
    await attempt("show home", this.#parts, () => this.#place.tab.publish(this.#place.sender));
  }

  async #put(reply: Reply, locale: Locale): Promise<void> {
    const { sending, id } = this.#parts;
    const drawn = sentView(reply, { locale, title: messagesFor(locale).slack.resultTitle });
    if (drawn === null) {
      const messages = await sending.drawOrApologise(reply, locale, id);
      return sayDirectly(this.#parts, messages, locale, messagesFor(locale).slack.sentDirectly);
    }
    await sending.keep([drawn]);
    // A trigger is good once, and for three seconds.
    const show = async (view: unknown): Promise<void> => {
      if (this.#view === null) this.#view = await sending.calls.openView(this.#place.trigger, view);
      else await sending.calls.updateView(this.#view, view);
      this.#isLast ??= this.#place.windows.take(this.#view);
    };
    await sending.windowWithPictures(drawn, show, () => this.#isLast?.() ?? false);
  }

  async amend({ whole }: Amendment, locale: Locale): Promise<void> {
    await attempt("amend a window", this.#parts, () => this.#put(whole, locale));
  }
}
