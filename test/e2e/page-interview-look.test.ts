import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { dossierActs } from "#src/acts";
import { speakOnThisMachine } from "#src/adapters/local/page/speaking";
import { Threads } from "#src/adapters/local/page/threads";
import { startDossierClock } from "#src/schedule/dossier-clock";
import { openTeam } from "#test/doubles/team";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { command, Visits } from "#test/e2e/page-visit";

const { interview: say } = messagesFor("en");
const PHONE = { width: 360, height: 740 };
/** Longer than a line, without a blank, and turned about by letters that nobody sees. */
const HOSTILE = `@everyone \u202E**bold**\u202C <img src=x onerror=alert(1)> ${"gradient".repeat(40)} batches and learning rates`;

let visits: Visits;
let server: PageServer;
let stop: () => Promise<void>;
beforeAll(async () => {
  const bare = await openTeam();
  const threads = new Threads(bare.tenant, bare.services);
  const services = { ...bare.services, ...speakOnThisMachine(threads, bare.services) };
  const dossiers = startDossierClock(services, dossierActs(services), () => async () => {});
  server = await openPage({ team: { ...bare, services }, threads });
  stop = () => dossiers.stop();
  visits = await Visits.begin();
});
afterAll(async () => {
  expect(await visits.leave()).toEqual([]);
  await visits.end();
  await stop();
  await server.stop();
});

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core") });
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
};

describe("A mock interview on the page", () => {
  it("can be read by everybody, in light and dark, on a phone, whatever is answered", async () => {
    const sides = new Map<string, Page>();
    for (const [as, colorScheme] of [
      ["ada", "light"],
      ["bo", "dark"],
      ["cy", "light"],
    ] as const)
      sides.set(
        as,
        await visits.to(server.url, { as, alone: true, colorScheme, viewport: PHONE, bypassCSP: true }),
      );
    const pageOf = (as: string): Page => {
      const page = sides.get(as);
      if (page === undefined) throw new Error(`${as} has no tab`);
      return page;
    };
    const buttonOf = (page: Page, label: string) =>
      page.locator("#stage").getByRole("button", { name: label, exact: true }).last();
    const own = (page: Page) => page.locator("#own > .reply");

    await command(pageOf("ada"), "/interview start questions=2");
    for (const as of ["bo", "cy"]) {
      await buttonOf(pageOf(as), say.joinButton).click();
      await own(pageOf(as)).getByText("of 8").waitFor();
    }
    await buttonOf(pageOf("ada"), say.beginButton).click();
    await buttonOf(pageOf("bo"), say.cardButton).click();
    await own(pageOf("bo")).getByText(say.hintsTitle).waitFor();
    await buttonOf(pageOf("cy"), say.cardButton).click();
    await own(pageOf("cy")).getByText(say.observerNote).waitFor();
    await command(pageOf("ada"), `/interview answer ${HOSTILE}`);
    await pageOf("cy").locator("#threads").getByText("learning rates").waitFor();
    for (const [as, page] of sides) {
      expect([as, await faultsOf(page)]).toEqual([as, []]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(PHONE.width);
      // The answer is words, whatever it looks like.
      expect(await page.locator("#threads img").count()).toBe(0);
    }
  });
});
