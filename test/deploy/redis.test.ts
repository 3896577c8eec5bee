import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examineRedis } from "#src/doctor/stores";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { toldBy } from "#test/doctor/told";
import { freePort } from "#test/doubles/redis/ports";
import { type Program, startProgram } from "#test/doubles/redis/program";
import { fill, seenIn } from "#test/store/everything";
import { silent } from "#test/store/redis-database";
import { textOf } from "./schemas.ts";

/** A value as a text in which nothing stands in an order that a store may choose. */
const unordered = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(unordered).toSorted().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}:${unordered(one)}`)
    .toSorted()
    .join()}}`;
};

describe("Redis with the settings and users of deploy/redis", () => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-deploy-"));
  const password = "a1".repeat(32);
  let program: Program;
  let port: number;
  beforeAll(async () => {
    const digest = createHash("sha256").update(password).digest("hex");
    const users = join(folder, "users.acl");
    writeFileSync(users, textOf("deploy/redis/users.acl.example").replace("SHA256", digest));
    port = await freePort();
    // Only what a container has in other places is another one here.
    const settings = textOf("deploy/redis/redis.conf")
      .replace("dir /data", `dir ${folder}`)
      .replace("aclfile /run/secrets/redis-users", `aclfile ${users}`);
    writeFileSync(join(folder, "redis.conf"), settings);
    program = await startProgram([join(folder, "redis.conf"), "--port", String(port)], { port, folder });
  });
  afterAll(async () => {
    await program.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const url = () => `redis://rehearsal:${password}@127.0.0.1:${port}`;

  it("satisfies the doctor at the level fsync, with nothing to warn of", async () => {
    const settings = {
      url: url(),
      durability: "fsync",
      caFile: undefined,
      sentinelPassword: undefined,
    } as const;
    const { findings } = await examineRedis(settings, () => Date.now());
    expect(toldBy(findings)).toEqual([expect.stringMatching(/^ok version 7/)]);
  });

  it("lets the bot do everything that it does", async () => {
    const stores = [
      await openRedisStore({ url: url(), durability: "fsync", log: silent }),
      await openSqliteStore({ file: join(folder, "same.db") }),
    ];
    const seen: unknown[] = [];
    for (const store of stores) {
      await fill(store);
      seen.push(await seenIn(store));
      await store.close();
    }
    expect(unordered(seen[0])).toBe(unordered(seen[1]));
  });

  it("lets nobody in without a password but who asks for its health, and that one do nothing else", () => {
    const ask = (...words: string[]) =>
      spawnSync("redis-cli", ["-p", String(port), ...words], { encoding: "utf8" }).stdout.trim();
    expect(ask("GET", "x")).toMatch(/^NOAUTH/);
    const health = ["--user", "health", "--pass", "none", "--no-auth-warning"];
    expect(ask(...health, "ping")).toBe("PONG");
    for (const words of [["GET", "x"], ["CONFIG", "GET", "dir"], ["ACL", "LIST"], ["SHUTDOWN"]])
      expect(ask(...health, ...words)).toMatch(/^NOPERM/);
  });
});
