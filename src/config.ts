import { z } from "zod";
import { type Locale, localeSchema } from "#core/language";
import { type Zone, zoneSchema } from "#core/round/calendar";
import { type WallTime, wallTimeSchema } from "#core/schedule/wall-time";

/** Every variable that Rehearsal reads; `.env.example` lists exactly these. */
export const environmentSchema = z.object({
  REHEARSAL_DATA: z.string().min(1).default("./data"),
  REHEARSAL_LOCALE: localeSchema.optional(),
  REHEARSAL_ZONE: zoneSchema.optional(),
  REHEARSAL_TIME: wallTimeSchema.optional(),
  REHEARSAL_HOLIDAYS: z.string().max(20).optional(),
  REHEARSAL_PORT: z.coerce.number().int().min(0).max(65_535).default(4310),
  REHEARSAL_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn"),
});

export interface Config {
  /** Folder of the data file. */
  readonly dataFolder: string;
  readonly locale: Locale;
  /** IANA zone in which dates begin. */
  readonly zone: Zone;
  /** When the day's question is posted; null where it opens when somebody looks. */
  readonly time: WallTime | null;
  /** A calendar of holidays without a question, like `CN`. */
  readonly holidays: string | null;
  /** Where the page is served on this machine; 0 for any free port. */
  readonly port: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** The environment has values that cannot be used; the message names every one of them. */
export class ConfigFault extends Error {
  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    super(`Rehearsal cannot start with these settings (see .env.example):\n${lines.join("\n")}`);
    this.name = "ConfigFault";
  }
}

const localeOf = (environment: Readonly<Record<string, string | undefined>>): "zh" | "en" =>
  /^zh/i.test(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "") ? "zh" : "en";

/**
 * Reads the settings from environment variables; an empty variable counts as absent.
 *
 * @throws ConfigFault with all mistakes at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigFault(parsed.error.issues);
  return {
    dataFolder: parsed.data.REHEARSAL_DATA,
    locale: parsed.data.REHEARSAL_LOCALE ?? localeOf(environment),
    zone: parsed.data.REHEARSAL_ZONE ?? zoneSchema.parse(Intl.DateTimeFormat().resolvedOptions().timeZone),
    time: parsed.data.REHEARSAL_TIME ?? null,
    holidays: parsed.data.REHEARSAL_HOLIDAYS ?? null,
    port: parsed.data.REHEARSAL_PORT,
    logLevel: parsed.data.REHEARSAL_LOG,
  };
}
