import { cpSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SHIPPED_CONTENT } from "#src/content/library";
import { examineClock } from "#src/doctor/clock";
import { examineContent, examineNode, examinePorts, examineZones, zonesHere } from "#src/doctor/machine";
import { newFolder } from "#test/store/sqlite-folder";
import { toldBy } from "./told.ts";

const sign = { path: "/healthz", holds: /"alive":.*"uptimeSeconds":/ };
const now = Date.UTC(2026, 10, 26);

describe("A look at the machine", () => {
  it("takes the runtime that this is tested with, and none that is too old or lacks languages and zones", () => {
    expect(toldBy(examineNode(process.version))[0]).toMatch(/^ok/);
    expect(toldBy(examineNode("v22.12.0"))[0]).toMatch(/^fail v22\.12\.0 is too old: Node 24/);
    expect(toldBy(examineZones(zonesHere(), now))[0]).toMatch(/^ok tz 20/);
    expect(toldBy(examineZones({ tz: "2026a", count: 400, locales: ["en"] }, now))[0]).toContain("full ICU");
    expect(toldBy(examineZones({ tz: "2026a", count: 3, locales: ["en", "zh"] }, now))[0]).toMatch(/^fail/);
    for (const tz of ["2024a", undefined, "unknown"])
      expect(toldBy(examineZones({ tz, count: 418, locales: ["en", "zh"] }, now))[0]).toMatch(/^warn/);
  });

  it("reads the questions, and names the place where they are broken", () => {
    expect(toldBy(examineContent())[0]).toMatch(/^ok \d+ questions to ask/);
    const folder = newFolder();
    cpSync(SHIPPED_CONTENT, folder.path, { recursive: true });
    writeFileSync(join(folder.path, "llm-interview-14", "pack.json"), '{"id":');
    expect(toldBy(examineContent(folder.path))[0]).toMatch(
      /^fail .*pack\.json:1 .*Put the release's own folder/,
    );
    folder.remove();
    expect(toldBy(examineContent("/none"))[0]).toMatch(/^fail/);
  });

  it("misses what is read only when somebody asks for it: models and places", () => {
    for (const gone of ["models", "places"]) {
      const folder = newFolder();
      for (const part of ["llm-interview-14", "glossary", "oom", "models", "places"].filter(
        (one) => one !== gone,
      ))
        cpSync(join(SHIPPED_CONTENT, part), join(folder.path, part), { recursive: true });
      expect(toldBy(examineContent(folder.path))[0]).toMatch(
        new RegExp(`^fail .*/${gone}/.*there is no such file`),
      );
      folder.remove();
    }
  });

  it("tells which ports are free, taken, named twice or the system's", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const at = (variable: string, at: number, host = "127.0.0.1") => ({ variable, host, port: at, sign });
    const told = toldBy(
      await examinePorts([at("A", port), at("B", port), at("C", 0), at("D", port + 1, "203.0.113.1")]),
    );
    other.close();
    expect(told).toEqual([
      expect.stringContaining(`fail ${port} (A) is taken by something that is not Rehearsal`),
      expect.stringContaining(`fail B and A both name ${port}`),
      expect.stringContaining("fail 203.0.113.1 is no address of this machine: set D to"),
    ]);
    expect(toldBy(await examinePorts([at("A", port)]))).toEqual([`ok ${port} (A) is free.`]);
  });

  it("knows a running bot by what it answers, from whatever else has a port", async () => {
    let answer = '{"alive":true,"reasons":[],"uptimeSeconds":3}';
    const server = createHttpServer((_, response) => response.end(answer)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const told = async () =>
      toldBy(await examinePorts([{ variable: "REHEARSAL_HEALTH_PORT", host: "127.0.0.1", port, sign }]));
    expect(await told()).toEqual([`ok ${port} (REHEARSAL_HEALTH_PORT) is a running Rehearsal's.`]);
    answer = "It works!";
    expect((await told())[0]).toMatch(/^fail .*not Rehearsal: the bot would not start/);
    server.closeAllConnections();
    server.close();
  });

  it("compares its clock with those it met, and says which of them is behind", () => {
    const told = toldBy(
      examineClock([
        { whose: "Redis", aheadMs: -400 },
        { whose: "Discord", aheadMs: 9_000 },
        { whose: "Slack", aheadMs: -600_000 },
        { whose: "nobody", aheadMs: null },
      ]),
    );
    expect(told).toEqual([
      "ok within 0.4 s of that of Redis.",
      expect.stringMatching(/^warn this machine's is 9 s behind that of Discord/),
      expect.stringMatching(/^fail this machine's is 600 s ahead of that of Slack/),
    ]);
    expect(toldBy(examineClock([]))).toEqual(["ok there was none to compare it with."]);
  });
});
