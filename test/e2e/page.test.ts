import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { answer, command, good, replyUnder, Visits } from "#test/e2e/page-visit";

const log =
  "Traceback (most recent call last):\n  File train.py, line 3\ntorch.OutOfMemoryError: CUDA out of memory. Tried to allocate 768.00 MiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";

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
const open = (options: Parameters<Visits["to"]>[1] = {}): Promise<Page> => visits.to(server.url, options);

describe("A member at the page", () => {
  it.each(["en", "zh"] as const)(
    "answers in %s and sees the score with the evidence in their own words",
    async (locale) => {
      const page = await open({ locale: locale === "zh" ? "zh-CN" : "en-GB" });
      expect(await page.getAttribute("html", "lang")).toBe(locale === "zh" ? "zh-CN" : "en");
      const seen = await answer(page, good[locale]);
      expect(seen).toMatch(locale === "zh" ? /得分\s*\d+/ : /Score\s*\d+/);
      expect(seen).toContain(messagesFor(locale).quiz.hint(""));
      const marked = await page.locator("#result mark").allTextContents();
      expect(marked.length).toBeGreaterThan(1);
      for (const words of marked) expect(good[locale]).toContain(words);
      expect(await page.locator("#result blockquote").textContent()).toBe(good[locale]);
      expect(await page.innerText("#attempts")).toBe(messagesFor(locale).page.attemptsLeft(2));
    },
  );

  it("is told which words may be the wrong way round", async () => {
    const page = await open();
    const seen = await answer(
      page,
      "Raise the learning rate. It is best not to mix in any old data, because replaying old data makes forgetting worse.",
    );
    expect(seen).toContain(messagesFor("en").quiz.verdict("contradict"));
    expect(await page.locator("#result mark.contradict").count()).toBeGreaterThan(0);
  });

  it("loses no attempt to junk or to nothing", async () => {
    const page = await open();
    await page.click("#send");
    await page.getByText(messagesFor("en").page.emptyAnswer).first().waitFor();
    expect(await answer(page, "??")).toContain("No attempt was used");
    expect(await page.innerText("#attempts")).toBe("3 answers left");
    expect(await page.inputValue("#answer")).toBe("??");
  });

  it("asks /vram and sees figures and a picture that says what it shows", async () => {
    const page = await open();
    expect(await command(page, "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090")).toContain("GiB");
    expect(await page.locator("#log img").first().getAttribute("alt")).toContain("GiB");
  });

  it("asks /oom with a pasted log", async () => {
    const page = await open();
    expect(await command(page, `/oom ${log}`)).toContain("GPU");
  });

  it("asks /oom with a file that is dropped on the commands", async () => {
    const page = await open();
    const files = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "train.log", { type: "text/plain" }));
      return transfer;
    }, log);
    await page.dispatchEvent("#commands", "drop", { dataTransfer: files });
    await page.locator("#log .card").waitFor();
    expect(await page.innerText("#log")).toMatch(/\/oom train\.log[\s\S]*GPU/);
  });

  it("goes on reading that only the end of a long log was read", async () => {
    const page = await open();
    const text = `${"step 1 loss 2.0\n".repeat(20_000)}${log}`;
    await page.setInputFiles("#file", { name: "long.log", mimeType: "", buffer: Buffer.from(text) });
    await page.locator("#log .card").waitFor();
    const say = messagesFor("en").page;
    expect(await page.innerText("#log .card")).toContain(say.fileCut("long.log", 256));
    await command(page, "/help");
    expect(await page.innerText("#log")).toContain(say.fileCut("long.log", 256));
  });

  it("drags text into the answer box as into any other", async () => {
    const page = await open();
    const prevented = (type: string): Promise<boolean[]> =>
      page.evaluate((kind) => {
        const transfer = new DataTransfer();
        if (kind === "text") transfer.setData("text/plain", "words");
        else transfer.items.add(new File(["words"], "words.log"));
        return ["dragover", "drop"].map((name) => {
          const event = new DragEvent(name, { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector("#answer")?.dispatchEvent(event);
          return event.defaultPrevented;
        });
      }, type);
    expect(await prevented("text")).toEqual([false, false]);
    expect(await prevented("file")).toEqual([true, true]);
  });

  it("is told in one sentence that a file is no text, or that a paste is too much; nothing is lost", async () => {
    const page = await open();
    await page.setInputFiles("#file", { name: "core.bin", mimeType: "", buffer: Buffer.from([0, 1, 2]) });
    await page.getByText("core.bin is not a text file").waitFor();
    await page.fill("#answer", "what was there");
    await page.focus("#answer");
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "x".repeat(10_000_000));
      const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.querySelector("#answer")?.dispatchEvent(paste);
    });
    await page.getByText(messagesFor("en").page.pasteTooBig).waitFor();
    expect(await page.inputValue("#answer")).toBe("what was there");
  });

  it("is told that a text is too long to be sent, and keeps it", async () => {
    const page = await open();
    const seen = await answer(page, "word ".repeat(1000));
    // The blank at the end is not sent.
    expect(seen).toContain("4,999");
    expect(await page.innerText("#attempts")).toBe("3 answers left");
    expect(await page.inputValue("#answer")).toBe("word ".repeat(1000));
    await page.evaluate(() => {
      const box = document.querySelector<HTMLTextAreaElement>("#answer");
      if (box !== null) box.value = `${"word ".repeat(20)}\n`.repeat(10_000);
    });
    await page.click("#send");
    await page.locator("#result").getByText(messagesFor("en").page.tooBig).waitFor();
    await page.fill("#answer", "");
  });

  it("keeps the draft and the result over a reload", async () => {
    const page = await open();
    await answer(page, good.en);
    await page.fill("#answer", "a better answer, half writ");
    await page.reload();
    await page.waitForSelector("body[data-settled]");
    expect(await page.inputValue("#answer")).toBe("a better answer, half writ");
    expect(await page.innerText("#result")).toMatch(/Score\s*\d+/);
    expect(await page.locator("#result mark").count()).toBeGreaterThan(0);
  });

  it("switches language and colours, and finds both so again", async () => {
    const page = await open({ colorScheme: "light" });
    await page.fill("#answer", "kept");
    await page.click("#languages [value=zh]");
    await page.getByText("今日一题").waitFor();
    await page.click("#themes [value=dark]");
    expect(await page.inputValue("#answer")).toBe("kept");
    await page.reload();
    await page.waitForSelector("body[data-settled]");
    expect(await page.innerText("#kind")).toBe("今日一题");
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  });

  it("does everything by keyboard", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("skip");
    await page.keyboard.press("Enter");
    await page.keyboard.type(good.en);
    await page.keyboard.press("Control+Enter");
    await replyUnder(page, "#result");
    expect(await page.innerText("#spoken")).toMatch(/Score/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("answer");
    while ((await page.evaluate(() => document.activeElement?.id)) !== "command")
      await page.keyboard.press("Tab");
    await page.keyboard.type("/hel");
    await page.keyboard.press("Tab");
    expect(await page.inputValue("#command")).toBe("/help ");
    await page.keyboard.type("vr");
    await page.keyboard.press("Escape");
    await page.keyboard.type("am");
    await page.keyboard.press("Enter");
    await page.locator("#log .card").waitFor();
    expect(await page.innerText("#log")).toContain("/vram");
  });

  it("sees nothing move while typing", async () => {
    const page = await open();
    await page.focus("#answer");
    const places = (): Promise<number[]> =>
      page.evaluate(() =>
        ["#answer", "#send", "#commands", "#count"].map(
          (part) => document.querySelector(part)?.getBoundingClientRect().top ?? 0,
        ),
      );
    const before = await places();
    await page.keyboard.type("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven");
    expect(await places()).toEqual(before);
  });

  it("reads everything on a phone without scrolling sideways", async () => {
    const page = await open({ viewport: { width: 375, height: 740 }, locale: "zh-CN" });
    await answer(page, good.zh);
    await command(page, "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  });

  it("has no serious fault of accessibility, in light or in dark", async () => {
    const page = await open({ colorScheme: "light", bypassCSP: true });
    await answer(page, good.en);
    await command(page, "/vram 7b qlora");
    await page.fill("#command", "/vr");
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
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    };
    expect(await faults()).toEqual([]);
    await page.click("#themes [value=dark]");
    // Only colours differ.
    expect(await faults("color-contrast")).toEqual([]);
  });
});
