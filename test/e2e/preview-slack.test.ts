import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openSlackPreview } from "#src/preview/slack";
import { openTeam, type Team } from "#test/doubles/team";
import { openChromium, openTab } from "./chromium.ts";
import { openPage, type PageServer } from "./page-server.ts";

let browser: Browser;
let team: Team;
let preview: Awaited<ReturnType<typeof openSlackPreview>>;
let server: PageServer;
beforeAll(async () => {
  browser = await openChromium();
  team = await openTeam();
  preview = await openSlackPreview(team.services);
  server = await openPage({ team, previews: { slack: async () => preview.preview } });
});
afterAll(async () => {
  await browser.close();
  await preview.close();
  await server.stop();
});

const say = messagesFor("en");

describe("The page that shows a day on Slack", () => {
  it("is a link away from the question and can be played: its buttons, forms and menus work", async () => {
    const tab = await openTab(browser, server.url);
    const { page } = tab;
    await page.click('a[href="/preview/slack"]');
    await page.waitForSelector("body[data-settled] .scene");
    await expect(page.locator(".scene-title").allInnerTexts()).resolves.toEqual([
      ...Object.values(say.preview.scene),
      say.preview.page,
    ]);
    await page.getByRole("button", { name: say.quiz.answerButton, exact: true }).first().click();
    const dialog = page.locator("dialog[open]");
    await dialog.locator("textarea").fill("Mix some old data into the training set and train LoRA only.");
    await dialog.getByRole("button", { name: say.quiz.answerButton }).click();
    const tried = page.locator(".scene").last();
    await tried.locator(".header", { hasText: "Score" }).waitFor();
    expect(await tried.locator(".ephemeral").count()).toBe(1);

    await page.fill("#command", "/vram");
    await page.press("#command", "Enter");
    const model = dialog.locator("input[list]").first();
    await model.fill("qwen2.5-7");
    await dialog.locator("datalist option[value='Qwen2.5-7B']").first().waitFor({ state: "attached" });
    await model.fill("Qwen2.5-7B");
    await dialog.locator("select").first().selectOption("qlora");
    await dialog.getByRole("button", { name: say.slackViews.estimate }).click();
    await page.locator(".scene").last().locator("img.picture").waitFor();
    expect(await page.locator(".scene").last().locator("img").getAttribute("alt")).toContain("GiB");
    const hosts = new Set(tab.requested.map((url) => new URL(url).host).filter((host) => host !== ""));
    expect([...hosts]).toEqual([new URL(server.url).host]);
    expect(tab.faults).toEqual([]);
    await tab.close();
  });

  it("can be read by everybody, in light and in dark", async () => {
    const options = { colorScheme: "light", locale: "zh-CN", bypassCSP: true } as const;
    const tab = await openTab(browser, `${server.url}/preview/slack`, options);
    const { page } = tab;
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
    const faults = async (only?: string): Promise<string[]> => {
      const { violations } = await page.evaluate(
        (rule) =>
          (globalThis as unknown as { axe: typeof axe }).axe.run(
            document,
            rule === undefined ? {} : { runOnly: [rule] },
          ),
        only,
      );
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    };
    expect(await faults()).toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
    });
    expect(await faults("color-contrast")).toEqual([]);
    await tab.close();
  });
});
