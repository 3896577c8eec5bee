import { Cluster, type Redis } from "ioredis";
import { Refusal, type Sentence } from "#core/refusal";
import { readAddress } from "./address.ts";
import { type Client, mastersOf, newClient } from "./client.ts";
import { connect } from "./connecting.ts";
import { failureOf, isNoRight, lackedIn } from "./failure.ts";
import { MARK_KEY, turnKey } from "./keys.ts";
import {
  type Durability,
  type Facts,
  factsOf,
  findingsIn,
  isOurs,
  LAYOUT,
  unfinishedBy,
} from "./preflight.ts";
import { type Rights, rightsOn } from "./rights.ts";
import { isUnknownScript, run } from "./run.ts";
import { readScripts, type Script } from "./script.ts";

/** How a Redis is reached that is only looked at. */
export interface InspectionOptions {
  readonly url: string;
  readonly durability: Durability;
  readonly caFile?: string | undefined;
  readonly sentinelPassword?: string | undefined;
  readonly connectTimeoutMs?: number;
  /** The present instant, by this machine's clock. */
  readonly now: () => number;
}

/** What a Redis is, as far as an operator must know before a bot runs on it. */
export interface Inspection extends Rights {
  readonly where: string;
  readonly version: string;
  /** What would lose data or keep a bot away, and whether the operator accepted it by the level `none`. */
  readonly findings: readonly { readonly sentence: Sentence; readonly isAccepted: boolean }[];
  /** Whose data is there: nobody's yet, ours, somebody else's, of a later release, or half of what is brought in. */
  readonly data: "none" | "ours" | "foreign" | "newer" | "migrating" | "restoring";
  readonly keys: number;
  readonly latencyMs: { readonly median: number; readonly longest: number };
  /** The server's clock minus this machine's. */
  readonly aheadMs: number;
  /** How much of the memory that it may take is taken, 0 to 1; null where nothing limits it. */
  readonly memoryShare: number | null;
  /** Whether the last writing of the append-only file failed. */
  readonly isDiskFailing: boolean;
}

const CONNECT_MS = 4_000;
const COMMAND_MS = 2_000;
const PINGS = 15;

const latencyOf = async (client: Client): Promise<Inspection["latencyMs"]> => {
  const took: number[] = [];
  for (let at = 0; at < PINGS; at += 1) {
    const from = performance.now();
    await client.ping();
    took.push(performance.now() - from);
  }
  took.sort((one, other) => one - other);
  return { median: took[Math.floor(PINGS / 2)] ?? 0, longest: took.at(-1) ?? 0 };
};

const aheadOf = async (client: Client, now: () => number): Promise<number> => {
  const before = now();
  const [seconds, micros] = await client.time();
  const middle = (before + now()) / 2;
  return Number(seconds) * 1_000 + Number(micros) / 1_000 - middle;
};

const stateOf = async (client: Client): Promise<Pick<Inspection, "memoryShare" | "isDiskFailing">> => {
  const shares: number[] = [];
  let isDiskFailing = false;
  for (const node of mastersOf(client)) {
    const info = await node.info();
    const numberOf = (name: string): number =>
      Number(new RegExp(`^${name}:(\\d{1,16})`, "m").exec(info)?.[1]);
    const most = numberOf("maxmemory");
    if (most > 0) shares.push(numberOf("used_memory") / most);
    isDiskFailing ||= /^aof_last_write_status:err/m.test(info);
  }
  return { memoryShare: shares.length === 0 ? null : Math.max(...shares), isDiskFailing };
};

const dataOf = async (client: Client): Promise<Inspection["data"]> => {
  const mark = await client.hgetall(MARK_KEY);
  if (mark.layout === undefined) return (await isOurs(client)) ? "none" : "foreign";
  if (Number(mark.layout) > LAYOUT) return "newer";
  return mark.migrating === undefined ? "ours" : unfinishedBy(mark.migrating);
};

const scriptNamed = (name: string): Script => {
  const script = readScripts().get(name);
  if (script === undefined) throw new Error(`there is no lua/${name}.lua`);
  return script;
};

type Answer = (error: unknown, reply?: unknown) => void;

/** Where INFO is forbidden, ioredis's own check at the start prints a warning; here that is a finding. */
const quieten = (node: Redis): void => {
  const ask = node.info.bind(node) as (...args: unknown[]) => Promise<string>;
  const info = (...args: unknown[]): Promise<string> => {
    const [answer] = args as [Answer?];
    if (typeof answer !== "function") return ask(...args);
    return ask((error: unknown, reply: unknown) =>
      isNoRight(error) ? answer(null, "") : answer(error, reply),
    );
  };
  Object.assign(node, { info });
};

/** A script's name for EVALSHA that no script has. */
const NO_SCRIPT = "0".repeat(40);

/** Calls without which nothing else can be looked at, or asked: those that the user may not make. */
const lackedOf = async (client: Client, { source }: Script): Promise<readonly string[]> => {
  const calls = [["INFO"], ["TIME"], ["EVAL", "return 1", "0"], ["EVALSHA", NO_SCRIPT, "0"]];
  const lacked: string[] = [];
  for (const node of mastersOf(client))
    for (const [name = "", ...args] of [...calls, ["SCRIPT", "LOAD", source]])
      try {
        await node.call(name, ...args);
      } catch (error) {
        const command = lackedIn(error);
        if (command !== null) lacked.push(command);
        else if (!isUnknownScript(error)) throw error;
      }
  return [...new Set(lacked)];
};

/** @throws Refusal that names what the user lacks of all that Rehearsal calls, where it lacks what a look needs */
const mustLook = async (client: Client, script: Script, where: string): Promise<void> => {
  const lacked = await lackedOf(client, script);
  if (lacked.length === 0) return;
  // The rest of the rights is asked by a script.
  const { forbidden } = lacked.includes("EVAL")
    ? { forbidden: [] }
    : await rightsOn(client, turnKey("doctor"));
  const names = [...new Set([...lacked, ...forbidden])];
  throw new Refusal((say) => say.doctor.aclLacks(where, names));
};

/** What forbids the user something is no trouble of the server's. */
const saidOf = (error: unknown, where: string): unknown => {
  if (!isNoRight(error)) return failureOf(error, where);
  const command = lackedIn(error);
  return new Refusal(
    (say) => (command === null ? say.doctor.aclKeys(where) : say.doctor.aclLacks(where, [command])),
    { cause: failureOf(error, where) },
  );
};

/** Takes a turn that nobody waits for: a write as any other, whose key ends within a second. */
const tryWriting = async (client: Client, script: Script): Promise<void> => {
  await run(client, { script, keys: [turnKey("doctor")], args: ["1000", "1000000"] });
};

/**
 * Looks at a Redis without changing anything but a key that ends within a second.
 *
 * @throws Refusal that says in one sentence why it cannot be reached, or what its user may not do
 * @throws StoreFailure where it is reached and does not do its work
 */
export const inspectRedis = async (options: InspectionOptions): Promise<Inspection> => {
  const address = readAddress(options.url);
  const { shown: where } = address;
  const { caFile, sentinelPassword, durability } = options;
  const client = newClient({
    address,
    name: "rehearsal-doctor",
    caFile,
    sentinelPassword,
    commandTimeoutMs: COMMAND_MS,
    onTrouble: () => {},
  });
  if (client instanceof Cluster) client.on("+node", quieten);
  else quieten(client);
  try {
    await connect(client, address, options.connectTimeoutMs ?? CONNECT_MS);
    const turn = scriptNamed("turn");
    await mustLook(client, turn, where);
    const servers: readonly Facts[] = await Promise.all(mastersOf(client).map(factsOf));
    const rights = await rightsOn(client, turnKey("doctor"));
    if (rights.forbidden.length === 0) await tryWriting(client, turn);
    return {
      where,
      version: servers[0]?.version.join(".") ?? "?",
      findings: servers.flatMap((facts) =>
        findingsIn(facts, durability, where).map(({ sentence, mayGoOn }) => ({
          sentence,
          isAccepted: mayGoOn && durability === "none",
        })),
      ),
      data: await dataOf(client),
      keys: servers.reduce((sum, { keys }) => sum + keys, 0),
      ...rights,
      latencyMs: await latencyOf(client),
      aheadMs: await aheadOf(client, options.now),
      ...(await stateOf(client)),
    };
  } catch (error) {
    throw saidOf(error, where);
  } finally {
    client.disconnect();
  }
};
