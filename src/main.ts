import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { type Locale, localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Clock, StoreFailure } from "#core/ports";
import { Refusal } from "#core/refusal";
import { openDailyRound } from "#core/round/daily";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { runTerminal, type Terminal } from "./adapters/local/terminal.ts";
import { createCharts, SHIPPED_FONTS } from "./charts/charts.ts";
import { type Config, ConfigFault, readConfig } from "./config.ts";
import { ContentFaults } from "./content/fault.ts";
import { loadLibrary, SHIPPED_CONTENT } from "./content/library.ts";
import { loadModels } from "./content/models.ts";
import { loadRemedies } from "./content/remedies.ts";
import { createLog } from "./log.ts";
import { exitWhenOutputFails } from "./output.ts";
import { openSqliteStore } from "./store/sqlite/store.ts";

const clock: Clock = { now: () => Date.now() };

/** This machine as a tenant with one channel, which the terminal and the local page share. */
const tenant = tenantIdSchema.parse("local");
const channel = channelIdSchema.parse("local");

function readFlags(argv: readonly string[]): { member: string; locale: Locale | undefined } {
  const { values, tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: { terminal: { type: "boolean" }, as: { type: "string" }, lang: { type: "string" } },
  });
  const known = new Set(["terminal", "as", "lang"]);
  for (const token of tokens) {
    const flag = token.kind === "option" ? token.rawName : token.kind === "positional" ? token.value : null;
    if (flag !== null && !(token.kind === "option" && known.has(token.name))) {
      throw new Refusal((say) => say.start.unknownFlag(flag));
    }
  }
  const locale = localeSchema.safeParse(values.lang);
  if (values.lang !== undefined && !locale.success)
    throw new Refusal((say) => say.start.badLanguage(String(values.lang)));
  const member = String(values.as ?? "you").trim();
  if (values.as === true || !/^[^\p{Cc}\p{Cf}\p{Cs}]{1,40}$/u.test(member)) {
    throw new Refusal((say) => say.start.badName);
  }
  return { member, locale: locale.data };
}

async function openServices(config: Config): Promise<Services> {
  const store = await openSqliteStore({ file: join(config.dataFolder, "rehearsal.db") });
  return {
    clock,
    log: createLog(config.logLevel),
    store,
    library: loadLibrary(SHIPPED_CONTENT),
    grader: createLocalGrader(),
    models: loadModels(SHIPPED_CONTENT),
    remedies: loadRemedies(SHIPPED_CONTENT),
    charts: createCharts({ fontFolder: SHIPPED_FONTS }),
    commands,
    zone: config.zone,
  };
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
  };
}

async function start(config: Config): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  const services = await openServices(config);
  const place = { tenant, channel, zone: config.zone };
  const openDue = async (): Promise<void> => {
    await openDailyRound(place, services);
  };
  await openDue();
  exitWhenOutputFails(process);
  await runTerminal({
    terminal: thisTerminal(),
    dispatch: createDispatch(commands, services, openDue),
    commands,
    identity: { tenant, channel, member: memberIdSchema.parse(flags.member) },
    locale: flags.locale ?? config.locale,
    zone: config.zone,
    clock,
    newSubmission: () => submissionIdSchema.parse(randomUUID()),
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  });
  await services.store.close();
}

/** What the operator can mend, in one message without a stack; anything else is a defect and shows where. */
function explain(error: unknown, locale: Locale): string {
  if (error instanceof ConfigFault || error instanceof ContentFaults) return error.message;
  const say = messagesFor(locale);
  if (error instanceof Refusal) return error.sentence(say);
  if (error instanceof StoreFailure) return say.start.storeTrouble(error.trouble, error.where);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

let locale: Locale = "en";
try {
  if (existsSync(".env")) process.loadEnvFile();
  const config = readConfig(process.env);
  locale = config.locale;
  await start(config);
} catch (error) {
  process.stderr.write(`${explain(error, locale)}\n`);
  process.exitCode = 1;
}
