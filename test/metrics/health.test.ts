import { afterEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { Health } from "#src/metrics/health";
import { listen } from "#src/metrics/listener";
import { healthClock, openWatched, type Watched } from "#test/doubles/health";
import { freePort } from "#test/doubles/redis/ports";
import { recordingLog } from "#test/doubles/services";

const works = { name: "store", check: () => null };

describe("A process", () => {
  it("is of no use before everything is there, and not from the moment it is asked to end", async () => {
    const health = new Health(healthClock());
    expect(await health.ready()).toEqual({ ready: false, reasons: ["starting"], degraded: [] });
    health.started([works]);
    expect(await health.ready()).toEqual({ ready: true, reasons: [], degraded: [] });
    health.stopping();
    expect(await health.ready()).toEqual({ ready: false, reasons: ["stopping"], degraded: [] });
  });

  it("that is asked to end while it starts stays so", async () => {
    const health = new Health(healthClock());
    health.stopping();
    health.started([works]);
    expect(await health.ready()).toEqual({ ready: false, reasons: ["stopping"], degraded: [] });
  });

  it("is of no use while a part does not work, and says which", async () => {
    const clock = healthClock();
    const health = new Health(clock);
    let trouble: string | null = "unreachable";
    health.started([
      { name: "store", check: async () => trouble },
      { name: "discord", check: () => "not connected" },
      works,
    ]);
    expect(await health.ready()).toEqual({
      ready: false,
      reasons: ["store: unreachable", "discord: not connected"],
      degraded: [],
    });
    trouble = null;
    clock.pass(1000);
    expect(await health.ready()).toEqual({ ready: false, reasons: ["discord: not connected"], degraded: [] });
  });

  it("with two platforms is of use while one of them is away, says so, and is of no use without both", async () => {
    const clock = healthClock();
    const health = new Health(clock);
    const away = new Set<string>();
    const platform = (name: string) => ({
      name,
      isOneOfMany: true,
      check: () => (away.has(name) ? "not connected" : null),
    });
    health.started([works, platform("discord"), platform("slack")]);
    away.add("discord");
    expect(await health.ready()).toEqual({ ready: true, reasons: [], degraded: ["discord: not connected"] });
    expect(await health.partReady("slack")).toMatchObject({ ready: true });
    expect(await health.partReady("discord")).toMatchObject({
      ready: false,
      reasons: ["discord: not connected"],
    });
    expect(await health.partReady("irc")).toBeNull();
    away.add("slack");
    clock.pass(1000);
    const { ready, reasons } = await health.ready();
    expect([ready, reasons]).toEqual([false, ["discord: not connected", "slack: not connected"]]);
  });

  it("tells whoever asks nothing of what a part threw", async () => {
    const health = new Health(healthClock());
    const check = async () => {
      throw new Error("redis://user:secret@host");
    };
    health.started([{ name: "store", check }]);
    expect(await health.ready()).toEqual({ ready: false, reasons: ["store: does not answer"], degraded: [] });
  });

  it("waits for no part that hangs", async () => {
    const clock = healthClock();
    const health = new Health(clock);
    health.started([{ name: "store", check: () => new Promise<null>(() => {}) }]);
    const asked = health.ready();
    clock.pass(2500);
    expect(await asked).toEqual({ ready: false, reasons: ["store: no answer in time"], degraded: [] });
  });

  it("asks its store once a second, however many want to know", async () => {
    const clock = healthClock();
    const health = new Health(clock);
    let asked = 0;
    const check = async () => {
      asked += 1;
      return null;
    };
    health.started([{ name: "store", check }]);
    await Promise.all(Array.from({ length: 500 }, () => health.ready()));
    expect(asked).toBe(1);
    clock.pass(1000);
    await health.ready();
    expect(asked).toBe(2);
  });

  it("is alive while its clock goes round, and not when that has stood for two minutes", () => {
    const clock = healthClock();
    const health = new Health(clock);
    clock.pass(600_000);
    expect(health.alive().alive).toBe(true);
    health.started([works]);
    clock.pass(119_000);
    expect(health.alive()).toEqual({ alive: true, reasons: [], uptimeSeconds: 719 });
    clock.pass(2_000);
    expect(health.alive()).toMatchObject({
      alive: false,
      reasons: ["the clock has not gone round for 121 s"],
    });
    health.beat();
    expect(health.alive().alive).toBe(true);
  });
});

describe("The health of a process over HTTP", () => {
  let watched: Watched | null = null;
  const open = async (...given: Parameters<typeof openWatched>): Promise<Watched> => {
    watched = await openWatched(...given);
    return watched;
  };
  afterEach(async () => {
    await watched?.listener.close();
    watched = null;
  });

  it("has status 503 with the reason while it is of no use, and 200 when it is", async () => {
    const { health, get } = await open();
    const before = await get("/readyz");
    expect([before.status, await before.json()]).toEqual([
      503,
      { ready: false, reasons: ["starting"], degraded: [] },
    ]);
    health.started([works]);
    expect((await get("/readyz")).status).toBe(200);
    expect((await get("/readyz/store")).status).toBe(200);
    expect((await get("/readyz/irc")).status).toBe(404);
    health.stopping();
    expect((await get("/readyz/store")).status).toBe(503);
    expect((await get("/readyz?x=1")).status).toBe(503);
    expect((await get("/healthz")).status).toBe(200);
  });

  it("has status 503 at /healthz when the clock stands", async () => {
    const clock = healthClock();
    const { health, get } = await open(clock);
    health.started([works]);
    expect((await get("/healthz")).status).toBe(200);
    clock.pass(121_000);
    expect((await get("/healthz")).status).toBe(503);
  });

  it("is kept by nobody on the way, and nothing else is served", async () => {
    const { get } = await open();
    expect((await get("/healthz")).headers.get("cache-control")).toBe("no-store");
    for (const path of ["/", "/metrics/..%2f..%2fetc/passwd", "//etc/passwd", "/healthz/", "/.env"])
      expect((await get(path)).status, path).toBe(404);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await get("/metrics", { method })).status, method).toBe(405);
    const head = await get("/healthz", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("goes on where one reading fails, which the log has", async () => {
    const { health, prometheus, get, log } = await open();
    health.started([works]);
    prometheus.meter.gauge("waiting", { queue: "store" }, () => {
      throw new Error("not to be read");
    });
    expect((await get("/metrics")).status).toBe(500);
    expect(log.errors).toHaveLength(1);
    prometheus.meter.gauge("waiting", { queue: "store" }, () => 3);
    expect(await (await get("/metrics")).text()).toContain('rehearsal_queue_waiting{queue="store"} 3');
  });

  it("says in one sentence what to do where the port is taken", async () => {
    const { health, prometheus, listener } = await open();
    const { port } = listener;
    const again = listen({ host: "127.0.0.1", port, health, prometheus, log: recordingLog() });
    const refusal = await again.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    if (!(refusal instanceof Refusal)) return;
    expect(refusal.sentence(messagesFor("en"))).toContain(`127.0.0.1:${port}`);
    expect(refusal.sentence(messagesFor("zh"))).toContain("REHEARSAL_HEALTH_PORT");
  });

  it("listens at the address that was set, and is gone when it is closed", async () => {
    const { health, prometheus } = await open();
    const port = await freePort();
    const listener = await listen({ host: "127.0.0.2", port, health, prometheus, log: recordingLog() });
    expect((await fetch(`http://127.0.0.2:${port}/healthz`)).status).toBe(200);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    await listener.close();
    await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow();
  });
});
