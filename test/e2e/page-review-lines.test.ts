import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openChromium, openTab, type Tab } from "#test/e2e/chromium";
import { openPage, type PageServer } from "#test/e2e/page-server";

const say = messagesFor("en").review;

const ASIDE = "(Recorded on Monday, ask Lee for the file.)";
/** More questions than the list shows at a time, in one line and in several. */
const QUESTIONS = [
  "How do you keep inference latency low under load?",
  "What is prefix caching?",
  "Why does paged attention waste less memory than one block a request, whatever the requests are like?",
  "When is speculative decoding worth it?",
  "How does continuous batching differ from static batching, and what does the difference cost whoever waits?",
  "Why is decoding bound by memory bandwidth?",
  "What does tensor parallelism cost?",
  "How do you choose a quantisation for serving?",
  "What happens when the cache runs out of blocks?",
  "Why does the first token take so long?",
  "How would you autoscale a service of language models?",
  "What do you measure beside latency?",
];
const DOCUMENT = `${QUESTIONS.map(
  (question) => `## ${question}

- Requests join the running batch at every step, so the card never waits.
- The cache is kept in blocks, so that more requests fit at once.
- Weights in 4 bits are read faster from memory than those in 16.

${ASIDE}
`,
).join("\n")}\n## What is an inference server?\n\nA process that answers requests with a model.\n`;

let browser: Browser;
let server: PageServer;
let tab: Tab;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
  server = await openPage();
  tab = await openTab(browser, `${server.url}/content`, { viewport: { width: 1280, height: 900 } });
  page = tab.page;
  await page.setInputFiles("#document", {
    name: "fast.md",
    mimeType: "text/markdown",
    buffer: Buffer.from(DOCUMENT),
  });
  await page.locator("#import").click();
  await page.locator(".pack li").nth(12).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** How far the rows that show in the list lie outside of it, in pixels: none where no row is cut. */
const cut = (): Promise<number> =>
  page.locator(".pack > ol").evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    const rows = [...list.children].map((row) => row.getBoundingClientRect());
    const shown = rows.filter((row) => row.bottom > top + 1 && row.top < bottom - 1);
    return Math.max(...shown.map((row) => Math.max(top - row.top, row.bottom - bottom)));
  });

const scrollTo = async (top: number): Promise<void> => {
  await page.locator(".pack > ol").evaluate(async (list, wanted) => {
    list.scrollTop = wanted;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }, top);
};

// Each step goes on where the one before has left the page.
describe("The list of questions beside a review", () => {
  it("shows whole rows wherever it is scrolled to, at any width", async () => {
    for (const width of [1280, 900, 375]) {
      await page.setViewportSize({ width, height: 900 });
      for (const top of [0, 40, 130, 333, 9999]) {
        await scrollTo(top);
        expect(await cut(), `${width} wide, scrolled to ${top}`).toBeLessThanOrEqual(1);
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("stays where it was when a question of it is opened, and brings the open one into view", async () => {
    const list = page.locator(".pack > ol");
    const at = await list.evaluate((shown) => shown.scrollTop);
    expect(at).toBeGreaterThan(300);
    await page.locator(".pack li a").nth(10).click();
    await page.locator(".pack li a[aria-current]").waitFor();
    expect(await list.evaluate((shown) => shown.scrollTop)).toBe(at);
    const first = await page.locator(".pack li a").first().getAttribute("href");
    await page.evaluate((hash) => {
      location.hash = hash ?? "";
    }, first);
    await page.locator(".pack li:first-child a[aria-current]").waitFor();
    expect(await list.evaluate((shown) => shown.scrollTop)).toBe(0);
  });
});

describe("Lines of an answer that are in no key point", () => {
  it("stand beside the question with their numbers and words", async () => {
    const unused = page.locator(".unused");
    expect(await unused.locator("summary").innerText()).toBe(say.unused(1));
    expect(await unused.locator(".number").innerText()).toBe("7");
    expect(await unused.locator(".line").innerText()).toBe(ASIDE);
  });

  it("become key points where somebody presses, with what they write", async () => {
    await page.getByRole("button", { name: `${say.makePoint}: ${say.line(7)}` }).click();
    const statement = page.locator(".unused textarea");
    expect(await statement.inputValue()).toBe(ASIDE);
    await statement.fill("Lee keeps the file of Monday.");
    await page.locator(".unused").getByRole("button", { name: say.save }).click();
    await page.locator(".point").nth(3).waitFor();
    const made = page.locator(".point").nth(3);
    expect(await made.innerText()).toContain("Lee keeps the file of Monday.");
    expect(await made.locator(".source").innerText()).toContain(ASIDE);
    expect(await page.locator(".unused").count()).toBe(0);
    expect(tab.faults).toEqual([]);
  });
});
