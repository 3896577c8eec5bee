import { describe, expect, it } from "vitest";
import type { Dispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { type Amendment, privateReply, type Reply } from "#core/reply";
import { servePage } from "#src/adapters/local/page/serve";
import { LocalPoster } from "#src/adapters/local/poster";
import { recordingLog } from "#test/doubles/services";
import { openPipe } from "#test/doubles/terminal";
import { openChromium, openTab } from "#test/e2e/chromium";

const says = (text: string): Reply => privateReply({ kind: "text", text });
const amendment: Amendment = { whole: says("the whole reply anew"), news: says("only what is new") };

/** A core whose replies become others when a test says so. */
function amendable(): { readonly dispatch: Dispatch; settle(amended: Amendment | null): void } {
  const coming = Promise.withResolvers<Amendment | null>();
  return {
    dispatch: async (request) => {
      request.later?.(coming.promise);
      return says("the reply at first");
    },
    settle: coming.resolve,
  };
}

describe("In the terminal, what comes after a reply", () => {
  it("is printed above the line that is being typed, and only what is new", async () => {
    const { dispatch, settle } = amendable();
    const terminal = openPipe({ dispatch, commands: [] }, { interactive: true });
    await terminal.sees("the reply at first");
    settle(amendment);
    await terminal.sees("only what is new");
    await terminal.sees("> ");
    expect(await terminal.end()).not.toContain("the whole reply anew");
  });

  it("is waited for at the end of a pipe", async () => {
    const { dispatch, settle } = amendable();
    const terminal = openPipe({ dispatch, commands: [] });
    await terminal.type("freeze layers");
    const ended = terminal.end();
    settle(amendment);
    expect(await ended).toMatch(/the reply at first[\s\S]*only what is new/);
  });

  it("is nothing where nothing has changed, and does not keep anybody who leaves", async () => {
    const { dispatch, settle } = amendable();
    const piped = openPipe({ dispatch, commands: [] });
    await piped.type("freeze layers");
    settle(null);
    expect((await piped.end()).trim()).toBe("the reply at first");

    const seated = openPipe({ dispatch: amendable().dispatch, commands: [] }, { interactive: true });
    await seated.sees("the reply at first");
    expect(await seated.end()).toContain("See you tomorrow");
  });
});

describe("On the page, what comes after a reply", () => {
  it("takes its place in the member's tab, and reaches nobody else's", async () => {
    const { dispatch, settle } = amendable();
    let submissions = 0;
    const page = await servePage({
      dispatch,
      commands: [],
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
      port: 0,
    });
    const browser = await openChromium();
    const ada = await openTab(browser, `${page.url}/?as=ada`);
    const events = new AbortController();
    const others = await fetch(`${page.url}/api/events?as=bob`, { signal: events.signal });
    const own = await fetch(`${page.url}/api/events?as=ada`, { signal: events.signal });

    await ada.page.fill("#command", "/echo");
    await ada.page.press("#command", "Escape");
    await ada.page.press("#command", "Enter");
    await ada.page.locator("#log").getByText("the reply at first").waitFor();
    settle(amendment);
    await ada.page.locator("#log").getByText("the whole reply anew").waitFor();
    expect(await ada.page.locator("#log").getByText("the reply at first").count()).toBe(0);
    expect(await ada.page.locator("#log .card").count()).toBe(1);
    expect(ada.faults).toEqual([]);

    expect(await readUntil(own, "the whole reply anew")).toContain("event: amend");
    await page.close();
    expect(await readUntil(others, "no such words")).not.toContain("the whole reply anew");
    events.abort();
    await browser.close();
  });
});

/** What a stream has said when it ends or has said these words. */
async function readUntil(response: Response, words: string): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes(words)) break;
    }
  } catch {
    // The server has ended the connection.
  }
  return text;
}
