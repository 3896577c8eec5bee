import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type Locale, localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { StoreFailure } from "#core/store-failure";
import { backup } from "./cli/backup.ts";
import { doctor } from "./cli/doctor.ts";
import { grade } from "./cli/grade.ts";
import { importDocuments } from "./cli/import.ts";
import { answerLines } from "./cli/lines.ts";
import { migrate } from "./cli/migrate.ts";
import { oom } from "./cli/oom.ts";
import { restore } from "./cli/restore.ts";
import { rubric } from "./cli/rubric.ts";
import type { Call, VerbEntry } from "./cli/verb.ts";
import { vram } from "./cli/vram.ts";
import { ConfigFault, readLocale } from "./config.ts";
import { ContentFaults } from "./content/fault.ts";
import { exitWhenOutputFails } from "./output.ts";
import { defectOf } from "./redaction.ts";
import { loadSettings } from "./settings-file.ts";

const verbs: Readonly<Record<string, VerbEntry>> = {
  grade,
  vram,
  oom,
  import: importDocuments,
  rubric,
  migrate,
  backup,
  restore,
  doctor,
};

/** 0 done, 1 the input was refused or has faults, 2 wrong usage; see the README. */
type ExitStatus = 0 | 1 | 2;

/** Asks its own questions and reads its own flags: it needs a terminal, and no call. */
const SETUP_USAGE =
  "rehearsal setup discord|slack [--yes], as npm run setup does; without more it says what it takes";

const usage = (): string =>
  `Usage:\n${[...Object.values(verbs).map((verb) => verb.usage), SETUP_USAGE].map((line) => `  ${line}`).join("\n")}\n`;

function wrongUsage(reason: string): ExitStatus {
  process.stderr.write(`${reason}\n${usage()}`);
  return 2;
}

interface Flags {
  readonly values: {
    help?: boolean;
    json?: boolean;
    jsonl?: boolean;
    lang?: string;
    question?: string;
    pack?: string;
    out?: string;
    explain?: boolean;
    from?: string;
    to?: string;
    force?: boolean;
    online?: boolean;
  };
  readonly positionals: readonly string[];
}

const readFlags = (argv: readonly string[]): Flags =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: "boolean" },
      json: { type: "boolean" },
      jsonl: { type: "boolean" },
      lang: { type: "string" },
      question: { type: "string" },
      pack: { type: "string" },
      out: { type: "string" },
      explain: { type: "boolean" },
      from: { type: "string" },
      to: { type: "string" },
      force: { type: "boolean" },
      online: { type: "boolean" },
    },
  });

/** One line for scripts; `npm start` lists them all. */
function firstOf({ faults }: ContentFaults): string {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : "";
  return first === undefined ? "" : `${first.file}:${first.line}:${first.column} ${first.reason}${more}`;
}

async function answer(entry: VerbEntry, call: Call, flags: Flags): Promise<ExitStatus> {
  const verb = await entry.prepare(call);
  if (flags.values.jsonl) {
    await answerLines(process.stdin, process.stdout, (line) => verb.answerLine(line));
    return 0;
  }
  const text = entry.readsInput(call) ? await readAll(process.stdin) : "";
  const result = flags.values.json
    ? `${JSON.stringify({ id: null, ...(await verb.answerText(text)) })}\n`
    : await verb.show(text);
  process.stdout.write(result);
  return verb.foundFault?.() ? 1 : 0;
}

/** The machine's language is for people; what scripts read is the same everywhere. */
function localeFor({ values }: Flags): Locale {
  if (values.lang !== undefined) return localeSchema.parse(values.lang);
  return values.json || values.jsonl ? "en" : readLocale(process.env);
}

/** Settings may stand in a file beside the program, as they do for the bot; the result says why it cannot be read. */
function readSettings(flags: Flags): string | null {
  try {
    loadSettings();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.sentence(messagesFor(localeFor(flags)));
  }
}

async function main(argv: readonly string[]): Promise<ExitStatus> {
  const [name = "", ...rest] = argv;
  if (name === "--help" || name === "help") {
    process.stdout.write(usage());
    return 0;
  }
  if (name === "setup") return (await import("./setup.ts")).runSetup(rest);
  const entry = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (entry === undefined)
    return wrongUsage(name === "" ? "Say what to do." : `There is no verb “${name.slice(0, 40)}”.`);
  let flags: Flags;
  try {
    flags = readFlags(rest);
  } catch (error) {
    return wrongUsage(
      error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error),
    );
  }
  const { values, positionals } = flags;
  if (values.help) {
    process.stdout.write(usage());
    return 0;
  }
  if (values.explain && name !== "grade") return wrongUsage("--explain goes with grade.");
  if (values.explain && (values.json || values.jsonl))
    return wrongUsage("--explain is for people: give it without --json and --jsonl.");
  if (values.force && name !== "restore") return wrongUsage("--force goes with restore.");
  if (values.online && name !== "doctor") return wrongUsage("--online goes with doctor.");
  if (values.json && values.jsonl) return wrongUsage("Give --json or --jsonl, not both.");
  if (values.lang !== undefined && !localeSchema.safeParse(values.lang).success)
    return wrongUsage("--lang takes zh or en.");
  const unread = entry.settings === undefined ? null : readSettings(flags);
  if (unread !== null && entry.settings === "needed") {
    process.stderr.write(`${unread}\n`);
    return 1;
  }
  const locale = localeFor(flags);
  const call: Call = {
    locale,
    words: positionals.join(" "),
    question: values.question,
    pack: values.pack,
    out: values.out,
    explain: values.explain === true,
    from: values.from,
    to: values.to,
    force: values.force === true,
    online: values.online === true,
  };
  const misuse = entry.misuse(call, values.jsonl === true);
  if (misuse !== null) return wrongUsage(misuse);
  try {
    return await answer(entry, call, flags);
  } catch (error) {
    if (error instanceof Refusal) process.stderr.write(`${error.sentence(messagesFor(locale))}\n`);
    else if (error instanceof ContentFaults) process.stderr.write(`${firstOf(error)}\n`);
    else if (error instanceof ConfigFault) process.stderr.write(`${error.message}\n`);
    else if (error instanceof StoreFailure)
      process.stderr.write(`${messagesFor(locale).start.storeTrouble(error.trouble, error.where)}\n`);
    else process.stderr.write(`${defectOf(error)}\n`);
    return 1;
  }
}

exitWhenOutputFails(process);
process.exitCode = await main(process.argv.slice(2));
