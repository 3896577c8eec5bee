import { cpSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SHIPPED_CONTENT } from "#src/content/library";
import { examineClock } from "#src/doctor/clock";
import { examineContent, examineNode, examinePorts, examineZones, zonesHere } from "#src/doctor/machine";
import { newFolder } from "#test/store/sqlite-folder";
import { toldBy } from "./told.ts";

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

  it("tells which ports are free, taken, named twice or the system's", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const at = (variable: string, at: number, host = "127.0.0.1") => ({ variable, host, port: at });
    const told = toldBy(
      await examinePorts([at("A", port), at("B", port), at("C", 0), at("D", port + 1, "203.0.113.1")]),
    );
    other.close();
    expect(told).toEqual([
      expect.stringContaining(`warn ${port} (A) is taken`),
      expect.stringContaining(`fail B and A both name ${port}`),
      expect.stringContaining("EADDRNOTAVAIL"),
    ]);
    expect(toldBy(await examinePorts([at("A", port)]))).toEqual([`ok ${port} (A) is free.`]);
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
