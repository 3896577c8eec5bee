import { afterAll } from "vitest";
import type { Dispatch } from "#core/dispatch";
import { privateReply } from "#core/reply";
import { renderReply } from "#src/adapters/slack/render";
import { adapterContract } from "#test/contracts/adapter";
import type { SeenMessage } from "#test/doubles/slack/handles";
import { openSlackServer, type SlackServer } from "#test/e2e/slack-server";

/** Invisible characters that steer what stands around them; the double counts whom a text rings. */
const steering = /\p{Cc}(?<![\n\t])|[\u200b\u202a-\u202e\u2066-\u2069]/u;

// One server for all of the contract: it is the adapter that is under test, and it keeps nothing between messages.
let server: SlackServer | undefined;
let core: Dispatch = async () => privateReply({ kind: "text", text: "welcome" });
afterAll(() => server?.stop());

/** The texts that Slack reads markup in: those of its own markup, and what stands in notifications. */
function markedIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value && value.type === "mrkdwn" && "text" in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(markedIn)];
}

adapterContract("Slack", async ({ dispatch, commands }) => {
  let expected = 1;
  core = async (request) => {
    const reply = await dispatch(request);
    const messages = renderReply(reply, { locale: request.locale });
    // A file is a message of its own.
    const files = messages.flatMap((message) => message.files).filter(({ kind }) => kind === "text");
    expected = messages.length + files.length;
    return reply;
  };
  server ??= await openSlackServer({ commands, dispatch: () => (request) => core(request) });
  const { slack } = server;
  const bo = slack.member("bo");
  const replies = (): readonly SeenMessage[] =>
    bo.sees(bo.dm).filter(({ author }) => author !== bo.id && author !== bo.name);
  let shown: readonly SeenMessage[] = [];
  return {
    async send(text) {
      expected = 1;
      const before = replies().length;
      await bo.direct(text);
      await slack.until("the reply is there", () => replies().length >= before + expected);
      shown = replies().slice(before);
      const texts: string[] = [];
      for (const message of shown) {
        texts.push(message.text);
        if (message.text.endsWith("\nSend")) {
          const form = await (await bo.press(message, "Send")).view();
          texts.push(form.text, ...form.fields.map(({ label, placeholder }) => `${label} ${placeholder}`));
        }
      }
      return texts.join("\n");
    },
    seenByOthers: async () =>
      slack
        .member("ann")
        .sees(slack.channel("daily"))
        .map(({ text }) => text)
        .join("\n"),
    isInert: (text) =>
      !steering.test(text) &&
      shown
        .flatMap(({ blocks, content }) => [content, ...markedIn(blocks)])
        .every((markup) => !markup.includes("<")) &&
      slack.pings.length === 0,
    stop: async () => {},
  };
});
