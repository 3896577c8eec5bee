import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openChromium, openTab, type Tab, visit } from "./chromium.ts";

/** An answer that hits several key points of the first day's question. */
export const good = {
  zh: "灾难性遗忘是指学了新任务，把旧任务的能力忘了。可以混入一部分旧数据一起训练，再冻结大部分层、只训 LoRA。",
  en: "The model learns the new task and forgets the old one. Mix some old data into the training set, freeze most layers and train LoRA only.",
} as const;
interface Visit extends BrowserContextOptions {
  /** The member; one whom nobody has heard of before where none is named. */
  readonly as?: string;
  /** In a profile of its own, which may do what it likes. */
  readonly alone?: true;
}

/** The tabs of one test file in one browser, none of which may ask another host for anything. */
export class Visits {
  readonly #browser: Browser;
  readonly #shared: Page;
  #open: Tab[] = [];
  #members = 0;

  private constructor(browser: Browser, shared: Page) {
    this.#browser = browser;
    this.#shared = shared;
  }

  static async begin(): Promise<Visits> {
    const browser = await openChromium();
    const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
    return new Visits(browser, await context.newPage());
  }

  /** The page as one member sees it. Most share one tab, since a new one is a new process every time. */
  async to(url: string, { as, alone, ...options }: Visit = {}): Promise<Page> {
    this.#members += 1;
    const address = `${url}/?as=${as ?? `member-${this.#members}`}`;
    const shares = alone === undefined && Object.keys(options).length === 0;
    const tab = shares ? await visit(this.#shared, address) : await openTab(this.#browser, address, options);
    this.#open.push(tab);
    return tab.page;
  }

  /** Closes the tabs; every address outside this machine that one of them asked for. */
  async leave(): Promise<string[]> {
    const asked = this.#open.flatMap(({ requested }) => requested);
    for (const tab of this.#open) if (tab.page !== this.#shared) await tab.close();
    this.#open = [];
    return asked.filter((url) => new URL(url).hostname !== "127.0.0.1" && !url.startsWith("data:"));
  }

  end(): Promise<void> {
    return this.#browser.close();
  }
}

/** Sends an answer and reads what comes of it. */
export async function answer(page: Page, text: string): Promise<string> {
  await page.fill("#answer", text);
  await page.click("#send");
  return replyUnder(page, "#result");
}

/** What stands in a part of the page once it has words and nothing is being sent. */
export async function replyUnder(page: Page, part: string): Promise<string> {
  await page.locator(`${part} .reply`).waitFor();
  await page.locator('#answering:not([aria-busy="true"])').waitFor();
  return page.innerText(part);
}

/** Sends what one would type into the command box and reads the newest reply. */
export async function command(page: Page, text: string): Promise<string> {
  const before = await page.locator("#log .card").count();
  await page.fill("#command", text);
  await page.press("#command", "Escape");
  await page.press("#command", "Enter");
  await page.locator("#log .card").nth(before).waitFor();
  return page.locator("#log .card .reply").first().innerText();
}
