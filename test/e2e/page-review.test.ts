import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { NOTES } from "#test/doubles/documents";
import { wordsOf } from "#test/doubles/team";
import { openChromium, openTab, type Tab } from "#test/e2e/chromium";
import { openPage, type PageServer } from "#test/e2e/page-server";

const { review: say, content } = messagesFor("en");

let browser: Browser;
let server: PageServer;
let tab: Tab;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
  server = await openPage();
  tab = await openTab(browser, `${server.url}/content`, {
    locale: "en-GB",
    bypassCSP: true,
    colorScheme: "light",
  });
  page = tab.page;
  await page.locator("body[data-settled]").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const press = (name: string): Promise<void> => page.getByRole("button", { name }).first().click();

const faults = async (): Promise<string[]> => {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};

// Each step goes on where the one before has left the page.
describe("The review of a document on the page", () => {
  it("makes drafts of a file that is chosen, and says what was left out", async () => {
    await page.setInputFiles("#document", {
      name: "serving-notes.md",
      mimeType: "text/markdown",
      buffer: Buffer.from(NOTES),
    });
    await page.fill("#owner", "our own notes");
    await press(say.importDo);
    await page.locator(".pack li").nth(2).waitFor();
    expect(await page.innerText("#said")).toContain(content.imported("serving-notes.md", 3));
    expect(await page.innerText(".pack")).toContain(content.states.unscorable);
  });

  it("shows a question with each point's lines beside it, and grades an answer at once", async () => {
    await page.locator(".pack li a").first().click();
    await page.locator(".point").nth(3).waitFor();
    expect(await page.locator(".point").first().locator(".source").innerText()).toContain(
      "Continuous batching",
    );
    await page.fill("#trial", "Continuous batching, and quantised weights.");
    await press(say.tryDo);
    await page.locator(".trial .verdicts li.hit").first().waitFor();
  });

  it("is done by keyboard: a point is approved, another merged, a third taken out and brought back", async () => {
    const points = page.locator(".point");
    await points.first().focus();
    await page.keyboard.press("a");
    await page.locator(".point.approved").waitFor();
    await page.keyboard.press("m");
    await points.nth(3).waitFor({ state: "detached" });
    expect(await page.locator(".point:focus h3").innerText()).toContain("Quantisation");
    await page.keyboard.press("d");
    await points.nth(2).waitFor({ state: "detached" });
    await page.getByText(say.dropped(1)).click();
    await press(say.bringBack);
    await points.nth(2).waitFor();
  });

  it("takes an edit in both languages", async () => {
    const first = page.locator(".point").first();
    await first.getByRole("button", { name: say.edit, exact: true }).click();
    await page.getByLabel(say.titleIn(say.in.zh)).fill("连续批处理");
    await page
      .getByLabel(say.statementIn(say.in.zh))
      .fill("新请求每一步都能加入正在跑的批次，GPU 不会空等。");
    await press(say.save);
    await page.getByText("连续批处理").waitFor();
  });

  it("has no serious fault of accessibility in light or dark, and fits a phone", async () => {
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
    expect(await faults()).toEqual([]);
    await page.click("#themes [value=dark]");
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 375, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("publishes what is approved, which is asked from then on", async () => {
    await press(say.approveAll);
    await press(say.publishThis);
    await page.getByText(content.published(1)).first().waitFor();
    await page.locator(".draft .chip.live").waitFor();
    const { team } = server;
    const asked = await (await team.services.library.of?.(team.tenant))?.questions.at(-1);
    expect(asked?.text.en).toBe("How do you keep inference latency low under load?");
    expect(wordsOf(await team.ask("history", asked?.id))).not.toBe("");
    expect(tab.requested.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:"))).toEqual(
      [],
    );
  });
});
