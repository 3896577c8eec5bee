import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Amendment, Reply } from "#core/reply";
import { troubleOf } from "./failure.ts";
import { sentView, waitingView } from "./modal.ts";
import { attempt, type Outlet, type OutletParts, sayDirectly } from "./outlet.ts";
import { sentence } from "./sending.ts";

/** What takes longer is shown in the window afterwards: Slack waits 3 s, and less for members far away. */
const ANSWER_WITHIN_MS = 1500;
const MOST_WINDOWS = 2000;

/** What Slack is told in answer to a form. */
export type Answer =
  | { readonly response_action: "update"; readonly view: unknown }
  | { readonly response_action: "errors"; readonly errors: Readonly<Record<string, string>> };

export interface FormAnswerParts {
  /** Tells Slack; never rejects. */
  tell(answer: Answer): Promise<void>;
  locale(): Locale;
  after(ms: number, task: () => void): () => void;
}

/** What a form that was sent is answered with: within Slack's three seconds, whatever else is slow. */
export class FormAnswer {
  readonly #parts: FormAnswerParts;
  readonly #cancel: () => void;
  #told: Promise<void> | null = null;

  /** Begins to wait. */
  constructor(parts: FormAnswerParts) {
    this.#parts = parts;
    this.#cancel = parts.after(ANSWER_WITHIN_MS, () => {
      const locale = parts.locale();
      const title = messagesFor(locale).slack.waitingTitle;
      this.give({ response_action: "update", view: waitingView({ locale, title }) });
    });
  }

  get isGiven(): boolean {
    return this.#told !== null;
  }

  /** Gives the answer, unless one was given. */
  give(answer: Answer): void {
    this.#cancel();
    this.#told ??= this.#parts.tell(answer);
  }

  /** Resolves when the answer is on its way. */
  async settled(): Promise<void> {
    await this.#told;
  }
}

export interface ViewPlace {
  readonly view: string;
  /** The first field of the form, under which a refusal stands; null where nothing was sent. */
  readonly block: string | null;
  /** What answers the form; null where its window is only to be changed. */
  readonly answer: FormAnswer | null;
  /** Whether nobody has pressed or sent anything in the window since. */
  isLast(): boolean;
}

/** What was pressed or sent last in each window: pictures of what stood there before come too late. */
export class WindowTurns {
  readonly #last = new Map<string, symbol>();

  /** Takes the turn in a window; says for how long it is the last. */
  take(view: string): () => boolean {
    const turn = Symbol(view);
    const [oldest] = this.#last.keys();
    if (this.#last.size >= MOST_WINDOWS && oldest !== undefined) this.#last.delete(oldest);
    this.#last.delete(view);
    this.#last.set(view, turn);
    return () => this.#last.get(view) === turn;
  }
}

/** The sentence of a refusal: the form stays open with what was typed, and the sentence under its field. */
function refusalIn({ blocks, isRefusal }: Reply): string | null {
  const [first] = blocks;
  return isRefusal === true && first?.kind === "text" ? first.text : null;
}

/** Answers in the window of a form that was sent, or of a button in it. */
export class ViewOutlet implements Outlet {
  readonly #place: ViewPlace;
  readonly #parts: OutletParts;

  constructor(place: ViewPlace, parts: OutletParts) {
    this.#place = place;
    this.#parts = parts;
  }

  async show(reply: Reply, locale: Locale): Promise<void> {
    const refusal = refusalIn(reply);
    const { block, answer } = this.#place;
    if (refusal !== null && block !== null && answer?.isGiven === false) {
      answer.give({ response_action: "errors", errors: { [block]: refusal } });
      return answer.settled();
    }
    await this.#put(reply, locale);
  }

  async amend({ whole }: Amendment, locale: Locale): Promise<void> {
    await this.#put(whole, locale);
  }

  async #put(reply: Reply, locale: Locale): Promise<void> {
    const { sending, id } = this.#parts;
    const title = messagesFor(locale).slack.resultTitle;
    const drawn = this.#drawn(reply, locale, title);
    if (drawn === null) {
      const messages = await sending.drawOrApologise(reply, locale, id);
      const short = this.#drawn(sentence(messagesFor(locale).slack.sentDirectly), locale, title);
      if (short !== null) await this.#tell(short.view);
      return sayDirectly(this.#parts, messages, locale, messagesFor(locale).slack.sentDirectly);
    }
    await sending.keep([drawn]);
    const trouble = await attempt("show in a window", this.#parts, () =>
      sending.windowWithPictures(drawn, (view) => this.#show(view), this.#place.isLast),
    );
    // Whoever has closed the window finds it in their direct messages; they may have closed it in good faith.
    if (trouble !== null && trouble !== "unsure")
      await sayDirectly(this.#parts, await sending.drawOrApologise(reply, locale, id), locale);
    await sending.shareDirectly(this.#parts.member, await sending.drawOrApologise(reply, locale, id), locale);
  }

  #drawn(reply: Reply, locale: Locale, title: string): ReturnType<typeof sentView> {
    try {
      return sentView(reply, { locale, title });
    } catch (error) {
      this.#parts.sending.log.error("a reply could not be drawn", error, { submission: this.#parts.id });
      return sentView(sentence(messagesFor(locale).dispatch.failed(this.#parts.id)), { locale, title });
    }
  }

  async #tell(view: unknown): Promise<void> {
    await attempt("show in a window", this.#parts, () => this.#show(view));
  }

  async #show(view: unknown): Promise<void> {
    const { answer, view: id } = this.#place;
    if (answer?.isGiven === false) {
      answer.give({ response_action: "update", view });
      return answer.settled();
    }
    await answer?.settled();
    const { calls } = this.#parts.sending;
    try {
      await calls.updateView(id, view);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== "unsure" && trouble !== "down") throw error;
      // The same view over itself changes nothing.
      await calls.waitBriefly();
      await calls.updateView(id, view);
    }
  }
}
