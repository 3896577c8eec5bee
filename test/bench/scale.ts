import { type DayReport, liveThroughDays } from "#test/faults/processes/day";
import type { Figure } from "./figure.ts";
import { guildBytes } from "./gateway-memory.ts";

/** Small enough for two minutes; `--tenants 11000` is 10,000 guilds and 1,000 workspaces. */
const TENANTS = 1_100;
const PROCESSES = 3;
const LANES = 8;
const DAY_MS = 86_400_000;

/** The busiest hour of a day has as many times the work of a mean one, and a core is to be idle for as much of it. */
const PEAK = 4;
const BUSY = 0.7;
const CORES = 2;
const MEMORY_BYTES = 4e9;
/** As many as Discord advises for a shard. */
const GUILDS = 1_000;
/** So many tenants live for so many days, to see what one more day weighs. */
const SMALL = 100;
const DAYS = 3;
/** What the poster of Discord takes for all processes together, and the share of the guilds that wants its question at once. */
const POSTS_A_SECOND = 20;
const AT_ONCE = 0.5;
const LATE_FROM_S = 120;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const at = (share: number, values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** What a day costs all tenants together. */
const costOf = ({ bots, redisCpuMs, redisBytes, redisCommands }: DayReport) => ({
  bots: sum(bots.map(({ cpuMs }) => cpuMs)),
  redis: redisCpuMs,
  memory: redisBytes,
  commands: redisCommands,
});
type Cost = ReturnType<typeof costOf>;

/** What one more tenant costs, between two sizes: what is there without any tenant is not in it. */
const marginal = (few: DayReport, many: DayReport, of: keyof Cost): number =>
  (costOf(many)[of] - costOf(few)[of]) / (many.tenants - few.tenants);

function figuresOf(day: DayReport): readonly Figure[] {
  const { tenants, bots, due } = day;
  const cost = costOf(day);
  const answers = bots.flatMap(({ answerMs }) => answerMs);
  const lookUps = bots.flatMap(({ lookUpMs }) => lookUpMs);
  const none = (what: string, value: number): Figure => ({
    name: `${tenants}: ${what}`,
    value,
    unit: "",
    limit: 0.5,
  });
  const each = (what: string, value: number, unit: string): Figure => ({
    name: `${tenants}: ${what}`,
    value,
    unit,
  });
  return [
    none(`questions never posted or skipped, of ${due}`, day.absent),
    none("questions posted late", day.late),
    none("questions posted twice", day.doubled),
    none(
      `errors and refusals, of ${answers.length} answers and ${lookUps.length} look-ups`,
      sum(bots.map(({ errors, refused }) => errors + refused)),
    ),
    each("the latest question after it was due", day.latestMs / 1_000, "s"),
    each(`an answer, p99 (${LANES} at a time in each process)`, at(0.99, answers), "ms"),
    each("a look-up, p99", at(0.99, lookUps), "ms"),
    each("processor time of the bots, a tenant and day", cost.bots / tenants, "ms"),
    each("processor time of Redis, a tenant and day", cost.redis / tenants, "ms"),
    each("commands of Redis, a tenant and day", cost.commands / tenants, ""),
    each("memory of Redis, a tenant and day", cost.memory / tenants / 1024, "KiB"),
    each("memory of the largest bot", Math.max(...bots.map(({ rssBytes }) => rssBytes)) / 2 ** 20, "MiB"),
  ];
}

/**
 * How many tenants each thing carries, at the cost of one more; the least of them gives first.
 *
 * @param dayBytes what one more day of a tenant weighs in Redis
 */
function givesAt(few: DayReport, many: DayReport, dayBytes: number): readonly Figure[] {
  const carries = (what: string, tenants: number): Figure => ({
    name: `what ${what} carries, on paper`,
    value: tenants,
    unit: "tenants",
  });
  const workMs = (DAY_MS * BUSY) / PEAK;
  const idleMs = (many.idleTick.redisCpuMs * DAY_MS) / 10_000;
  return [
    carries(
      `Discord's pace of ${POSTS_A_SECOND} posts/s, ${100 * AT_ONCE} % due at once and none late`,
      (POSTS_A_SECOND * LATE_FROM_S) / AT_ONCE,
    ),
    carries(
      `a Redis of ${MEMORY_BYTES / 1e9} GB after a year of days like the first`,
      MEMORY_BYTES / (365 * dayBytes + marginal(few, many, "memory")),
    ),
    carries(`${CORES} cores of bots in the busiest hour`, (CORES * workMs) / marginal(few, many, "bots")),
    carries(
      "the one core of a Redis in the busiest hour",
      (workMs - idleMs / PEAK) / marginal(few, many, "redis"),
    ),
  ];
}

/**
 * A day of ever more tenants: guilds and, of eleven, one workspace, with three processes on one Redis. Each has its daily
 * question, five answers and five look-ups. What enters where, and why: see `liveThroughDays`. Every cost is that of a
 * tenant and day; it falls while what is there anyway is shared by more, so the slope is that of what one more costs.
 */
export async function benchScale(tenants = TENANTS): Promise<readonly Figure[]> {
  const sizes = [...[10, SMALL, 1_000, 10_000].filter((size) => size < tenants / 2), tenants];
  const days: DayReport[] = [];
  for (const size of sizes) {
    const day = await liveThroughDays({ tenants: size, days: 1 }, PROCESSES, LANES);
    process.stderr.write(`${size} tenants: ${day.seconds.toFixed(0)} s\n`);
    days.push(day);
  }
  const [least, few, many] = [days.at(-3), days.at(-2), days.at(-1)];
  if (least === undefined || few === undefined || many === undefined)
    throw new Error("a slope takes three sizes: at least 201 tenants");
  const longer = await liveThroughDays({ tenants: SMALL, days: DAYS }, PROCESSES, LANES);
  const once = days.find((day) => day.tenants === SMALL);
  const dayBytes = (longer.redisBytes - (once?.redisBytes ?? Number.NaN)) / (SMALL * (DAYS - 1));
  const ofGuild = await guildBytes(GUILDS);
  const growth = (what: string, of: keyof Cost, limit: number): Figure => ({
    name: `${what}: one more tenant from ${few.tenants} to ${many.tenants}, by one from ${least.tenants} to ${few.tenants}`,
    value: marginal(few, many, of) / marginal(least, few, of),
    unit: "×",
    limit,
  });
  return [
    ...days.flatMap(figuresOf),
    growth("processor time of the bots", "bots", 1.2),
    growth("processor time of Redis", "redis", 1.2),
    growth("memory of Redis", "memory", 1.1),
    growth("commands of Redis", "commands", 1.1),
    {
      name: "one more tenant and day, bots and Redis",
      value: marginal(few, many, "bots") + marginal(few, many, "redis"),
      unit: "ms",
    },
    {
      name: "one more tenant in Redis, with its first day",
      value: marginal(few, many, "memory") / 1024,
      unit: "KiB",
    },
    { name: "one more day of a tenant in Redis", value: dayBytes / 1024, unit: "KiB" },
    { name: "a guild of 30 channels in each bot's Discord client", value: ofGuild / 1024, unit: "KiB" },
    {
      name: "a tick of all bots with nothing due",
      value: many.idleTick.commands,
      unit: "commands",
    },
    ...givesAt(few, many, dayBytes),
  ];
}
