import { afterEach, describe, expect, it } from "vitest";
import { privateReply, type Reply } from "#core/reply";
import type { Channel, Member, SeenMessage } from "#test/doubles/slack/handles";
import { probes, type Replies } from "./probe.ts";
import { openSlackServer, type SlackServer } from "./slack-server.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const picture = { kind: "picture", png, alt: "a bar of memory" } as const;
const form: Reply = privateReply({
  kind: "form",
  form: {
    title: "A form",
    submit: "Send",
    fields: [{ option: "text", label: "Words", placeholder: "type", multiline: true, maxLength: 3000 }],
    action: { command: "probe", options: {} },
  },
});
const again = { label: "Again", action: { command: "probe", options: {} }, style: "primary" } as const;

let server: SlackServer;
let bo: Member;
let daily: Channel;
let replies: Replies;
afterEach(async () => {
  expect(server.log.errors).toEqual([]);
  await server.stop();
});

/** A Slack that takes a second, or all eternity, to take a picture in. */
async function open(fileReadyMs: number): Promise<void> {
  server = await openSlackServer({
    mode: "http",
    commands: probes((request) => replies(request)),
    waitsOnClock: true,
    double: { fileReadyMs },
  });
  bo = server.slack.member("bo");
  daily = server.slack.channel("daily");
  replies = () => privateReply({ kind: "text", text: "it fits" }, picture);
}

const isDrawn = ({ blocks }: Pick<SeenMessage, "blocks">): boolean =>
  blocks.some(({ type }) => type === "image");
const refusals = (): number => server.slack.captured.filter(({ error }) => error === "invalid_blocks").length;

describe("A picture that Slack has not taken in yet", () => {
  it("comes with the reply to a command, where the command was typed", async () => {
    await open(1000);
    const reply = await (await bo.slash(daily, "/probe")).reply();
    expect(isDrawn(reply)).toBe(true);
    expect(reply).toMatchObject({ ephemeral: true });
    expect(refusals()).toBeGreaterThan(0);
    expect(bo.sees(bo.dm)).toEqual([]);
  });

  it("comes with the reply to a direct message, which stands there once", async () => {
    await open(1000);
    await bo.direct("/probe");
    const reply = await bo.waitFor(bo.dm, ({ text }) => text.includes("it fits"));
    expect(isDrawn(reply)).toBe(true);
    expect(bo.sees(bo.dm).filter(({ text }) => text.includes("it fits"))).toHaveLength(1);
  });

  it("comes into a window that stands there at once, with words in its place", async () => {
    await open(1000);
    const own = replies;
    replies = () => form;
    const window = await (await bo.slash(daily, "/probe")).view();
    replies = own;
    const sent = await bo.submit(window, { text: "my words" });
    expect((await sent.acked()).kind).toBe("update");
    await server.slack.until("the picture is there", () => isDrawn({ blocks: bo.view()?.blocks ?? [] }));
    expect(bo.view()?.text).toContain("it fits");
    expect(bo.sees(bo.dm)).toEqual([]);
  });

  it("does not come over what somebody has pressed meanwhile", async () => {
    await open(1000);
    replies = () => form;
    const window = await (await bo.slash(daily, "/probe")).view();
    replies = () =>
      privateReply({ kind: "text", text: "it fits" }, picture, { kind: "buttons", buttons: [again] });
    const upload = server.slack.faults;
    upload.next(/^files\.getUploadURLExternal$/, { kind: "slow", ms: 1500 });
    const sent = await bo.submit(window, { text: "my words" });
    const first = await sent.view();
    replies = () => privateReply({ kind: "heading", text: "Newer" }, { kind: "text", text: "newer words" });
    await bo.press(first, "Again");
    await server.slack.until("the newer words", () => bo.view()?.text.includes("newer words") === true);
    await server.bot.stop();
    expect(bo.view()?.text).toContain("newer words");
  });

  it("is said in words where it never comes", async () => {
    await open(Number.MAX_SAFE_INTEGER);
    const reply = await (await bo.slash(daily, "/probe")).reply();
    expect(isDrawn(reply)).toBe(false);
    expect(reply.text).toContain("a bar of memory");
  });
});
