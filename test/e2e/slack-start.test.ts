import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { createSlack } from "#src/adapters/slack/connect";
import { servicesWith } from "#test/doubles/services";
import { startSlackDouble } from "#test/doubles/slack/double";
import { said } from "./probe.ts";

const patiently = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});

describe("A bot with a wrong token", () => {
  it.each([
    ["bot token", { botToken: "xoxb-of-nobody" }, "bot's token"],
    ["each in the place of the other", "swapped", "bot's token"],
    ["app-level token", { appToken: "xapp-of-nobody" }, "app-level token"],
  ])("says what to do instead of trying again: %s", async (_, wrong, says) => {
    const other = await startSlackDouble({ mode: "socket" });
    const parts = servicesWith({});
    const mode = { kind: "socket", botToken: other.botToken, appToken: other.appToken } as const;
    const given =
      wrong === "swapped"
        ? { ...mode, botToken: mode.appToken, appToken: mode.botToken }
        : { ...mode, ...wrong };
    const bot = createSlack(
      { mode: given, api: other.api, prefix: "" },
      { services: parts, after: () => () => {}, pause: patiently },
    );
    const dispatch = async () => said("");
    const starting = bot.start({ commands: [], services: parts, dispatch });
    const error = await starting.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error instanceof Refusal ? error.sentence(messagesFor("en")) : "").toContain(says);
    await bot.stop();
    await other.stop();
  });
});
