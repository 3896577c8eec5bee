import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { command, Visits } from "#test/e2e/page-visit";

const say = messagesFor("en").settings;

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

const kept = () => server.team.services.store.schedule(server.team.tenant, server.team.channel);
const card = (page: Page) => page.locator("#log .card").first();

describe("An admin at the page", () => {
  it("changes the weekdays by keyboard alone, in the form's own place", async () => {
    const page = await visits.to(server.url);
    await command(page, "/settings");
    const cards = await page.locator("#log .card").count();
    const what = card(page).getByLabel(say.what);
    await what.focus();
    await what.selectOption("weekdays");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await card(page)
      .getByRole("group", { name: say.which(say.weekday) })
      .waitFor();
    for (const day of [6, 7]) {
      await card(page).getByLabel(say.dayName(day)).focus();
      await page.keyboard.press("Space");
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await card(page).getByText("Mon–Fri").waitFor();
    expect(await page.locator("#log .card").count()).toBe(cards);
    expect((await kept())?.weekdays).toEqual([1, 2, 3, 4, 5]);
  });

  it("types a zone that no menu holds, and reads in one sentence what is none", async () => {
    const page = await visits.to(server.url);
    await command(page, "/settings step=zone");
    const field = card(page).getByLabel(say.zone, { exact: true });
    await field.fill("里斯本");
    await field.press("Enter");
    await card(page).getByText("Lisbon · Europe/Lisbon").waitFor();
    expect(await command(page, "/settings zone=xyzzy")).toBe(say.noSuchZone("xyzzy", []));
    expect((await kept())?.zone).toBe("Europe/Lisbon");
  });

  it("is offered cities and models while typing, in either language", async () => {
    const page = await visits.to(server.url);
    for (const [typed, offered] of [
      ["/settings zone=上海", "Asia/Shanghai"],
      ["/settings on zone=berl", "Europe/Berlin"],
      ["/vram gpu=a10", "A100"],
    ] as const) {
      await page.fill("#command", typed);
      const found = page.locator("#completions [role=option]", { hasText: offered }).first();
      await found.waitFor();
      if (offered !== "Europe/Berlin") continue;
      await page.press("#command", "Tab");
      expect(await page.inputValue("#command")).toBe("/settings on zone=Europe/Berlin ");
    }
  });

  it("finds the form without a serious fault of accessibility", async () => {
    const page = await visits.to(server.url, { bypassCSP: true });
    await command(page, "/settings step=weekdays");
    await command(page, "/settings step=zone");
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document),
    );
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id }) => id)).toEqual([]);
  });
});
