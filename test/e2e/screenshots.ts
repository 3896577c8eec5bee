import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openChromium, openTab } from "#test/e2e/chromium";
import { root } from "#test/e2e/conversation";
import { openPage } from "#test/e2e/page-server";
import { answer, command } from "#test/e2e/page-visit";

/** `npm run screenshots`: the README's pictures, taken anew from the page as it is. */
const days = {
  zh: {
    answer:
      "学新任务的时候把旧的忘了：新数据的梯度把原来的权重覆盖掉了。可以混入一部分旧数据一起训，再冻结大部分层、只训 LoRA。另外 EWC 就是让重要的权重随便动。",
    vram: "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  },
  en: {
    answer:
      "The model learns the new task and forgets the old one, because new gradients overwrite the old weights. Mix some old data into the training set, freeze most layers and train LoRA only. EWC lets the important weights move freely.",
    vram: "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  },
} as const;

const folder = process.argv[2] ?? join(root, "docs");

async function take(browser: Browser, locale: "zh" | "en", colorScheme: "light" | "dark"): Promise<void> {
  const server = await openPage({ locale });
  const tab = await openTab(browser, server.url, {
    locale: locale === "zh" ? "zh-CN" : "en-GB",
    viewport: { width: 1280, height: 1320 },
    deviceScaleFactor: 1,
    colorScheme,
  });
  const { page } = tab;
  await answer(page, days[locale].answer);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `page-${locale}-${colorScheme}.png`) });
  await command(page, days[locale].vram);
  const card = page.locator("#log .card").first();
  await card.locator(".picture").waitFor();
  await card.scrollIntoViewIfNeeded();
  const box = await card.boundingBox();
  if (box === null) throw new Error("no card to take a picture of");
  const height = Math.min(box.height, 900);
  await page.screenshot({
    path: join(folder, `vram-${locale}-${colorScheme}.png`),
    clip: { ...box, height },
  });
  await tab.close();
  await server.stop();
}

mkdirSync(folder, { recursive: true });
const browser = await openChromium();
await take(browser, "en", "light");
await take(browser, "zh", "dark");
await browser.close();
