import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { Cluster, type ClusterOptions, Redis } from "ioredis";
import { Refusal } from "#core/refusal";
import type { RedisAddress } from "./address.ts";

export type Client = Redis | Cluster;

/** Where the addresses that sentinels or nodes name are found from here, as in a container's network. */
export type NatMap = Readonly<Record<string, { readonly host: string; readonly port: number }>>;

export interface ClientSettings {
  readonly address: RedisAddress;
  /** What the operator sees in CLIENT LIST. */
  readonly name: string;
  readonly caFile?: string | undefined;
  readonly sentinelPassword?: string | undefined;
  readonly natMap?: NatMap | undefined;
  readonly commandTimeoutMs: number;
  /** Told once each time the connection is lost or cannot be made. */
  readonly onTrouble: (error: unknown) => void;
}

/** At most one new connection in so long: each failed command of many would ask for one. */
const RECONNECT_EVERY_MS = 500;
const LONGEST_PAUSE_MS = 2_000;
/** A master that is stopped never closes its end, and until then nothing goes to the new one. */
const HANG_UP_MS = 100;

/** After a failover the address may lead to what is no master any more. */
const onceInAWhile = () => {
  let last = 0;
  return (error: Error): boolean => {
    if (!/^(?:READONLY|NOREPLICAS)\b/.test(error.message)) return false;
    const now = performance.now();
    if (now - last < RECONNECT_EVERY_MS) return false;
    last = now;
    return true;
  };
};

/** @throws Refusal where the file holds no certificate: OpenSSL would pass over it without a word */
const authorityIn = (file: string): Buffer => {
  try {
    const pem = readFileSync(file);
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new Refusal((say) => say.redis.badAuthority(file), { cause: error });
  }
};

const pauseBefore = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_PAUSE_MS);

const shared = ({ address, name, caFile, commandTimeoutMs }: ClientSettings) => ({
  connectionName: name,
  ...(address.username === null ? {} : { username: address.username }),
  ...(address.password === null ? {} : { password: address.password }),
  ...(address.tls ? { tls: caFile === undefined ? {} : { ca: authorityIn(caFile) } } : {}),
  commandTimeout: commandTimeoutMs,
  connectTimeout: 5_000,
  disconnectTimeout: HANG_UP_MS,
  // Allowed only because every write may come twice.
  autoResendUnfulfilledCommands: true,
  maxRetriesPerRequest: 2,
  enableAutoPipelining: false,
  replyMapping: "legacy" as const,
  reconnectOnError: onceInAWhile(),
});

/**
 * A client that is not connected yet.
 *
 * @throws Refusal where the certificate of its authority cannot be read
 */
export const newClient = (settings: ClientSettings): Client => {
  const { address, natMap, sentinelPassword, onTrouble } = settings;
  const { kind, hosts, tls } = address;
  const nat = natMap === undefined ? {} : { natMap: { ...natMap } };
  const base = shared(settings);
  const client: Client =
    kind === "cluster"
      ? new Cluster(
          hosts.map(({ host, port }) => ({ host, port })),
          {
            lazyConnect: true,
            ...nat,
            redisOptions: base,
            // Names in a certificate are of hosts, not of the addresses behind them.
            ...(tls ? { dnsLookup: (host, found) => found(null, host) } : {}),
            clusterRetryStrategy: pauseBefore,
            slotsRefreshTimeout: 2_000,
            slotsRefreshInterval: 5_000,
            retryDelayOnFailover: 200,
            retryDelayOnClusterDown: 200,
            maxRedirections: 8,
          } satisfies ClusterOptions,
        )
      : new Redis({
          ...base,
          lazyConnect: true,
          retryStrategy: pauseBefore,
          ...(kind === "sentinel"
            ? {
                ...nat,
                sentinels: hosts.map(({ host, port }) => ({ host, port })),
                name: address.master,
                failoverDetector: true,
                sentinelRetryStrategy: pauseBefore,
                sentinelReconnectStrategy: pauseBefore,
                enableTLSForSentinelMode: tls,
                ...(tls && base.tls !== undefined ? { sentinelTLS: base.tls } : {}),
                ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
              }
            : { host: hosts[0]?.host ?? "", port: hosts[0]?.port ?? 0 }),
        });
  client.on("error", onTrouble);
  return client;
};

/** The nodes that hold data: one without a cluster. */
export const mastersOf = (client: Client): readonly Redis[] =>
  client instanceof Cluster ? client.nodes("master") : [client];
