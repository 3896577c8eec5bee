import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Command } from "#core/command";
import type { Complete } from "#core/completion";
import type { Dispatch } from "#core/dispatch";
import type { SubmissionId } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { describeOptions } from "#core/options";
import type { Announcement, Announcements, Clock } from "#core/ports";
import { Refusal } from "#core/refusal";
import type { Amendment, Reply } from "#core/reply";
import type { Request } from "#core/request";
import { completerOf } from "./completer.ts";
import { documentTyped } from "./document-path.ts";
import { type LineKind, messagesInLines } from "./messages-in-lines.ts";
import type { ThreadNews, Threads } from "./page/threads.ts";
import { renderReply } from "./render.ts";
import { answerAction, commandIn, type Identity, type Open, requestFrom } from "./request.ts";
import { printable, wrap } from "./wrap.ts";

/** Lines that come closer together than this are one paste or one pipe. */
const PAUSE_MS = { typed: 25, piped: 100 } as const;

/** Words that the prompt itself understands; everything else is a command of the core. */
const promptWords = ["lang", "as", "quit", "exit"] as const;

const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" } as const;

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** A person types (prompt, colours, welcome); otherwise only replies are printed. */
  readonly interactive: boolean;
  readonly colour: boolean;
  width(): number;
  /** A reply whose files are kept where whoever types finds them; absent where they are printed. */
  keep?(reply: Reply, locale: Locale): Reply;
}

export interface TerminalParts {
  readonly terminal: Terminal;
  readonly dispatch: Dispatch;
  readonly commands: readonly Command[];
  /** What an option could become; absent where nothing is known. */
  readonly complete?: Complete;
  readonly identity: Identity;
  readonly locale: Locale;
  readonly zone: string;
  readonly clock: Clock;
  newSubmission(): SubmissionId;
  /** What the clock posts while somebody sits here; the result ends the listening. */
  readonly announcements: Announcements;
  /** What the bot says unasked: in threads, to the channel, to the member who types. */
  readonly threads?: Pick<Threads, "listen">;
  /** The member of a name that was typed; absent where nobody else may type. Throws Refusal for a bad name. */
  identityOf?(name: string): Identity;
  /** Runs `task` after so many milliseconds; the result cancels it. */
  after(ms: number, task: () => void): () => void;
}

class Session {
  readonly #parts: TerminalParts;
  readonly #reader: Interface;
  readonly #longCommands: ReadonlySet<string>;
  readonly #commandNames: ReadonlySet<string>;
  #locale: Locale;
  /** Who types now. */
  #identity: Identity;
  #lines: string[] = [];
  #pasting = false;
  /** Messages are answered one after the other, in the order they came. */
  #queue: Promise<void> = Promise.resolve();
  /** What text without a command answers: the question that was shown last, whatever has opened since. */
  #open: Open | null = null;
  /** Settles when nothing more comes after the replies so far. */
  #amended: Promise<unknown> = Promise.resolve();
  #somethingShown = false;
  /** What was said unasked and is still to be printed. */
  readonly #heard: Reply[] = [];
  #leaving = false;
  #inputEnded = false;
  #cancelFlush: () => void = () => {};

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    this.#locale = parts.locale;
    this.#identity = parts.identity;
    this.#commandNames = new Set(parts.commands.map((command) => command.name));
    const takesRest = (command: Command): boolean =>
      describeOptions(command.options).some((spec) => spec.meta.rest === true);
    this.#longCommands = new Set(parts.commands.filter(takesRest).map((command) => command.name));
    const { input, output, interactive } = parts.terminal;
    const names = [...this.#commandNames, ...promptWords];
    const { complete } = parts;
    this.#reader = createInterface({
      input,
      ...(interactive ? { output, completer: completerOf(names, complete, () => this.#locale) } : {}),
      terminal: interactive,
      prompt: "> ",
      crlfDelay: Number.POSITIVE_INFINITY,
    });
  }

  #print(text: string): void {
    this.#parts.terminal.output.write(`${text}\n`);
  }

  #kindOf(line: string): LineKind {
    const name = commandIn(line.trim())?.[0];
    if (name === undefined) return "text";
    if (this.#longCommands.has(name)) return "many-lines";
    if (this.#commandNames.has(name) || promptWords.some((word) => word === name)) return "one-line";
    return "slash";
  }

  async #show(text: string, instead: Partial<Pick<Request, "input">> = {}): Promise<void> {
    const { dispatch, clock } = this.#parts;
    const sent = { text, locale: this.#locale, at: clock.now(), submission: this.#parts.newSubmission() };
    const later = (amendment: Promise<Amendment | null>): void => this.#amend(amendment);
    const reply = await dispatch({ ...requestFrom(this.#identity, sent, this.#open), ...instead, later });
    const action = answerAction(reply);
    if (action !== null) this.#open = { options: action.options, at: sent.at };
    this.#somethingShown = true;
    this.#printReply(reply);
  }

  #printReply(reply: Reply): void {
    const { terminal, zone } = this.#parts;
    const look = { width: terminal.width(), colour: terminal.colour, locale: this.#locale, zone };
    const kept = terminal.keep?.(reply, this.#locale) ?? reply;
    this.#print(`${terminal.interactive ? "\n" : ""}${renderReply(kept, look)}\n`);
  }

  /** What comes after a reply goes above the line that is being typed, and before a pipe's end. */
  #amend(amendment: Promise<Amendment | null>): void {
    const shown = amendment.then((amended) => {
      if (amended === null) return;
      this.#queue = this.#queue.then(() => {
        const { interactive } = this.#parts.terminal;
        if (interactive && this.#inputEnded) return;
        if (interactive) this.#print("");
        this.#printReply(amended.news);
        if (interactive) this.#reader.prompt(true);
      });
    });
    this.#amended = Promise.all([this.#amended, shown]);
  }

  async #take(message: string): Promise<void> {
    if (this.#leaving) return;
    const command = commandIn(message);
    if (message === "") {
      if (this.#parts.terminal.interactive) this.#print(messagesFor(this.#locale).terminal.empty);
    } else if (command?.[0] === "quit" || command?.[0] === "exit") {
      this.#leaving = true;
      this.#reader.close();
    } else if (command?.[0] === "lang") this.#switchLanguage(command[1].trim());
    else if (command?.[0] === "as") this.#switchMember(command[1].trim());
    else await this.#run(message);
  }

  /** A command with what it takes besides: a document is named by its path. */
  async #run(message: string): Promise<void> {
    const [name, text] = commandIn(message) ?? [];
    const command = this.#parts.commands.find((one) => one.name === name);
    try {
      const input = command === undefined || text === undefined ? null : documentTyped(command, text);
      await this.#show(message, input === null ? {} : { input });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#print(error.sentence(messagesFor(this.#locale)));
    }
  }

  #switchLanguage(typed: string): void {
    const wanted = typed.toLowerCase();
    if (wanted === "zh" || wanted === "en") this.#locale = wanted;
    const say = messagesFor(this.#locale).terminal;
    this.#print(wanted === this.#locale ? say.languageIs : say.languageUnknown(typed.slice(0, 20)));
  }

  /** Whoever sits at one terminal may type for several: it is this machine's own. */
  #switchMember(name: string): void {
    const say = messagesFor(this.#locale).terminal;
    try {
      if (name !== "") this.#identity = this.#parts.identityOf?.(name) ?? this.#identity;
      this.#open = null;
      this.#print(say.youAre(this.#identity.member));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#print(error.sentence(messagesFor(this.#locale)));
    }
  }

  #flush(): void {
    this.#cancelFlush();
    const messages = messagesInLines(this.#lines, (line) => this.#kindOf(line));
    this.#lines = [];
    this.#queue = this.#queue.then(async () => {
      for (const message of messages) {
        await this.#take(message);
        this.#printHeard();
      }
      if (this.#parts.terminal.interactive && !this.#inputEnded) this.#reader.prompt();
    });
  }

  #line(line: string): void {
    this.#lines.push(line);
    this.#cancelFlush();
    if (this.#pasting) return;
    const pause = this.#parts.terminal.interactive ? PAUSE_MS.typed : PAUSE_MS.piped;
    this.#cancelFlush = this.#parts.after(pause, () => this.#flush());
  }

  /** The clock has posted something: it goes above the line that is being typed. */
  #announce({ kind, round, question, late }: Announcement): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#inputEnded) return;
      if (kind === "reveal") {
        await this.#show("/close", { input: { kind: "typed", options: { round: round.id } } });
      } else if (this.#open?.options.round !== round.id) {
        // Whoever asked at that moment has it before them already.
        const sentence = messagesFor(this.#locale).terminal.asked(question.text[this.#locale], late);
        const width = Math.min(this.#parts.terminal.width(), 100);
        this.#print(`\n\n${wrap(printable(sentence), width).join("\n")}\n`);
      }
      this.#reader.prompt(true);
    });
  }

  /** Something was said unasked: it stands behind the reply of the moment. What is edited is not said again. */
  #hear({ name, message }: ThreadNews): void {
    const isForUs = name.kind !== "member" || name.member === this.#identity.member;
    if (!isForUs || message.edits > 0) return;
    this.#heard.push(message.reply);
    this.#queue = this.#queue.then(() => {
      if (this.#heard.length === 0) return;
      if (this.#parts.terminal.interactive) this.#print("");
      this.#printHeard();
      if (this.#parts.terminal.interactive && !this.#inputEnded) this.#reader.prompt(true);
    });
  }

  #printHeard(): void {
    for (const reply of this.#heard.splice(0)) this.#printReply(reply);
  }

  /** A pasted text whose last line has no line end waits for Enter with that line, so it stays one message. */
  #watchPastes(): void {
    const { input, output } = this.#parts.terminal;
    input.on("keypress", (_: unknown, key: { name?: string } | undefined) => {
      if (key?.name === "paste-start") this.#pasting = true;
      if (key?.name === "paste-end") this.#pasting = false;
    });
    output.write(bracketedPaste.on);
  }

  /** The input has ended: by a pipe's end, Ctrl-C, Ctrl-D or /quit. */
  #ended(): Promise<void> {
    return new Promise((resolve) => {
      this.#reader.once("close", () => {
        this.#inputEnded = true;
        resolve();
      });
    });
  }

  async run(): Promise<void> {
    const { interactive } = this.#parts.terminal;
    const ended = this.#ended();
    this.#reader.on("line", (line) => this.#line(line));
    const stopHearing = this.#parts.threads?.listen((news) => this.#hear(news));
    if (interactive) {
      const say = messagesFor(this.#locale).terminal;
      this.#watchPastes();
      this.#parts.announcements.listen((announcement) => this.#announce(announcement));
      this.#print(`${say.welcome}\n${say.promptHelp("/close")}`);
      this.#queue = this.#show("/quiz");
      await this.#queue;
      if (!this.#inputEnded) this.#reader.prompt();
    }
    await ended;
    this.#flush();
    await this.#queue;
    if (!interactive) {
      await this.#amended;
      await this.#queue;
    }
    stopHearing?.();
    if (interactive) this.#print(`${bracketedPaste.off}${messagesFor(this.#locale).terminal.bye}`);
    // A pipe that says nothing wants to know what is asked today.
    else if (!this.#somethingShown && !this.#leaving) await this.#show("/quiz");
  }
}

/** Talks with one member in a terminal, or answers what a pipe sends; resolves when the input ends. */
export const runTerminal = (parts: TerminalParts): Promise<void> => new Session(parts).run();
