import { Refusal } from "#core/refusal";

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, as an operator writes it in one line. */
export interface RedisAddress {
  readonly kind: "single" | "sentinel" | "cluster";
  readonly tls: boolean;
  readonly hosts: readonly HostPort[];
  readonly username: string | null;
  readonly password: string | null;
  /** What the sentinels call the master; '' without sentinels. */
  readonly master: string;
  /** The address without user and password, for messages and the log. */
  readonly shown: string;
}

const LONGEST = 2_000;
const SHAPE = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/?#@]+)(?:\/([^/?#]*))?$/;

const refuse = (why: "shape" | "host" | "database" | "master" | "user"): never => {
  throw new Refusal((say) => say.redis.badAddress[why]);
};

const hostIn = (text: string, defaultPort: number): HostPort => {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? defaultPort : Number(port);
  if (host === undefined || number < 1 || number > 65_535) return refuse("host");
  return { host, port: number };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse("user");
  }
};

const SENTINEL_PORT = 26_379;
const REDIS_PORT = 6_379;

/**
 * Reads `redis://user:password@host:6379`, `redis+sentinel://host:26379,host:26379/name-of-the-master` and
 * `redis+cluster://host:6379,host:6379`; with `rediss` for TLS. User and password are percent-encoded where they hold
 * signs of an address.
 *
 * @throws Refusal that says what is wrong with it, without repeating it
 */
export const readAddress = (text: string): RedisAddress => {
  const [, scheme = "", mode, login, hosts = "", path = ""] =
    text.length > LONGEST ? [] : (SHAPE.exec(text) ?? []);
  if (scheme === "") return refuse("shape");
  const kind = mode === "sentinel" || mode === "cluster" ? mode : "single";
  const places = hosts
    .split(",")
    .map((host) => hostIn(host, kind === "sentinel" ? SENTINEL_PORT : REDIS_PORT));
  if (kind === "single" && places.length > 1) return refuse("host");
  if (kind === "sentinel" && path === "") return refuse("master");
  // Databases other than 0 do not exist on a cluster; we use none anywhere.
  if (kind !== "sentinel" && path !== "" && path !== "0") return refuse("database");
  const colon = login?.indexOf(":") ?? -1;
  const user = login === undefined ? "" : colon < 0 ? login : login.slice(0, colon);
  const password = login === undefined || colon < 0 ? "" : login.slice(colon + 1);
  if (login !== undefined && password === "") return refuse("user");
  const shownHosts = places
    .map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`)
    .join(",");
  return {
    kind,
    tls: scheme === "rediss",
    hosts: places,
    username: user === "" ? null : decoded(user),
    password: password === "" ? null : decoded(password),
    master: kind === "sentinel" ? decoded(path) : "",
    shown: `${scheme}${mode === undefined ? "" : `+${mode}`}://${shownHosts}${kind === "sentinel" ? `/${path}` : ""}`,
  };
};
