import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { type Tab, visit } from "#test/e2e/chromium";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { answer, good, Visits } from "#test/e2e/page-visit";

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
const open = (as: string): Promise<Page> => visits.to(server.url, { as, alone: true });
/** One more tab beside one that is open. */
const beside = async (page: Page, as: string): Promise<Tab> =>
  visit(await page.context().newPage(), `${server.url}/?as=${as}`);
const reload = async (page: Page): Promise<void> => {
  await page.reload();
  await page.waitForSelector("body[data-settled]");
};
const say = messagesFor("en").page;

describe("Many tabs of one browser", () => {
  it("all load and hear what one of them hears, whoever sits before them, and the next listens when that one goes", async () => {
    const first = await open("ada");
    const others: Tab[] = [];
    for (const as of ["ada", "ada", "ada", "bob", "cyd", "ada", "ada"]) others.push(await beside(first, as));
    await answer(others[6]?.page ?? first, good.en);
    for (const page of [first, others[0]?.page ?? first]) await page.getByText(say.attemptsLeft(2)).waitFor();
    expect(await others[3]?.page.innerText("#attempts")).toBe(say.attemptsLeft(3));
    expect(others.flatMap(({ requested }) => requested).filter((url) => url.includes("/api/events"))).toEqual(
      [],
    );

    const hearing = others.map(({ page }) =>
      page.waitForRequest((asked) => asked.url().includes("/api/events")),
    );
    await first.close();
    await (await Promise.race(hearing)).response();
    const { tenant, channel, services } = server.team;
    const [round] = await services.store.rounds(tenant, channel, 1);
    const question = services.library.question(round?.question ?? "");
    if (round === undefined || question === undefined) throw new Error("no round");
    await server.poster.post({ kind: "reveal", tenant, channel, key: "r", round, question, late: false });
    for (const { page } of others) await page.getByText(say.revealReady).waitFor();
    for (const { page } of others) await page.close();
  });

  it("keep each its own draft over a reload; a new one begins with the newest", async () => {
    const one = await open("drafty");
    const { page: two } = await beside(one, "drafty");
    await one.fill("#answer", "of the first tab");
    await two.fill("#answer", "of the second tab");
    await reload(one);
    await reload(two);
    expect([await one.inputValue("#answer"), await two.inputValue("#answer")]).toEqual([
      "of the first tab",
      "of the second tab",
    ]);
    const { page: three } = await beside(one, "drafty");
    expect(await three.inputValue("#answer")).toBe("of the second tab");
    await one.fill("#answer", "");
    await reload(one);
    expect(await one.inputValue("#answer")).toBe("");
  });
});

describe("The same answer twice", () => {
  it("from two tabs at once uses one attempt", async () => {
    const one = await open("twins");
    const { page: two } = await beside(one, "twins");
    for (const page of [one, two]) await page.fill("#answer", good.en);
    await Promise.all([one.click("#send"), two.click("#send")]);
    // The one that comes second may hear that this answer was sent already, if it is slow enough.
    for (const page of [one, two]) {
      await page.locator("#result .score").or(page.getByText(say.unchanged)).first().waitFor();
      await page.getByText(say.attemptsLeft(2)).waitFor();
    }
    const scores = await Promise.all([one, two].map((page) => page.locator("#result .score").count()));
    expect(scores.filter((count) => count > 0).length).toBeGreaterThan(0);
    await reload(one);
    await one.click("#send");
    await one.getByText(say.unchanged).waitFor();
  });

  it("by Enter twice in the command box, and then from the answer box, uses one attempt", async () => {
    const page = await open("hasty");
    await page.fill("#command", good.en);
    await page.evaluate(() => {
      const enter = { key: "Enter", bubbles: true, cancelable: true };
      const box = document.querySelector("#command");
      box?.dispatchEvent(new KeyboardEvent("keydown", enter));
      box?.dispatchEvent(new KeyboardEvent("keydown", enter));
    });
    await page.locator("#log .card .score").waitFor();
    await page.fill("#command", `/answer ${good.en}`);
    await page.press("#command", "Enter");
    await page.locator("#log .card .score").nth(1).waitFor();
    await page.fill("#answer", ` ${good.en}\n`);
    await page.click("#send");
    await page.getByText(say.unchanged).waitFor();
    await reload(page);
    expect(await page.innerText("#attempts")).toBe(say.attemptsLeft(2));
    expect(await page.locator("#log .card").count()).toBe(0);
  });

  it("is not a second hint where a button is clicked twice", async () => {
    const page = await open("clicks");
    await page.dblclick("#hint");
    await page.locator("#hints .reply").waitFor();
    await page.fill("#command", "/help");
    await page.press("#command", "Enter");
    await page.locator("#log .card").waitFor();
    expect(await page.locator("#hints li").count()).toBe(1);
  });
});
