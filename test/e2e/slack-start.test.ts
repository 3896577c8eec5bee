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

interface Tokens {
  readonly botToken: string;
  readonly appToken: string;
}
const swapped = ({ botToken, appToken }: Tokens): Tokens => ({ botToken: appToken, appToken: botToken });

describe("A bot with a wrong token", () => {
  it.each<[string, (tokens: Tokens) => Partial<Tokens>, string]>([
    ["bot token", () => ({ botToken: "xoxb-of-nobody" }), "bot's token"],
    ["each in the place of the other", swapped, "bot's token"],
    ["app-level token", () => ({ appToken: "xapp-of-nobody" }), "app-level token"],
  ])("says what to do instead of trying again: %s", async (_, wrong, says) => {
    const other = await startSlackDouble({ mode: "socket" });
    const parts = servicesWith({});
    const { botToken, appToken } = other;
    const mode = { kind: "socket", botToken, appToken, ...wrong(other) } as const;
    const bot = createSlack(
      { mode, api: other.api, prefix: "" },
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
