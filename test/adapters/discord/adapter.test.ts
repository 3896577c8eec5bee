import { afterAll } from "vitest";
import type { Dispatch } from "#core/dispatch";
import { privateReply } from "#core/reply";
import { renderReply } from "#src/adapters/discord/render";
import { adapterContract } from "#test/contracts/adapter";
import type { SeenMessage } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "#test/e2e/discord-server";

/** What Discord acts on in a text: mentions, masked links, emphasis and spoilers that no backslash disarms. */
const acts =
  /(?<!\\)(?:\\\\)*(?:<[@#:/]|@(?=everyone|here)|\*\*\S|\|\|\S|~~\S)|(?<!\\)(?:\\\\)*\]\(|[\u200b\u202a-\u202e\u2066-\u2069]/u;
/** The one line that the adapter itself sets in bold. */
const verdict = /^\S+ \*\*Hit\*\*$/gmu;

// One server for all of the contract: it is the adapter that is under test, and it keeps nothing between messages.
let server: DiscordServer | undefined;
let core: Dispatch = async () => privateReply({ kind: "text", text: "welcome" });
afterAll(() => server?.stop());

adapterContract("Discord", async ({ dispatch, commands }) => {
  let expected = 1;
  const counting: Dispatch = async (request) => {
    const reply = await dispatch(request);
    expected = renderReply(reply, { locale: request.locale }).length;
    return reply;
  };
  if (server === undefined) {
    server = await openDiscordServer({ commands, dispatch: () => (request) => core(request) });
    const { discord } = server;
    // Direct messages belong to the server where the member was last.
    await (await discord.member("bo").slash(discord.channel("daily"), "echo")).reply();
  }
  core = counting;
  const { discord } = server;
  const bo = discord.member("bo");
  const replies = (): readonly SeenMessage[] => bo.sees(bo.direct).filter(({ author }) => author === "bot");
  return {
    async send(text) {
      expected = 1;
      const before = replies().length;
      await bo.say(bo.direct, text);
      await discord.until("the reply is there", () => replies().length >= before + expected);
      const texts: string[] = [];
      for (const message of replies().slice(before)) {
        texts.push(message.text);
        // A form stands behind a button here, for a direct message opens none.
        if (message.text.endsWith("\nSend"))
          texts.push((await (await bo.press(message, "Send")).form()).text);
      }
      return texts.join("\n");
    },
    seenByOthers: async () =>
      discord
        .member("ann")
        .sees(discord.channel("daily"))
        .map(({ text }) => text)
        .join("\n"),
    isInert: (text) => !acts.test(text.replaceAll(verdict, "")),
    stop: async () => {},
  };
});
