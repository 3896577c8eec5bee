import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { commands } from "#commands/index";
import { completeIn } from "#core/completion";
import { guardedDispatch } from "#core/guarding";
import { type MemberId, submissionIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { meteredLog } from "#core/metrics/metered";
import { Refusal } from "#core/refusal";
import type { Services } from "#core/services";
import { StoreFailure } from "#core/store-failure";
import { dossierActs } from "./acts.ts";
import type { Discord } from "./adapters/discord/connect.ts";
import { readClientModules } from "./adapters/local/page/client-files.ts";
import type { ClientModules } from "./adapters/local/page/client-modules.ts";
import { readDesk } from "./adapters/local/page/desk.ts";
import { draftsOnPage } from "./adapters/local/page/drafts.ts";
import type { Previews } from "./adapters/local/page/preview.ts";
import { servePage } from "./adapters/local/page/serve.ts";
import { speakOnThisMachine } from "./adapters/local/page/speaking.ts";
import { Threads } from "./adapters/local/page/threads.ts";
import { LocalPoster } from "./adapters/local/poster.ts";
import { withFilesSaved } from "./adapters/local/saved-files.ts";
import { runTerminal, type Terminal } from "./adapters/local/terminal.ts";
import type { Slack } from "./adapters/slack/connect.ts";
import { speakByTenant } from "./by-tenant.ts";
import { type Config, ConfigFault, readConfig, readLocale } from "./config.ts";
import { ContentFaults } from "./content/fault.ts";
import { listenForEnd } from "./ending.ts";
import { type Flags, memberNamed, readFlags } from "./flags.ts";
import { createLog } from "./log.ts";
import { releaseOf } from "./operation.ts";
import { tellOperator } from "./operator.ts";
import { boundOutages } from "./outage-log.ts";
import { endOnDefect, exitWhenOutputFails } from "./output.ts";
import { after, openPlatforms, speakingOn } from "./platforms.ts";
import { PosterByTenant } from "./posters.ts";
import { type Redact, redactionOf } from "./redaction.ts";
import { keepDays } from "./schedule/day.ts";
import { startDossierClock } from "./schedule/dossier-clock.ts";
import { secondLook } from "./schedule/second-look.ts";
import { secretsIn } from "./secrets.ts";
import { channel, clock, openServices, tenant } from "./services.ts";
import { loadSettings } from "./settings-file.ts";
import { openWatch, type Watch } from "./watch.ts";

/** What the bot sends, as other platforms draw it; opened when somebody looks, and gone with the program. */
function previewsOf(services: Services, opened: (() => Promise<void>)[]): Previews {
  return {
    discord: async () => {
      const { openDiscordPreview } = await import("./preview/discord.ts");
      const { preview, close } = await openDiscordPreview(services);
      opened.push(close);
      return preview;
    },
    slack: async () => {
      const { openSlackPreview } = await import("./preview/slack.ts");
      const { preview, close } = await openSlackPreview(services);
      opened.push(close);
      return preview;
    },
  };
}

/** Connects in the background: the page and the terminal go on whatever the platform says. */
function startChat(
  where: "Discord" | "Slack",
  chat: Discord | Slack,
  { local: _, ...services }: Services,
  locale: Locale,
): void {
  const everywhere = commands.filter((command) => command.where === "everywhere");
  const { notices, channels } = chat;
  const forChat: Services = { ...services, notices, channels, commands: everywhere };
  const dispatch = guardedDispatch(everywhere, forChat);
  chat.start({ commands: everywhere, dispatch, services: forChat }).then(
    () => services.log.info(`the bot is on ${where}`),
    (error: unknown) => {
      services.log.error(`the bot is not on ${where}`, error, { remedy: explain(error, locale) });
      // Whoever sits before the terminal reads a sentence; whatever collects lines of JSON has it in the one above.
      if (process.stderr.isTTY === true) process.stderr.write(`${redact(explain(error, locale))}\n`);
    },
  );
}

function thisTerminal(): Terminal {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return {
    input: process.stdin,
    output: process.stdout,
    interactive,
    colour: interactive && process.env.NO_COLOR === undefined,
    // A terminal that does not know its size says 0.
    width: () => process.stdout.columns || 80,
    // npm goes into the program's folder first, and keeps where it was called.
    ...(interactive
      ? { keep: (reply, locale) => withFilesSaved(reply, process.env.INIT_CWD ?? process.cwd(), locale) }
      : {}),
  };
}

async function start(config: Config, redact: Redact): Promise<void> {
  const ending = listenForEnd(process, { now: () => performance.now(), after, tell: tellOperator });
  const flags = readFlags(process.argv.slice(2));
  const modules = flags.terminal ? null : readClientModules();
  // Whatever fails first ends the program; the other is not to fail unheard as well.
  modules?.catch(() => {});
  const written = boundOutages(createLog(config.logLevel, { redact }));
  endOnDefect(process, written);
  const { discord, slack, redis } = config;
  written.info("the program starts", {
    release: releaseOf(),
    node: process.version,
    store: redis === null ? "file" : "redis",
    platforms: Object.entries({ discord, slack }).flatMap(([name, set]) => (set === null ? [] : [name])),
  });
  const watch = await openWatch(config, written);
  // Before anything else is closed: whoever sends members here is to send them elsewhere.
  const asked = ending.asked.then(() => {
    written.info("the program was asked to end; it finishes what was begun");
    watch.stopping();
  });
  const opened: (() => Promise<void>)[] = [watch.close];
  try {
    const services = await openServices(config, meteredLog(written, watch.meter), watch.meter);
    opened.push(() => services.store.close());
    await run(config, flags, services, modules, opened, watch, asked);
  } finally {
    watch.stopping();
    // Whatever stopped it, what it had opened is closed: a process that cannot go on keeps no file and no clock.
    try {
      for (const close of opened.toReversed()) await close();
      written.info("the program has ended");
    } finally {
      ending.done();
    }
  }
}

async function run(
  config: Config,
  flags: Flags,
  bare: Services,
  modules: Promise<ClientModules> | null,
  opened: (() => Promise<void>)[],
  watch: Watch,
  askedToEnd: Promise<void>,
): Promise<void> {
  const { judging } = bare;
  if (judging !== undefined) opened.push(() => judging.stop());
  const local = new LocalPoster();
  const { discord, slack } = await openPlatforms(
    flags.terminal ? { discord: null, slack: null } : config,
    bare,
  );
  if (discord !== null) opened.push(discord.stop);
  if (slack !== null) opened.push(slack.stop);
  const threads = new Threads(tenant, bare);
  const machine = speakOnThisMachine(threads, bare);
  opened.push(machine.rest);
  const speaking = speakByTenant({
    local: machine,
    ...(discord === null ? {} : { discord: speakingOn(discord) }),
    ...(slack === null ? {} : { slack: speakingOn(slack) }),
  });
  const services: Services = { ...bare, ...speaking };
  const poster = new PosterByTenant({
    local,
    ...(discord === null ? {} : { discord: discord.poster }),
    ...(slack === null ? {} : { slack: slack.poster }),
  });
  const { zone, time, weekdays, holidays } = config;
  const day = await keepDays(
    { tenant, channel, zone, time, weekdays, holidays },
    { ...services, poster, newToken: randomUUID, pause: (ms) => sleep(ms), beat: watch.beat },
  );
  opened.push(day.stop);
  const looks = { "second-look": secondLook({ ...services, poster }) };
  const dossiers = startDossierClock(services, { ...dossierActs(services), ...looks });
  opened.push(dossiers.stop);
  exitWhenOutputFails({
    stdout: process.stdout,
    stderr: { write: (text) => tellOperator(text.trimEnd()) },
    exit: (code) => process.exit(code),
  });
  // Trouble with opening a round keeps nobody from a look-up; what needs the round says so itself.
  const openDue = (): Promise<void> =>
    day.openDue().catch((error: unknown) => services.log.error("today's round could not be opened", error));

  const shared = {
    dispatch: guardedDispatch(commands, services, openDue),
    commands,
    complete: completeIn(tenant, services),
    locale: flags.locale ?? config.locale,
    announcements: local,
    threads,
    zone,
    clock,
    log: services.log,
    newSubmission: () => submissionIdSchema.parse(randomUUID()),
  };
  const page =
    modules === null
      ? null
      : await servePage({
          ...shared,
          port: config.port,
          modules,
          previews: previewsOf(services, opened),
          identity: (name) => ({ tenant, channel, member: name === null ? flags.member : memberNamed(name) }),
          desk: async (request) => {
            await openDue();
            return readDesk(request, services);
          },
          drafts: draftsOnPage(services),
        });
  if (page !== null) opened.push(page.close);
  if (page !== null) process.stdout.write(`${messagesFor(shared.locale).start.pageIsAt(page.url)}\n\n`);
  if (discord !== null) startChat("Discord", discord, services, shared.locale);
  if (slack !== null) startChat("Slack", slack, services, shared.locale);
  watch.started(services, { discord, slack });
  services.log.info("the program is ready", { seconds: Math.round(performance.now() / 100) / 10 });
  const terminal = thisTerminal();
  if (terminal.interactive || page === null) {
    const identityOf = (member: MemberId) => ({ tenant, channel, member });
    // A terminal that is read no more ends the conversation, as Ctrl+D does.
    void askedToEnd.then(() => process.stdin.push(null));
    await runTerminal({
      ...shared,
      terminal,
      identity: identityOf(flags.member),
      identityOf: (name) => identityOf(memberNamed(name)),
      after,
    });
  } else {
    await askedToEnd;
  }
}

const isMendable = (error: unknown): boolean =>
  error instanceof ConfigFault ||
  error instanceof ContentFaults ||
  error instanceof Refusal ||
  error instanceof StoreFailure;

/** What the operator can mend, in one message without a stack; anything else is a defect and shows where. */
function explain(error: unknown, locale: Locale): string {
  if (error instanceof ConfigFault || error instanceof ContentFaults) return error.message;
  const say = messagesFor(locale);
  if (error instanceof Refusal) return error.sentence(say);
  if (error instanceof StoreFailure) return say.start.storeTrouble(error.trouble, error.where);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

let locale: Locale = "en";
let redact = redactionOf();
try {
  locale = readLocale(process.env);
  loadSettings();
  const config = readConfig(process.env);
  locale = config.locale;
  redact = redactionOf(secretsIn(config));
  await start(config, redact);
} catch (error) {
  const isTerminal = process.stderr.isTTY === true;
  if (isMendable(error)) tellOperator(explain(error, locale), { redact });
  else tellOperator(isTerminal ? explain(error, locale) : "a defect ends the program", { redact, error });
  process.exitCode = 1;
}
