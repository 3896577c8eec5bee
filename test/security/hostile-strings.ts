import fc from "fast-check";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import { describeOptions } from "#core/options";
import type { Reply } from "#core/reply";
import type { Input } from "#core/request";
import { renderReply as drawOnDiscord } from "#src/adapters/discord/render";
import { renderReply as drawInWords } from "#src/adapters/local/render";
import { renderReply as drawOnSlack } from "#src/adapters/slack/render";
import { openSqliteStore } from "#src/store/sqlite/store";
import { hostile } from "#test/adapters/hostile";
import { markupIn, objectsIn } from "#test/adapters/slack/drawn";
import { checkMessage as checkDiscord } from "#test/doubles/discord/message-rules";
import { checkManners, checkMessage as checkSlack } from "#test/doubles/slack/message-rules";
import { openTeam } from "#test/doubles/team";

/** What a terminal would act on. */
const CONTROLS = /(?![\n\t])\p{Cc}/u;

/** What names a member, a channel, a group or everybody, or leads somewhere, as an element of rich text. */
const acting = new Set(["user", "usergroup", "channel", "broadcast", "team", "link"]);

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/** What is wrong with a reply as platforms would be given it. */
function faultsOf(reply: Reply, locale: "zh" | "en"): readonly string[] {
  const faults: string[] = [];
  for (const { body, files } of drawOnDiscord(reply, { locale })) {
    const sizes = files.map(({ name, data }) => ({ name, size: data.length }));
    faults.push(
      ...checkDiscord(plain(body), "post", sizes).map((fault) => `Discord: ${JSON.stringify(fault)}`),
    );
    if (JSON.stringify(body.allowed_mentions) !== '{"parse":[]}')
      faults.push("Discord: mentions are allowed");
  }
  for (const { text, blocks } of drawOnSlack(reply, { locale })) {
    const sent = plain({ text, blocks });
    const found = [...checkSlack(sent), ...checkManners(sent)];
    faults.push(...found.map((fault) => `Slack: ${JSON.stringify(fault)}`));
    // Within an element of rich text Slack reads nothing as markup.
    const markup = [text, ...markupIn(blocks)].join("\n").replaceAll(/<!date\^\d+\^[^<>|]*\|[^<>|]*>/gu, "");
    if (markup.includes("<")) faults.push(`Slack: live markup in ${markup}`);
    for (const { type } of objectsIn(blocks))
      if (typeof type === "string" && acting.has(type)) faults.push(`Slack: a live ${type}`);
  }
  const look = { locale, width: 80, colour: false, zone: "UTC" };
  if (CONTROLS.test(drawInWords(reply, look))) faults.push("the terminal: a control character");
  return faults;
}

export interface HostileReport {
  readonly strings: number;
  readonly commands: number;
  readonly exceptions: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Sends hostile strings through every command: as what is typed behind it, and as the value of each of its options; and
 * draws what comes of it as every platform does.
 */
export async function sendHostile(count: number, seed: number): Promise<HostileReport> {
  const store = await openSqliteStore({ file: ":memory:" });
  const team = await openTeam((own) => {
    void own.close();
    return store;
  });
  const dispatch = createDispatch(commands, team.services);
  const strings = fc.sample(hostile(), { numRuns: Math.min(count, 20_000), seed });
  const faults: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const text = strings[at % strings.length] ?? "";
    const command = commands[at % commands.length];
    if (command === undefined) break;
    const options = describeOptions(command.options);
    const named = options[Math.floor(at / commands.length) % (options.length + 1)];
    const input: Input =
      named === undefined ? { kind: "text", text } : { kind: "typed", options: { [named.name]: text } };
    const locale = at % 2 === 0 ? "en" : "zh";
    const reply = await dispatch({
      tenant: team.tenant,
      channel: team.channel,
      member: memberIdSchema.parse(`m${at % 50}`),
      role: at % 3 === 0 ? "admin" : "member",
      locale,
      command: command.name,
      input,
      sentAt: team.now(),
      submission: submissionIdSchema.parse(`s${at}`),
      pictures: false,
    });
    for (const fault of faultsOf(reply, locale))
      faults.push(`/${command.name} ${named?.name ?? ""} ${JSON.stringify(text)}: ${fault}`);
  }
  const exceptions = team.log.errors.map(({ event, cause }) => `${event}: ${String(cause)}`);
  await team.stop();
  return { strings: count, commands: commands.length, exceptions, faults };
}
