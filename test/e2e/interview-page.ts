import type { Page } from "playwright-core";
import { expect } from "vitest";
import { dossierActs } from "#src/acts";
import { speakOnThisMachine } from "#src/adapters/local/page/speaking";
import { Threads } from "#src/adapters/local/page/threads";
import { startDossierClock } from "#src/schedule/dossier-clock";
import { openTeam } from "#test/doubles/team";
import { openChromium, openTab, type Tab } from "./chromium.ts";
import { type InterviewStage, type Seated, seated } from "./interview-stage.ts";
import { openPage } from "./page-server.ts";
import { command } from "./page-visit.ts";

/** What a browser says of a server that is away for a moment. */
const isOffline = (fault: string): boolean => /ERR_CONNECTION|ERR_INCOMPLETE|Failed to load/.test(fault);

/** The interview as it is played on the local page, each member in a browser of their own. */
export async function openPageInterview(): Promise<InterviewStage> {
  const bare = await openTeam();
  // What is asked of everybody today is asked in no interview, and on the other platforms nothing is asked.
  const [today] = await bare.services.store.rounds(bare.tenant, bare.channel, 1);
  if (today !== undefined) await bare.services.store.closeRound(bare.tenant, today.id, today.opensAt);
  await bare.passTime(15 * 60_000);
  /** The program as it begins: what it keeps is in the store. */
  const begin = async (port = 0) => {
    const threads = new Threads(bare.tenant, bare.services);
    const services = { ...bare.services, ...speakOnThisMachine(threads, bare.services) };
    const dossiers = startDossierClock(services, dossierActs(services), () => async () => {});
    const server = await openPage({ team: { ...bare, services }, threads, port });
    return { services, dossiers, server };
  };
  let running = await begin();
  const browser = await openChromium();
  const tabs = new Map<Seated, Tab>();
  for (const person of seated) {
    const locale = person === "lin" ? "zh-CN" : "en-GB";
    tabs.set(person, await openTab(browser, `${running.server.url}/?as=${person}`, { locale }));
  }
  const pageOf = (person: Seated): Page => {
    const tab = tabs.get(person);
    if (tab === undefined) throw new Error(`${person} has no tab`);
    return tab.page;
  };
  /** What stands below the thread for the member alone, once it is something else than before. */
  const ownAfter = async (page: Page, act: () => Promise<void>): Promise<string> => {
    await page.evaluate(() => document.querySelector("#own > .reply")?.setAttribute("data-old", ""));
    await act();
    const reply = page.locator("#own > .reply:not([data-old])");
    await reply.waitFor();
    return reply.innerText();
  };
  /** At once, as a finger that is there already: what others do meanwhile may take the button away. */
  const tap = (page: Page, label: string): Promise<void> =>
    page.evaluate((wanted) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>("#stage button")];
      const found = buttons.findLast(({ textContent }) => textContent === wanted);
      if (found === undefined) throw new Error(`there is no button ${wanted}`);
      found.click();
    }, label);

  return {
    tenant: bare.tenant,
    services: running.services,
    idOf: (person) => person,
    nameOf: (person) => person,
    type: (person, line) => command(pageOf(person), `/interview ${line}`),
    press: (person, label) => ownAfter(pageOf(person), () => tap(pageOf(person), label)),
    async fill(person, label, text) {
      const page = pageOf(person);
      const asked = await ownAfter(page, () => tap(page, label));
      const form = page.locator("#own > .reply > form.asked:not(.choices)");
      // Here a press is answered before a form is shown: whoever may not write reads so at once.
      if ((await form.count()) === 0) return asked;
      return ownAfter(page, async () => {
        await form.locator("textarea").fill(text);
        await form.locator("button[type=submit]").click();
      });
    },
    async pick(person, menu, ...labels) {
      const page = pageOf(person);
      const form = page.locator("#own form.choices").filter({ hasText: menu });
      return ownAfter(page, async () => {
        for (const label of labels) await form.getByLabel(label, { exact: true }).check();
        await form.locator("button[type=submit]").click();
      });
    },
    transcript: () => pageOf("sam").locator("#threads .said > li").allInnerTexts(),
    async passTime(ms) {
      await bare.passTime(ms);
      await running.dossiers.sweepNow();
    },
    async restart() {
      await running.dossiers.stop();
      await running.server.served.close();
      running = await begin(Number(new URL(running.server.url).port));
      // A tab listens again by itself, and says so long that it hears nothing.
      for (const person of seated)
        await pageOf(person).locator(".notice.offline").waitFor({ state: "detached" });
    },
    async end() {
      expect(bare.log.errors).toEqual([]);
      expect([...tabs.values()].flatMap(({ faults }) => faults.filter((fault) => !isOffline(fault)))).toEqual(
        [],
      );
      await browser.close();
      await running.dossiers.stop();
      await running.server.stop();
    },
  };
}
