import { request } from "node:http";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Dispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { privateReply } from "#core/reply";
import type { Request } from "#core/request";
import { isOurs } from "#src/adapters/local/page/guard";
import { type ServedPage, StartFailure, servePage } from "#src/adapters/local/page/serve";
import { LocalPoster } from "#src/adapters/local/poster";
import { adapterContract, type CoreForAdapter } from "#test/contracts/adapter";
import { recordingLog } from "#test/doubles/services";
import { openChromium, visit } from "#test/e2e/chromium";

let submissions = 0;

/** The page before a core that a test controls; nothing is asked today. */
const serve = (core: CoreForAdapter, port = 0): Promise<ServedPage> =>
  servePage({
    ...core,
    identity: (name) => ({
      tenant: tenantIdSchema.parse("local"),
      channel: channelIdSchema.parse("local"),
      member: memberIdSchema.parse(name ?? "you"),
    }),
    desk: async () => ({
      kind: "nothing",
      round: null,
      question: null,
      answers: { sent: 0, most: null },
      bank: [],
    }),
    locale: "en",
    clock: { now: () => Date.UTC(2026, 10, 25, 9) },
    announcements: new LocalPoster(),
    log: recordingLog(),
    newSubmission: () => {
      submissions += 1;
      return submissionIdSchema.parse(`server-${submissions}`);
    },
    port,
  });

/** One tab for the whole contract: a new one for each promise would be a new process each time. */
interface ContractTab {
  readonly served: ServedPage;
  readonly page: Page;
  core: CoreForAdapter;
}

let browser: Browser;
let profile: BrowserContext;
let shared: ContractTab | undefined;
beforeAll(async () => {
  browser = await openChromium();
  profile = await browser.newContext({ locale: "en-GB" });
});
afterAll(async () => {
  await browser.close();
  await shared?.served.close();
});

async function tabFor(core: CoreForAdapter): Promise<ContractTab> {
  if (shared === undefined) {
    const served = await serve({ commands: core.commands, dispatch: (given) => tab.core.dispatch(given) });
    const { page } = await visit(await profile.newPage(), served.url);
    const tab: ContractTab = { served, page, core };
    shared = tab;
  }
  shared.core = core;
  return shared;
}

const steers = /(?![\n\t])[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

adapterContract("page", async (core) => {
  const { page, served } = await tabFor(core);
  let elements = "";
  return {
    async send(text) {
      const before = await page.locator("#log > .card").count();
      await page.fill("#command", text);
      await page.press("#command", "Escape");
      await page.press("#command", "Enter");
      await page.locator("#log > .card").nth(before).waitFor();
      const reply = page.locator("#log > .card .reply").first();
      const newest = await reply.evaluate((drawn) => ({
        markup: [...drawn.querySelectorAll("a, b, i, em, script, iframe, code, del")].map(
          (found) => found.outerHTML,
        ),
        // What stands for a picture is read with the words.
        pictures: [...drawn.querySelectorAll("img")].map((picture) => picture.alt),
      }));
      elements = newest.markup.join("");
      return [await reply.innerText(), ...newest.pictures].join("\n");
    },
    async seenByOthers() {
      const other = await visit(await profile.newPage(), `${served.url}/?as=other`);
      const seen = await other.page.innerText("body");
      await other.page.close();
      return seen;
    },
    // Text makes no element, and no character in it reorders or hides another.
    isInert: (seen) => elements === "" && !steers.test(seen),
    stop: async () => {},
  };
});

describe("The page's server", () => {
  let served: ServedPage;
  let requests: Request[] = [];
  const dispatch: Dispatch = async (given) => {
    requests.push(given);
    return privateReply({ kind: "text", text: "done" });
  };
  beforeAll(async () => {
    served = await serve({ dispatch, commands });
  });
  afterAll(() => served.close());
  afterEach(() => {
    requests = [];
  });

  const body = (more: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify({
      build: served.build,
      as: null,
      locale: "en",
      submission: "one",
      theme: "light",
      pictures: false,
      command: "streak",
      input: { kind: "text", text: "" },
      ...more,
    });

  /** A request as any program could send it, with whatever headers; fetch would not let us lie. */
  function ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    sent?: string,
  ): Promise<{ status: number; text: string; headers: Readonly<Record<string, unknown>> }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${served.url}${path}`,
        {
          method: sent === undefined ? "GET" : "POST",
          headers: { ...(sent === undefined ? {} : { "content-type": "application/json" }), ...headers },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
          );
        },
      );
      asked.on("error", reject);
      asked.end(sent);
    });
  }
  const refusalOf = (text: string): unknown => JSON.parse(text).refusal?.en;

  it("answers its own page", async () => {
    const answer = await ask("/api/request", { origin: served.url, "sec-fetch-site": "same-origin" }, body());
    expect(answer.status).toBe(200);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another port of this machine", { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a name that was rebound to this machine", { host: "evil.example" }],
    ["a form, which cannot send JSON", { "content-type": "text/plain" }],
  ])("refuses what comes from %s, with one sentence", async (_, headers) => {
    const answer = await ask("/api/request", headers, body());
    expect(answer.status).toBe(403);
    expect(refusalOf(answer.text)).toContain(served.url);
    expect(requests).toEqual([]);
  });

  it("knows its own address without the port that browsers leave out", () => {
    const asked = (host: string) => ({
      method: "GET",
      host,
      origin: undefined,
      site: "same-origin",
      mode: "navigate",
      contentType: undefined,
    });
    for (const host of ["127.0.0.1", "localhost", "127.0.0.1:80"]) expect(isOurs(asked(host), 80)).toBe(true);
    expect(isOurs(asked("127.0.0.1"), 4310)).toBe(false);
    expect(isOurs(asked("evil.example"), 80)).toBe(false);
  });

  it("lets nobody else read what a member reads, and lets a link from anywhere lead to the page", async () => {
    expect((await ask("/api/desk", { host: "evil.example" })).status).toBe(403);
    expect(
      (await ask("/api/desk", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).status,
    ).toBe(403);
    expect((await ask("/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).status).toBe(
      200,
    );
  });

  it("allows no script, style or address but its own", async () => {
    const policy = String((await ask("/")).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it("turns 10 MB back with one clear sentence", async () => {
    const answer = await ask(
      "/api/request",
      {},
      body({ input: { kind: "text", text: "x".repeat(10_000_000) } }),
    );
    expect(answer.status).toBe(413);
    expect(refusalOf(answer.text)).toBe(messagesFor("en").page.tooBig);
    expect(requests).toEqual([]);
  });

  it("tells a tab of another build to load again, and runs nothing", async () => {
    const answer = await ask("/api/request", {}, body({ build: "older" }));
    expect(answer.status).toBe(409);
    expect(JSON.parse(answer.text)).toMatchObject({ outdated: true });
    expect(requests).toEqual([]);
  });

  it.each([["{"], ["[]"], [""], [JSON.stringify({ command: "streak" })]])(
    "refuses %j calmly",
    async (sent) => {
      const answer = await ask("/api/request", {}, sent);
      expect(answer.status).toBe(400);
      expect(refusalOf(answer.text)).toBe(messagesFor("en").page.badRequest);
    },
  );

  it("sends a file again only where it has changed", async () => {
    const { headers } = await ask("/style/base.css");
    const again = await ask("/style/base.css", { "if-none-match": String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it("serves nothing that the page does not import", async () => {
    for (const path of ["/routes.ts", "/core/ports.ts", "/client/../serve.ts", "/package.json"]) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  it("takes a picture to the page as an image of its own", async () => {
    const drawn = await serve({
      commands,
      dispatch: async () =>
        privateReply({ kind: "picture", png: Buffer.from([1, 2, 3]), alt: "three bytes" }),
    });
    const answer = await fetch(`${drawn.url}/api/request`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body({ build: drawn.build }),
    });
    expect(await answer.text()).toContain("data:image/png;base64,AQID");
    await drawn.close();
  });

  it("says in one sentence that its port is taken, and how to choose another", async () => {
    const port = Number(new URL(served.url).port);
    const failure = await serve({ dispatch, commands }, port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartFailure);
    const sentence = failure instanceof StartFailure ? failure.sentence(messagesFor("en")) : "";
    expect(sentence).toContain(`Port ${port} is taken`);
    expect(sentence).toContain("REHEARSAL_PORT=");
  });
});
