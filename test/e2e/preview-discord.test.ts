import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openDiscordPreview } from "#src/preview/discord";
import { openTeam, type Team } from "#test/doubles/team";
import { openChromium, openTab } from "./chromium.ts";
import { openPage, type PageServer } from "./page-server.ts";

let browser: Browser;
let team: Team;
let preview: Awaited<ReturnType<typeof openDiscordPreview>>;
let server: PageServer;
beforeAll(async () => {
  browser = await openChromium();
  team = await openTeam();
  preview = await openDiscordPreview(team.services);
  server = await openPage({ team, previews: { discord: async () => preview.preview } });
});
afterAll(async () => {
  await browser.close();
  await preview.close();
  await server.stop();
});

const say = messagesFor("en");

describe("The page that shows a day on Discord", () => {
  it("is a link away from the question, and asks no other machine for anything", async () => {
    const tab = await openTab(browser, server.url);
    await tab.page.click('a[href="/preview/discord"]');
    await tab.page.waitForSelector("body[data-settled] .scene");
    await expect(tab.page.locator(".scene-title").allInnerTexts()).resolves.toEqual(
      Object.values(say.preview.scene),
    );
    const hosts = new Set(tab.requested.map((url) => new URL(url).host).filter((host) => host !== ""));
    expect([...hosts]).toEqual([new URL(server.url).host]);
    expect(tab.faults).toEqual([]);
    await tab.close();
  });

  it("says that the day is being drawn until it is there", async () => {
    const tab = await openTab(browser, server.url);
    const { page } = tab;
    const held = Promise.withResolvers<null>();
    await page.route("**/api/preview/discord?*", async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(`${server.url}/preview/discord`);
    const waiting = page.getByText(say.preview.waiting);
    await waiting.waitFor();
    held.resolve(null);
    await page.waitForSelector("body[data-settled] .scene");
    expect(await waiting.isVisible()).toBe(false);
    await tab.close();
  });

  it("lets the day be played: the button opens the form, the form is scored", async () => {
    const tab = await openTab(browser, `${server.url}/preview/discord`);
    const { page } = tab;
    await page.getByRole("button", { name: say.quiz.answerButton, exact: true }).first().click();
    const dialog = page.locator("dialog[open]");
    await dialog.locator("textarea").fill("Mix some old data into the training set and train LoRA only.");
    await dialog.getByRole("button", { name: say.preview.submit }).click();
    const tried = page.locator(".scene").last();
    await tried.locator(".embed-title", { hasText: "Score" }).waitFor();
    expect(await tried.locator(".ephemeral").count()).toBe(1);

    await page.fill("#command", "/vram qwen2.5-7b qlora 24G");
    await page.press("#command", "Enter");
    await page.locator(".scene").last().locator("img.embed-image").waitFor();
    expect(await page.locator(".scene").last().locator("img").getAttribute("alt")).toContain("GiB");
    await page.fill("#command", "hello");
    await page.press("#command", "Enter");
    await page.getByText(say.preview.noCommand).waitFor();
    await tab.close();
  });

  it("can be read by everybody, in light and in dark, and in the language they choose", async () => {
    const options = { colorScheme: "light", locale: "zh-CN", bypassCSP: true } as const;
    const tab = await openTab(browser, `${server.url}/preview/discord`, options);
    const { page } = tab;
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
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
    await page.click('#languages [value="en"]');
    await page.getByText(say.preview.scene.reveal).waitFor();
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
    });
    expect(await faults("color-contrast")).toEqual([]);
    await tab.close();
  });

  it("is not there for a platform that nobody draws", async () => {
    const response = await fetch(`${server.url}/preview/irc`);
    expect(response.status).toBe(404);
    const asked = await fetch(`${server.url}/api/preview/irc?locale=en&theme=dark`);
    expect(asked.status).toBe(404);
  });
});
