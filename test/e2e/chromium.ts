import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Debian's Chromium without a window, and without anything that it would send of its own. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--headless",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export interface Tab {
  readonly page: Page;
  /** Everything that the tab asked for, by address. */
  readonly requested: string[];
  /** Errors that no code caught, and what the browser refused. */
  readonly faults: string[];
  close(): Promise<void>;
}

/** A fresh profile with one tab; resolves when the page has shown all it has. */
export async function openTab(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    ...options,
  });
  return visit(await context.newPage(), url);
}

/** Opens the page in this tab; another tab of the same profile shares its storage. */
export async function visit(page: Page, url: string): Promise<Tab> {
  const requested: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  await page.goto(url);
  await page.waitForSelector("body[data-settled]");
  return { page, requested, faults, close: () => page.context().close() };
}
