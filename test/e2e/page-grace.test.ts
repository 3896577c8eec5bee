import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { answer, command, good, Visits } from "#test/e2e/page-visit";

let visits: Visits;
let server: PageServer;
beforeAll(async () => {
  visits = await Visits.begin();
});
afterAll(() => visits.end());
beforeEach(async () => {
  server = await openPage();
});
afterEach(async () => {
  expect(await visits.leave()).toEqual([]);
  await server.stop();
});
const open = (): Promise<Page> => visits.to(server.url, { as: "ada" });
const reload = async (page: Page): Promise<void> => {
  await page.reload();
  await page.waitForSelector("body[data-settled]");
};
const MINUTE_MS = 60_000;
const say = messagesFor("en").page;

describe("What was begun before the round closed", () => {
  it("stays and can be sent for ten minutes: after commands, a change of language and a reload", async () => {
    const page = await open();
    const asked = await page.innerText("#asked");
    await page.fill("#answer", good.en);
    await server.team.ask("close", "", { member: "bob" });
    await server.team.passTime(MINUTE_MS);
    await command(page, "/help");
    expect(await page.inputValue("#answer")).toBe(good.en);
    expect(await page.innerText(".terms")).toContain("may still be sent until");
    await page.click("#languages [value=zh]");
    await page.getByText("上一题", { exact: true }).waitFor();
    expect(await page.inputValue("#answer")).toBe(good.en);
    await page.click("#languages [value=en]");
    await page.getByText(say.lastQuestion).waitFor();
    await reload(page);
    expect(await page.innerText("#asked")).toBe(asked);
    expect(await page.inputValue("#answer")).toBe(good.en);
    await page.click("#send");
    await page.locator("#result .score").waitFor();
    const result = await page.innerText("#result");
    expect(result).toContain("answer 1 of 3");
    expect(result).not.toContain(messagesFor("en").quiz.closes);
    expect(result).not.toContain(messagesFor("en").quiz.hintButton);
    // The text has arrived: nothing holds the page back any more.
    await page.locator("#answering").waitFor({ state: "hidden" });
    expect(await page.locator("#unsent").isVisible()).toBe(false);
  });

  it("stays where a question for practice lies behind it, and where the next question opens", async () => {
    await server.team.ask("close", "", { member: "bob" });
    await server.team.passTime(MINUTE_MS);
    await server.team.ask("quiz", "2", { member: "ada" });
    await server.team.passTime(24 * 60 * MINUTE_MS);
    const page = await open();
    expect(await page.innerText("#kind")).toBe(say.today);
    const asked = await page.innerText("#asked");
    await page.fill("#answer", good.en);
    await server.team.ask("close", "", { member: "bob" });
    await server.team.passTime(MINUTE_MS);
    await reload(page);
    expect(await page.innerText("#asked")).toBe(asked);
    expect(await page.inputValue("#answer")).toBe(good.en);
    await page.click("#another");
    await page.getByText(say.practice).waitFor();
    expect(await page.inputValue("#answer")).toBe("");
    expect(await page.locator("#unsent .text").textContent()).toBe(good.en);
  });

  it("can be read after the ten minutes, until it is discarded", async () => {
    const page = await open();
    await page.fill("#answer", good.en);
    await server.team.ask("close", "", { member: "bob" });
    await server.team.passTime(11 * MINUTE_MS);
    await command(page, "/help");
    expect(await page.inputValue("#answer")).toBe(good.en);
    await page.getByText(say.takesNoMore).waitFor();
    expect(await page.locator("#send").isVisible()).toBe(false);
    await reload(page);
    expect(await page.locator("#answering").isVisible()).toBe(false);
    await page.click("#unsent summary");
    expect(await page.locator("#unsent .text").textContent()).toBe(good.en);
    await page.click("#discard");
    await page.locator("#unsent").waitFor({ state: "hidden" });
    await reload(page);
    expect(await page.locator("#unsent").isVisible()).toBe(false);
  });

  it("holds nobody back who had sent it, or who closes the round themselves", async () => {
    const page = await open();
    await answer(page, good.en);
    await server.team.ask("close", "", { member: "bob" });
    await reload(page);
    await page.getByText(say.lastQuestion).waitFor();
    expect(await page.locator("#answering").isVisible()).toBe(false);
    await server.team.passTime(24 * 60 * MINUTE_MS);
    await reload(page);
    await page.fill("#answer", "half a thought");
    await page.click("#reveal");
    await page.click("#closing [value=yes]");
    await page.getByText(messagesFor("en").quiz.modelAnswer).waitFor();
    await page.locator("#answering").waitFor({ state: "hidden" });
    expect(await page.locator("#unsent .text").textContent()).toBe("half a thought");
  });
});

describe("What happened while the page heard nothing", () => {
  it("is found when the server answers again", async () => {
    const page = await open();
    await server.served.close();
    await page.getByText(say.offline).waitFor();
    await server.team.ask("close", "", { member: "bob" });
    await server.team.passTime(MINUTE_MS);
    const port = Number(new URL(server.url).port);
    server = await openPage({ team: server.team, port });
    await page.getByText(say.roundOver).waitFor();
    expect(await page.innerText("#kind")).toBe(say.lastQuestion);
  });
});
