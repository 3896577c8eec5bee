import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { StoreFailure } from "#core/store-failure";
import { visit } from "#test/e2e/chromium";
import { root } from "#test/e2e/conversation";
import { openPage, type PageServer } from "#test/e2e/page-server";
import { answer, good, replyUnder, Visits } from "#test/e2e/page-visit";

let full = false;

/** A data file whose disk can be full while an answer is to be kept. */
const fillable = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      if (full && name === "recordAttempt") {
        return () => Promise.reject(new StoreFailure("full", "the data file"));
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

let visits: Visits;
let server: PageServer;
beforeAll(async () => {
  visits = await Visits.begin();
  server = await openPage({ wrapStore: fillable });
});
afterAll(async () => {
  await visits.end();
  await server.stop();
});
afterEach(async () => {
  full = false;
  expect(await visits.leave()).toEqual([]);
});
const open = (options: Parameters<Visits["to"]>[1] & { url?: string } = {}): Promise<Page> => {
  const { url = server.url, ...more } = options;
  return visits.to(url, more);
};

describe("Several tabs of the page", () => {
  it("may answer at once: both answers count, and both tabs know", async () => {
    const page = await open({ as: "twice", alone: true });
    const other = (await visit(await page.context().newPage(), `${server.url}/?as=twice`)).page;
    await page.fill("#answer", good.en);
    await other.fill("#answer", `${good.en} EWC penalises changes of important weights.`);
    await Promise.all([page.click("#send"), other.click("#send")]);
    for (const tab of [page, other]) {
      await tab.locator("#result .score").waitFor();
      await tab.getByText("One answer left").waitFor();
    }
  });

  it("share the round between two members, and nothing else", async () => {
    const ada = await open({ as: "ada" });
    const bob = await open({ as: "bob", alone: true });
    await answer(ada, good.en);
    expect(await bob.innerText("#asked")).toBe(await ada.innerText("#asked"));
    await bob.reload();
    await bob.waitForSelector("body[data-settled]");
    expect(await bob.innerText("body")).not.toContain("Mix some old data");
    expect(await bob.innerText("#attempts")).toBe("3 answers left");
  });
});

describe("The end of a round at the page", () => {
  let closing: PageServer;
  beforeAll(async () => {
    closing = await openPage();
  });
  afterAll(() => closing.stop());

  it("comes early by a button, shows everything, reaches the other tabs, and leads to practice", async () => {
    const page = await open({ url: closing.url, alone: true });
    const other = await open({ url: closing.url, alone: true });
    await other.fill("#answer", "still writing");
    await answer(page, good.en);
    await page.click("#reveal");
    await page.click("#closing [value=yes]");
    await page.getByText(messagesFor("en").quiz.modelAnswer).waitFor();
    expect(await page.innerText("#result")).toContain(messagesFor("en").quiz.followUps);
    expect(await page.locator("#result mark").count()).toBeGreaterThan(0);

    await other.getByText(messagesFor("en").page.roundClosed).waitFor();
    expect(await other.inputValue("#answer")).toBe("still writing");
    await other.click(".notice.round button");
    await other.getByText(messagesFor("en").quiz.modelAnswer).waitFor();

    await closing.team.passTime(60_000);
    await page.click("#another");
    await page.getByText(messagesFor("en").page.practice).waitFor();
    expect(
      await answer(page, "Weights, gradients and optimizer states take the most memory, then activations."),
    ).toMatch(/Score\s*\d+/);
    const before = await page.innerText("#asked");
    await page.reload();
    await page.waitForSelector("body[data-settled]");
    expect(await page.innerText("#asked")).toBe(before);
  });
});

describe("A tab that is open when the clock posts", () => {
  it("is told of the new question and of what may be read about the last; what is being typed stays", async () => {
    const overnight = await openPage();
    const { team, poster } = overnight;
    const page = await open({ url: overnight.url, alone: true });
    await page.fill("#answer", "still writing");
    const asked = await page.innerText("#asked");
    const { tenant, channel, services } = team;
    await team.passTime(24 * 3_600_000);
    const rounds = await services.store.rounds(tenant, channel, 2);
    const announce = async (kind: "question" | "reveal", round = rounds[0]): Promise<void> => {
      const question = services.library.question(round?.question ?? "");
      if (round === undefined || question === undefined) throw new Error("no round");
      await poster.post({ kind, tenant, channel, key: `${kind}/${round.id}`, round, question, late: false });
    };
    await announce("question");
    await page.getByText(messagesFor("en").page.roundOpened).waitFor();
    await announce("reveal", rounds[1]);
    await page.getByText(messagesFor("en").page.revealReady).waitFor();
    expect(await page.inputValue("#answer")).toBe("still writing");
    await page.click(".notice.reveal button");
    await page.getByText(messagesFor("en").quiz.modelAnswer).waitFor();
    expect((await services.store.rounds(tenant, channel, 1))[0]?.closedAt).toBeNull();
    // The round that is over takes no text any more, so the new question stands there now.
    await page.locator("#asked").filter({ hasNotText: asked }).waitFor();
    await overnight.stop();
  });
});

describe("A page whose server", () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rehearsal-page-"));
  });
  afterAll(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (port: string): Promise<string> => {
    child = spawn(process.execPath, ["test/e2e/page-process.ts", folder, port], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(child.stdout?.setEncoding("utf8") ?? child, "data");
    return String(line).trim();
  };

  it("is killed and started again while somebody types keeps the draft, and takes the answer then", async () => {
    const url = await start("0");
    const page = await open({ url });
    await page.fill("#answer", good.en);
    child?.kill("SIGKILL");
    await page.getByText(messagesFor("en").page.offline).waitFor();
    await page.click("#send");
    expect(await replyUnder(page, "#result")).toBe(messagesFor("en").page.offline);
    await start(new URL(url).port);
    await page.locator(".notice.offline").waitFor({ state: "detached" });
    await page.reload();
    await page.waitForSelector("body[data-settled]");
    expect(await page.inputValue("#answer")).toBe(good.en);
    await page.click("#send");
    await page.locator("#result .score").waitFor();
    expect(await page.innerText("#attempts")).toBe("2 answers left");
  });

  it("has a full disk keeps the text, and the attempt", async () => {
    const page = await open();
    full = true;
    expect(await answer(page, good.en)).toBe(messagesFor("en").dispatch.notKept("full"));
    expect(await page.inputValue("#answer")).toBe(good.en);
    full = false;
    await page.click("#send");
    await page.locator("#result .score").waitFor();
    expect(await page.innerText("#attempts")).toBe("2 answers left");
  });

  it("was upgraded asks an old tab to load again, with its draft", async () => {
    const page = await open();
    await page.fill("#answer", "half a thought");
    await page.route("**/api/request", (route) =>
      route.continue({ postData: { ...route.request().postDataJSON(), build: "older" } }),
    );
    await page.click("#send");
    await page.locator(".notice.outdated").waitFor();
    await page.unroute("**/api/request");
    await page.click(".notice.outdated button");
    await page.waitForSelector("body[data-settled]");
    expect(await page.inputValue("#answer")).toBe("half a thought");
  });
});

describe("A hostile page in another tab", () => {
  it("can neither answer for a member nor read what they read", async () => {
    const page = await open({ as: "victim", alone: true });
    const evil = await page.context().newPage();
    await evil.route("http://evil.example/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>win a GPU</h1>" }),
    );
    await evil.goto("http://evil.example/");
    const tried = await evil.evaluate(async (url) => {
      const send = (type: string): Promise<string> =>
        fetch(`${url}/api/request`, {
          method: "POST",
          mode: "no-cors",
          headers: { "content-type": type },
          body: "{}",
        }).then(
          (response) => response.type,
          () => "refused",
        );
      const read = await fetch(`${url}/api/desk?as=victim`).then(
        (response) => response.text(),
        () => "refused",
      );
      return [await send("text/plain"), read];
    }, server.url);
    expect(tried[1]).toBe("refused");
    expect(await page.innerText("#attempts")).toBe("3 answers left");
  });
});
