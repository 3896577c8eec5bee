import type { Command } from "#core/command";
import type { Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { probes, said } from "./probe.ts";
import { type Mode, openSlackServer, type SlackServer } from "./slack-server.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a storm of deliveries has come to. */
export interface Storm {
  /** Things that members did. */
  readonly done: number;
  /** Deliveries of them that reached the app. */
  readonly delivered: number;
  /** Things that were done twice, or not at all. */
  readonly wrongEffects: number;
  /** Things that were answered twice, or not at all. */
  readonly wrongReplies: number;
  readonly errors: readonly string[];
}

/** The core as a counter: what it was asked for, by the words that stood in it. */
function counting(): { readonly commands: readonly Command[]; readonly asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const reply = (request: Request): Reply => {
    const { input } = request;
    const words = input.kind === "text" ? input.text : String(input.options.text);
    asked.set(words, (asked.get(words) ?? 0) + 1);
    return said(`answered ${words}`);
  };
  return { commands: probes(reply), asked };
}

const holds =
  (words: string) =>
  (payload: unknown): boolean =>
    JSON.stringify(payload).includes(words);

/** Delivers what one message makes again and again, in every way that Slack is known to. */
async function redeliver(slack: SlackDouble, words: string, server: SlackServer): Promise<void> {
  const { deliveries } = slack;
  const fits = holds(words);
  for (let again = 0; again < 3; again += 1) await deliveries.redeliver(fits, { retry: again + 1 }, 1);
  for (let again = 0; again < 10; again += 1)
    await deliveries.redeliver(fits, { newEventId: true, retry: 0 }, 1);
  await server.passTime(10 * MINUTE_MS);
  await deliveries.redeliver(fits, { retry: 2 }, 1);
  await server.passTime(25 * HOUR_MS);
  await deliveries.redeliver(fits, { newEventId: true }, 1);
}

/** Members write `rounds` times in each way, and everything is delivered many times, marked and unmarked, late and reversed. */
export async function duplicatesStorm(mode: Mode, rounds: number): Promise<Storm> {
  const { commands, asked } = counting();
  const server = await openSlackServer({ mode, commands });
  const { slack, log } = server;
  const bo = slack.member("bo");
  const daily = slack.channel("daily");
  const words: string[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const [direct, mention, marked, typed] = ["direct", "mention", "marked", "typed"].map(
        (kind) => `${kind}-${round}x`,
      );
      if (direct === undefined || mention === undefined || marked === undefined || typed === undefined)
        continue;
      words.push(direct, mention, marked, typed, `early-${round}x`, `late-${round}x`);
      await bo.direct(`/probe ${direct}`);
      await redeliver(slack, direct, server);
      await bo.mention(daily, `/probe ${mention}`);
      await redeliver(slack, mention, server);
      // The only copy that arrives may be marked as a retry.
      slack.deliveries.retryFirst();
      await bo.direct(`/probe ${marked}`);
      await redeliver(slack, marked, server);
      const asking = await bo.slash(daily, "/probe", typed);
      await asking.reply();
      await slack.deliveries.redeliver(holds(typed), { retry: 0 }, 1);
      slack.deliveries.hold();
      await bo.direct(`/probe early-${round}x`);
      await bo.direct(`/probe late-${round}x`);
      await slack.deliveries.release("reversed");
    }
    // Drawn once for all words: drawing every message for each would stop the bot, which shares this process.
    const replied = (): ReadonlyMap<string, number> => {
      const counts = new Map<string, number>();
      for (const { text } of [...bo.sees(bo.dm), ...bo.sees(daily)])
        counts.set(text, (counts.get(text) ?? 0) + 1);
      return counts;
    };
    const repliesTo = (one: string, counts: ReadonlyMap<string, number>): number =>
      counts.get(`answered ${one}`) ?? 0;
    await slack.until("every message is answered", () => {
      const counts = replied();
      return words.every((one) => repliesTo(one, counts) > 0);
    });
    await server.bot.stop();
    const counts = replied();
    return {
      done: words.length,
      delivered: slack.sent.length,
      wrongEffects: words.filter((one) => asked.get(one) !== 1).length,
      wrongReplies: words.filter((one) => repliesTo(one, counts) !== 1).length,
      errors: log.errors.map(({ event, cause }) => `${event}: ${String(cause)}`),
    };
  } finally {
    await server.stop();
  }
}
