import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { answer, command, good, Visits } from "#test/e2e/page-visit";

let visits: Visits;
let server: PageServer;
beforeAll(async () => {
  visits = await Visits.begin();
  server = await openPage();
});
afterAll(async () => {
  await visits.end();
  await server.stop();
});
afterEach(async () => {
  expect(await visits.leave()).toEqual([]);
});
const open = (options: Parameters<Visits["to"]>[1] = {}): Promise<Page> => visits.to(server.url, options);
const { page: say, quiz } = messagesFor("en");

describe("A reply on the page", () => {
  it("folds the figures that its picture shows, for whoever wants to read them", async () => {
    const page = await open();
    await command(page, "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090");
    const card = page.locator("#log .card").first();
    await card.locator(".picture").waitFor();
    expect(await card.locator("table").first().isVisible()).toBe(false);
    await card.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await card.locator("table").count()).toBe(2);
    expect(await card.locator("table").first().isVisible()).toBe(true);
    await command(page, "/streak");
    expect(await page.locator("#log .card").first().locator(".days").isVisible()).toBe(false);
    // Beside the question there is no picture.
    expect(await page.locator("#streak .days").isVisible()).toBe(true);
  });

  it("is brought before the member, with the box that they typed into", async () => {
    const page = await open();
    await command(page, "/help vram");
    await command(page, "/vram 7b qlora");
    const tops = await page.evaluate(() =>
      ["#log .card", "#command"].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().top ?? Number.NaN,
      ),
    );
    for (const top of tops) expect(top).toBeGreaterThanOrEqual(0);
    const height = page.viewportSize()?.height ?? 0;
    for (const top of tops) expect(top).toBeLessThan(height - 100);
  });

  it("breaks no number on a phone", async () => {
    const page = await open({ viewport: { width: 390, height: 800 }, locale: "zh-CN" });
    await command(page, "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090 compare");
    await page.locator("#log summary").click();
    const lines = await page.evaluate(() =>
      [...document.querySelectorAll("#log td.right")].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getClientRects().length;
      }),
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(new Set(lines)).toEqual(new Set([1]));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it("keeps the language in which it was asked", async () => {
    const page = await open({ alone: true });
    await command(page, "/help");
    await page.click("#languages [value=zh]");
    await page.getByText("今日一题").waitFor();
    await command(page, "/help");
    const languages = await page.evaluate(() =>
      [...document.querySelectorAll("#log .reply")].map((card) =>
        card.closest("[lang]")?.getAttribute("lang"),
      ),
    );
    expect(languages).toEqual(["zh-CN", "en"]);
  });

  it("offers a hint by one button", async () => {
    const page = await open();
    await answer(page, good.en);
    expect(await page.getByRole("button", { name: quiz.hintButton }).count()).toBe(1);
  });

  it("leads from the history to the best answer to a question", async () => {
    const page = await open();
    await answer(page, good.en);
    await page.locator("#history .link").click();
    const card = page.locator("#log .card").first();
    await card.locator("mark").first().waitFor();
    expect(await card.innerText()).toContain(await page.innerText("#asked"));
    expect(await page.innerText("#history")).not.toContain("/history");
  });
});

describe("A time on the page", () => {
  it.each([
    ["Asia/Shanghai", /^11月26日 周四 00:00 截止$/],
    ["Asia/Tokyo", /^11月26日 周四 01:00（GMT\+9）截止$/],
  ])(
    "is the reader's own in %s, and names its zone where the team's is another",
    async (timezoneId, words) => {
      const page = await open({ timezoneId, locale: "zh-CN" });
      expect(await page.innerText("#deadline")).toMatch(words);
    },
  );
});

describe("The end of a round at the page", () => {
  it("shows what was hit and, set apart, what the source got wrong", async () => {
    const closing = await openPage();
    await closing.team.ask("answer", good.en, { member: "ada" });
    await closing.team.ask("close");
    await closing.team.passTime(60_000);
    for (const as of ["ada", "bob"]) {
      const page = await visits.to(closing.url, { as });
      await page.click("#see-reveal");
      await page.locator("#result h3").getByText(quiz.alreadyClosed).waitFor();
      const errata = page.locator("#result .erratum");
      expect(await errata.count()).toBeGreaterThan(0);
      expect(await errata.first().innerText()).toContain(say.erratum);
      expect(await page.locator("#result .hit .label").count()).toBe(as === "ada" ? 3 : 0);
    }
    await closing.stop();
  });
});
