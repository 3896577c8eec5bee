import type { Config } from "./config.ts";

/** The password in an address, as it was written and as it is meant. */
function passwordsIn(address: string): readonly string[] {
  const written = /^[^:]+:\/\/[^:@/]*:([^@/]+)@/.exec(address)?.[1];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    // A percent sign that begins no code stands for itself.
    return [written];
  }
}

/** Everything in the settings that no line of the log may hold. */
export function secretsIn({ discord, slack, redis, judge }: Config): readonly string[] {
  const mode = slack?.mode;
  return [
    discord?.token,
    ...(mode?.kind === "socket" ? [mode.botToken, mode.appToken] : []),
    ...(mode?.kind === "http"
      ? [
          mode.signingSecret,
          mode.clientSecret,
          ...mode.sealKeys.map(({ key }) => Buffer.from(key).toString("base64")),
        ]
      : []),
    ...(redis === null ? [] : passwordsIn(redis.url)),
    redis?.sentinelPassword,
    judge?.key,
  ].filter((secret) => secret !== undefined);
}
