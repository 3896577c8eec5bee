import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { StoreFailure } from "#core/store-failure";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { Visits } from "#test/e2e/page-visit";

let unreadable = false;

/** A data file that can turn unreadable. */
const breakable = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      if (unreadable && name === "rounds")
        return () => Promise.reject(new StoreFailure("damaged", "the data file"));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

let visits: Visits;
let server: PageServer;
beforeAll(async () => {
  visits = await Visits.begin();
  server = await openPage({ wrapStore: breakable });
});
afterAll(async () => {
  await visits.end();
  await server.stop();
});
afterEach(async () => {
  unreadable = false;
  expect(await visits.leave()).toEqual([]);
});

describe("A page that has nothing to show says why, and what to do", () => {
  it.each([
    ["is empty", ""],
    ["turns the text around", "a\u202eb"],
    ["has 300 letters", "a".repeat(300)],
  ])("where the name behind ?as= %s", async (_, as) => {
    const page = await visits.to(server.url, { as: encodeURIComponent(as) });
    expect(await page.innerText("#fault")).toContain(messagesFor("en").page.badName);
    await page.click("#languages [value=zh]");
    await page.locator("#fault").getByText(messagesFor("zh").page.badName).waitFor();
    expect(await page.innerText("#asked")).toBe(messagesFor("zh").page.notShown);
    await page.click("#languages [value=en]");
    await page.locator("#fault").getByText(messagesFor("en").page.badName).waitFor();
    await page.click("#fault button");
    await page.locator("#answering").waitFor();
  });

  it("where the data file cannot be read, and shows the question once it can", async () => {
    unreadable = true;
    const page = await visits.to(server.url);
    const { start } = messagesFor("en");
    expect(await page.innerText("#fault")).toContain(start.storeTrouble("damaged", "the data file"));
    unreadable = false;
    await page.click("#fault button");
    await page.locator("#answering").waitFor();
    expect(await page.locator("#fault").isVisible()).toBe(false);
  });
});

describe("A browser that keeps nothing", () => {
  const withoutStorage = async (page: Page): Promise<void> => {
    await page.context().addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("denied", "SecurityError");
          },
        });
      }
    });
    await page.reload();
    await page.waitForSelector("body[data-settled]");
  };

  it("says so under the draft, keeps it as long as the tab, and promises nothing", async () => {
    const page = await visits.to(server.url, { alone: true });
    await withoutStorage(page);
    const say = messagesFor("en").page;
    await page.fill("#answer", "half a thought");
    expect(await page.innerText("#draft")).toBe(say.draftsOff);
    await page.click("#languages [value=zh]");
    await page.getByText(messagesFor("zh").page.draftsOff).waitFor();
    await page.click("#languages [value=en]");
    await page.getByText(say.draftsOff).waitFor();
    expect(await page.inputValue("#answer")).toBe("half a thought");
    await page.route("**/api/request", (route) =>
      route.continue({ postData: { ...route.request().postDataJSON(), build: "older" } }),
    );
    await page.click("#send");
    expect(await page.innerText(".notice.outdated span")).toBe(`${say.outdated} ${say.draftGoes}`);
  });
});
