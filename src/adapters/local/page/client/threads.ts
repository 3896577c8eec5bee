import { readThreads } from "./api.ts";
import { find, make, speak, write } from "./dom.ts";
import { clockTime, say } from "./locale.ts";
import { keep, recall } from "./memory.ts";
import { drawReply, type Perform } from "./render.ts";
import type { WireMessage, WireThreads } from "./wire.ts";

/** Messages beside the question that are shown at once. */
const MOST_BESIDE = 4;
const MOST_DISMISSED = 50;
/** Nearer to its end than that, a thread goes on to its newest message by itself. */
const NEAR_END_PX = 80;

const spokenOf = (drawn: HTMLElement): string =>
  [...drawn.children]
    .slice(0, 2)
    .map(({ textContent }) => textContent)
    .join(". ")
    .slice(0, 300);

/** A message with what it says; `version` tells it from what it said before. */
function drawMessage(message: WireMessage, perform: Perform): HTMLElement {
  const { id, at, edits, locale, reply } = message;
  const drawn = drawReply(reply, perform);
  drawn.lang = locale === "zh" ? "zh-CN" : "en";
  return make(
    "li",
    { "data-message": id, "data-version": String(edits) },
    make("time", { class: "said-at" }, clockTime(at)),
    drawn,
  );
}

/** Brings a list up to date; what stays the same is not touched, so that nobody is interrupted who writes in it. */
function bring(list: HTMLElement, messages: readonly WireMessage[], perform: Perform): HTMLElement[] {
  const standing = new Map(
    [...list.querySelectorAll<HTMLElement>(":scope > [data-message]")].map((item) => [
      item.dataset.message,
      item,
    ]),
  );
  const fresh: HTMLElement[] = [];
  const items = messages.map((message) => {
    const there = standing.get(message.id);
    if (there?.dataset.version === String(message.edits)) return there;
    const drawn = drawMessage(message, perform);
    if (there === undefined) fresh.push(drawn);
    return drawn;
  });
  const isSame =
    items.length === list.children.length && items.every((item, at) => item === list.children[at]);
  if (!isSame) list.replaceChildren(...items);
  return fresh;
}

function bringThread(
  { id, title, messages }: WireThreads["threads"][number],
  isNewest: boolean,
  holder: HTMLElement,
  perform: Perform,
): { readonly whole: HTMLElement; readonly fresh: readonly HTMLElement[] } {
  const there = holder.querySelector<HTMLElement>(`[data-thread="${CSS.escape(id)}"]`);
  const whole =
    there ??
    make(
      "details",
      { class: "thread", "data-thread": id, ...(isNewest ? { open: "" } : {}) },
      make("summary", {}, title),
      make("ol", { class: "said", tabindex: "0", "aria-label": title }),
    );
  const list = whole.querySelector("ol") ?? whole;
  const isNearEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  const fresh = bring(list, messages, perform);
  if (there === null) holder.append(whole);
  if (there === null || isNearEnd) list.scrollTop = list.scrollHeight;
  return { whole, fresh };
}

function bringThreads({ threads }: WireThreads, perform: Perform): readonly HTMLElement[] {
  const holder = find("#threads", HTMLElement);
  const brought = threads.map((thread, at) => bringThread(thread, at === 0, holder, perform));
  for (const each of [...holder.children]) if (!brought.some(({ whole }) => whole === each)) each.remove();
  find("#stage", HTMLElement).hidden = threads.length === 0;
  return brought.flatMap(({ fresh }) => fresh);
}

const dismissed = (): string[] => (recall("dismissed") ?? "").split("\n");

function dismiss(id: string, item: HTMLElement): void {
  keep("dismissed", [...dismissed(), id].slice(-MOST_DISMISSED).join("\n"));
  item.remove();
  const list = find("#beside > ol", HTMLElement);
  find("#beside", HTMLElement).hidden = list.children.length === 0;
}

function bringBeside({ beside }: WireThreads, perform: Perform): readonly HTMLElement[] {
  const gone = new Set(dismissed());
  const messages = beside.filter(({ id }) => !gone.has(id)).slice(0, MOST_BESIDE);
  const fresh = bring(find("#beside > ol", HTMLElement), messages, perform);
  for (const item of find("#beside > ol", HTMLElement).querySelectorAll<HTMLElement>("[data-message]")) {
    if (item.querySelector(":scope > .dismiss") !== null) continue;
    const remove = make("button", { type: "button", class: "dismiss", "aria-label": say().dismiss }, "×");
    remove.addEventListener("click", () => dismiss(item.dataset.message ?? "", item));
    item.prepend(remove);
  }
  find("#beside", HTMLElement).hidden = messages.length === 0;
  return fresh;
}

let isFirst = true;
let isWaiting = false;
let last: Promise<void> = Promise.resolve();

async function bringAll(perform: Perform): Promise<void> {
  isWaiting = false;
  const said = await readThreads();
  write("#stage > h2", say().stage);
  write("#beside > h2", say().forYou);
  const newest = [...bringThreads(said, perform), ...bringBeside(said, perform)].at(-1);
  // What stood there when the page was opened is no news.
  if (newest !== undefined && !isFirst) speak(spokenOf(newest));
  isFirst = false;
}

/** Shows what was said unasked, as it stands now. What is asked for while it is read is read once more, not more often. */
export function refreshThreads(perform: Perform): Promise<void> {
  if (isWaiting) return last;
  isWaiting = true;
  last = last.catch(() => {}).then(() => bringAll(perform));
  return last;
}
