import type { RunningRedis } from "./server.ts";

const fieldsOf = async ({ admin }: RunningRedis): Promise<(name: string) => number> => {
  const fields = new Map(
    (await admin.info("everything")).split(/\r?\n/).flatMap((line): [string, number][] => {
      const [name = "", value = ""] = line.split(":");
      return /^[\d.]+$/.test(value) ? [[name, Number(value)]] : [];
    }),
  );
  return (name) => fields.get(name) ?? 0;
};

const drop = async ({ admin }: RunningRedis, match: string): Promise<void> => {
  for await (const keys of admin.scanStream({ match, count: 1_000 }))
    if ((keys as string[]).length > 0) await admin.unlink(...(keys as string[]));
};

/** Drops what long buttons do and which deliveries were answered, which end by themselves as well. */
export const dropActions = async (redis: RunningRedis): Promise<void> => {
  await drop(redis, "*:a:*");
  await drop(redis, "*:A");
};

/**
 * Bytes that a server uses for what it was given: without its clients, its scripts, its list of slow commands, and what is
 * counted of commands for a minute; the last two are dropped.
 */
export const weighRedis = async (redis: RunningRedis): Promise<number> => {
  await drop(redis, "*:q:*");
  await redis.admin.slowlog("RESET");
  const of = await fieldsOf(redis);
  const beside = ["mem_clients_normal", "mem_aof_buffer", "used_memory_scripts"];
  return beside.reduce((bytes, name) => bytes - of(name), of("used_memory"));
};

/** What a server has done since it began: all commands, also inside of scripts, and its processor time. */
export const workOfRedis = async (
  redis: RunningRedis,
): Promise<{ readonly commands: number; readonly cpuMs: number }> => {
  const of = await fieldsOf(redis);
  return {
    commands: of("total_commands_processed"),
    cpuMs: 1_000 * (of("used_cpu_user") + of("used_cpu_sys")),
  };
};
