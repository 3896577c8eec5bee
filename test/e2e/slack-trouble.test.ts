import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { type Amendment, privateReply, publicReply, type Reply, refusalReply } from "#core/reply";
import { StoreFailure } from "#core/store-failure";
import type { Channel, Member, SlackDouble } from "#test/doubles/slack/handles";
import { probes, promised, type Replies, said } from "./probe.ts";
import { openSlackServer, type SlackServer } from "./slack-server.ts";

let replies: Replies;
const commands = probes((request) => replies(request));

const form = (title: string): Reply =>
  privateReply({
    kind: "form",
    form: {
      title,
      submit: "Send",
      fields: [{ option: "text", label: "Words", placeholder: "type", multiline: true, maxLength: 3000 }],
      action: { command: "probe", options: {} },
    },
  });

let server: SlackServer;
let slack: SlackDouble;
let bo: Member;
let daily: Channel;
const take = (opened: SlackServer): void => {
  server = opened;
  slack = server.slack;
  bo = slack.member("bo");
  daily = slack.channel("daily");
};

/** What a store does, for a stand-in of it. */
const bound = (store: Store, name: string | symbol): unknown => {
  const own: unknown = Reflect.get(store, name);
  return typeof own === "function" ? own.bind(store) : own;
};

let shared: SlackServer;
beforeAll(async () => {
  shared = await openSlackServer({ commands });
});
afterAll(() => shared.stop());
beforeEach(() => {
  take(shared);
  replies = () => said("here you are");
});
afterEach(async () => {
  // A fault that nothing met proves nothing.
  expect(slack.faults.waiting).toBe(0);
  server.log.errors.length = 0;
  bo.reload();
  if (server !== shared) await server.stop();
});

const open = async (settings: Parameters<typeof openSlackServer>[0] = {}): Promise<void> => {
  take(await openSlackServer({ commands, ...settings }));
};

const texts = (): string[] => bo.sees(daily).map(({ text }) => text);

describe("When Slack does not do as it should, a member", () => {
  it("reads the reply once though Slack's answer to it was lost", async () => {
    slack.faults.next(/^response_url/, { kind: "lost reply" });
    const asked = await bo.slash(daily, "/probe");
    expect((await asked.reply()).text).toContain("here you are");
    await (await bo.slash(daily, "/probe", "again")).reply();
    expect(texts().filter((text) => text === "here you are")).toHaveLength(2);
  });

  it("waits out a rate limit", async () => {
    slack.faults.next(/^response_url/, { kind: "rate limited", retryAfterSeconds: 1 });
    expect((await (await bo.slash(daily, "/probe")).reply()).text).toContain("here you are");
  });

  it("reads the reply in the channel where the address to respond to is over", async () => {
    const reply = promised<Reply>();
    replies = () => reply.promise;
    await bo.slash(daily, "/probe");
    slack.deliveries.expireResponseUrls();
    reply.keep(said("late but here"));
    const seen = await bo.waitFor(daily, ({ text }) => text.includes("late but here"));
    expect(seen.ephemeral).toBe(true);
  });

  it("reads all of a reply that is longer than an address may be responded to", async () => {
    const part = (letter: string) => ({ kind: "text" as const, text: `${letter.repeat(11_000)} ${letter}!` });
    const letters = ["a", "b", "c", "d", "e", "f", "g"];
    replies = () => privateReply(...letters.map(part));
    await bo.slash(daily, "/probe");
    await bo.waitFor(daily, ({ text }) => text.includes("g!"));
    for (const letter of letters) expect(texts().join()).toContain(`${letter}!`);
  });

  it("is told that a form came too late to open, and what they can do", async () => {
    replies = () => form("A form");
    slack.deliveries.late(3500);
    const asked = await bo.slash(daily, "/probe");
    await bo.waitFor(daily, ({ text }) => text.includes("A form"));
    expect(asked.failed).toBe(true);
    const shown = bo.sees(daily).find(({ text }) => text.includes("A form"));
    if (shown === undefined) throw new Error("nothing is shown");
    expect((await (await bo.press(shown, "Send")).view()).title).toBe("A form");
  });

  it("sees that it takes a while, and then the result, in the window of their form", async () => {
    replies = () => form("A form");
    const window = await (await bo.slash(daily, "/probe")).view();
    const reply = promised<Reply>();
    let isAsked = false;
    replies = () => {
      isAsked = true;
      return reply.promise;
    };
    const sent = await bo.submit(window, { text: "my words" });
    await expect.poll(() => isAsked).toBe(true);
    await server.passTime(2000);
    expect((await sent.acked()).kind).toBe("update");
    reply.keep(privateReply({ kind: "heading", text: "scored" }, { kind: "text", text: "my words" }));
    await slack.until("the result is there", () => bo.view()?.text.includes("scored") === true);
  });

  it("finds the result in their direct messages where they have closed the window", async () => {
    replies = () => form("A form");
    const window = await (await bo.slash(daily, "/probe")).view();
    const reply = promised<Reply>();
    let isAsked = false;
    replies = () => {
      isAsked = true;
      return reply.promise;
    };
    const sent = await bo.submit(window, { text: "my words" });
    await expect.poll(() => isAsked).toBe(true);
    await server.passTime(2000);
    await sent.acked();
    const waiting = bo.view();
    if (waiting !== null) await bo.close(waiting);
    reply.keep(privateReply({ kind: "heading", text: "scored" }, { kind: "text", text: "my words" }));
    await bo.waitFor(bo.dm, ({ text }) => text.includes("scored"));
  });

  it("sends a form once, however often Slack delivers it, and other words as another try", async () => {
    replies = () => form("A form");
    const window = await (await bo.slash(daily, "/probe")).view();
    const submissions: string[] = [];
    replies = ({ submission }) => {
      submissions.push(submission);
      return refusalReply("too short");
    };
    const sent = await bo.submit(window, { text: "my words" });
    expect(Object.values(await sent.errors())).toEqual(["too short"]);
    const isForm = (payload: object) => JSON.stringify(payload).includes("my words");
    await slack.deliveries.redeliver(isForm, { retry: 1 }, 1);
    await bo.submit(window, { text: "other words" });
    await slack.until("both are here", () => submissions.length === 2);
    expect(new Set(submissions).size).toBe(2);
  });

  it("reads what the reply has become: in a window in its place, elsewhere as news", async () => {
    const later = promised<Amendment | null>();
    replies = (request) => {
      request.later?.(later.promise);
      return privateReply({ kind: "heading", text: "first" }, { kind: "text", text: "words" });
    };
    await (await bo.slash(daily, "/probe")).reply();
    await bo.direct("/probe");
    await bo.waitFor(bo.dm, ({ text }) => text.includes("first"));
    later.keep({ whole: said("whole"), news: said("news") });
    await bo.waitFor(daily, ({ text }) => text === "news");
    const edited = await bo.waitFor(bo.dm, ({ text }) => text === "whole");
    expect(edited.edits).toBe(1);
  });
});

describe("A reply for one member alone", () => {
  it("never takes the place of a message that all can see, whatever button was pressed", async () => {
    const buttons = { label: "Try", action: { command: "probe", options: {} }, style: "primary" } as const;
    replies = () => publicReply({ kind: "text", text: "for all" }, { kind: "buttons", buttons: [buttons] });
    await (await bo.slash(daily, "/probe")).reply();
    const post = await bo.waitFor(daily, ({ text }) => text.includes("for all"));
    replies = () => ({ ...said("a secret"), placement: "edit" });
    expect(await (await bo.press(post, "Try")).reply()).toMatchObject({ ephemeral: true, text: "a secret" });
    const seen = slack
      .member("ann")
      .sees(daily)
      .map(({ text }) => text);
    expect(seen.join()).toContain("for all");
    expect(seen.join()).not.toContain("a secret");
  });

  it("has its file in the direct messages, where nobody else sees it", async () => {
    replies = () => privateReply({ kind: "file", name: "answers.json", content: "{}" });
    await bo.slash(daily, "/probe");
    await bo.waitFor(daily, ({ text }) => text.includes("direct messages"));
    const shared = await bo.waitFor(bo.dm, ({ files }) => files.length > 0);
    expect(shared.files[0]?.name).toBe("answers.json");
    expect(
      slack
        .member("ann")
        .sees(daily)
        .flatMap(({ files }) => files),
    ).toEqual([]);
  });
});

describe("When the store is down, a member on Slack", () => {
  it("reads one sentence, and the operator one line", async () => {
    let isDown = false;
    await open({
      store: (store) =>
        new Proxy(store, {
          get: (_, name) =>
            name === "schedules" && isDown
              ? async () => {
                  throw new StoreFailure("full", "/data/rehearsal.db");
                }
              : bound(store, name),
        }),
    });
    isDown = true;
    expect((await (await bo.slash(daily, "/probe")).reply()).text).toContain("the store has no room left");
    expect(server.log.errors.map(({ event }) => event)).toEqual(["a delivery could not be dealt with"]);
  });

  it("is acknowledged in time however slow it is", async () => {
    const slow = promised<void>();
    let isSlow = false;
    await open({
      store: (store) =>
        new Proxy(store, {
          get: (target, name) => {
            const own = Reflect.get(target, name);
            if (!isSlow || typeof own !== "function") return bound(store, name);
            return async (...given: unknown[]) => {
              await slow.promise;
              return Reflect.apply(own, target, given);
            };
          },
        }),
    });
    isSlow = true;
    const asked = await bo.slash(daily, "/probe");
    expect((await asked.acked()).kind).toBe("empty");
    expect(asked.replies()).toEqual([]);
    slow.keep();
    expect((await asked.reply()).text).toContain("here you are");
  });
});

describe("A second process", () => {
  it("answers nothing a second time that the first has answered, and everything that it has not", async () => {
    await open({ mode: "http" });
    await server.second();
    await bo.direct("/probe one");
    await bo.waitFor(bo.dm, ({ text }) => text === "here you are");
    const isOne = (payload: object) => JSON.stringify(payload).includes("/probe one");
    // Deliveries take turns: two of these four come to the other process.
    await slack.deliveries.redeliver(isOne, { retry: 1, newEventId: true }, 1);
    await slack.deliveries.redeliver(isOne, { retry: 2 }, 1);
    await bo.direct("/probe two");
    await bo.direct("/probe three");
    await slack.until(
      "three replies",
      () => bo.sees(bo.dm).filter(({ text }) => text === "here you are").length >= 3,
    );
    await server.bot.stop();
    expect(bo.sees(bo.dm).filter(({ text }) => text === "here you are")).toHaveLength(3);
  });
});
