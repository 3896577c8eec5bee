import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./ports.ts";
import { type Program, startProgram } from "./program.ts";

export interface RedisOptions {
  /** Default: `everysec`. */
  readonly appendfsync?: "always" | "everysec" | "no";
  /** Keep snapshots alone, as Debian's redis.conf does. */
  readonly rdbOnly?: boolean;
  readonly port?: number;
  /** Further settings as redis.conf names them: `{ "maxmemory-policy": "allkeys-lru" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of an ACL file. With one that switches `default` off, give `admin` for what the tests ask. */
  readonly acl?: readonly string[];
  readonly admin?: { readonly username: string; readonly password: string };
  /** Files of a certificate; the server then speaks TLS alone. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string };
}

/** A redis-server on loopback with a folder of its own. */
export interface RunningRedis {
  readonly port: number;
  readonly url: string;
  /** Its folder; the append-only file is in `appendonlydir`. */
  readonly dir: string;
  /** Of the process that runs now. */
  readonly pid: number;
  /** A client for what tests ask and break; not what is tested. */
  readonly admin: Redis;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

const wordsFor = (options: RedisOptions, port: number, dir: string): string[] => {
  const settings: Record<string, string> = {
    ...(options.tls === undefined
      ? { port: String(port) }
      : {
          port: "0",
          "tls-port": String(port),
          "tls-cert-file": options.tls.cert,
          "tls-key-file": options.tls.key,
          "tls-ca-cert-file": options.tls.ca,
          "tls-auth-clients": "no",
        }),
    bind: "127.0.0.1",
    dir,
    save: options.rdbOnly ? "3600 1 300 100 60 10000" : "",
    appendonly: options.rdbOnly ? "no" : "yes",
    appendfsync: options.appendfsync ?? "everysec",
    // Two cores are shared by all tests: rewriting in the background would only slow them.
    "auto-aof-rewrite-percentage": "0",
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
};

/** A client that waits for a server that is away, and keeps quiet about it. */
const adminOf = (port: number, { admin, tls }: RedisOptions): Redis => {
  const client = new Redis({
    host: "127.0.0.1",
    port,
    lazyConnect: true,
    ...(admin ?? {}),
    ...(tls === undefined ? {} : { tls: { rejectUnauthorized: false } }),
  });
  client.on("error", () => {});
  return client;
};

export const startRedis = async (options: RedisOptions = {}): Promise<RunningRedis> => {
  const port = options.port ?? (await freePort());
  const dir = mkdtempSync(join(tmpdir(), "rehearsal-redis-"));
  const aclFile = join(dir, "users.acl");
  if (options.acl !== undefined) writeFileSync(aclFile, `${options.acl.join("\n")}\n`);
  const words = [
    ...wordsFor(options, port, dir),
    ...(options.acl === undefined ? [] : ["--aclfile", aclFile]),
  ];
  const start = (): Promise<Program> =>
    startProgram(words, { port, folder: dir, tls: options.tls !== undefined });
  let program = await start();
  const admin = adminOf(port, options);
  return {
    port,
    url: `${options.tls === undefined ? "redis" : "rediss"}://127.0.0.1:${port}`,
    dir,
    get pid() {
      return program.pid;
    },
    admin,
    kill: (signal = "SIGKILL") => program.kill(signal),
    restart: async () => {
      await program.kill("SIGKILL");
      program = await start();
    },
    stop: async () => {
      admin.disconnect();
      await program.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
