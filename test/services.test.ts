import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { provide } from "#test/services";

const wanted = [{ program: "kettle", debianPackage: "kettle-tools" }];
let folder: string;

const program = (name: string, body: string): void => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
};

describe("What the tests need from the machine", () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rehearsal-services-"));
    mkdirSync(join(folder, "empty"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is left alone where it is there", () => {
    program("kettle", "exit 0");
    expect(provide(wanted, folder, true)).toBeNull();
  });

  it("is installed where that is allowed", () => {
    program(
      "apt-get",
      `echo "$@" >> ${folder}/log; [ "$1" = install ] && /bin/cp ${folder}/apt-get ${folder}/kettle; exit 0`,
    );
    expect(provide(wanted, folder, true)).toBeNull();
    expect(readFileSync(join(folder, "log"), "utf8")).toContain("--no-install-recommends kettle-tools");
  });

  it("is named in one line where it may not be installed", () => {
    program("apt-get", `echo "$@" >> ${folder}/log`);
    const line = provide(wanted, folder, false);
    expect(line).toContain("apt-get install kettle-tools");
    expect(line?.split("\n")).toHaveLength(1);
    expect(() => readFileSync(join(folder, "log"))).toThrow("ENOENT");
  });

  it("is named in one line where the installation did not bring it", () => {
    program("apt-get", "exit 100");
    expect(provide(wanted, folder, true)).toContain("The tests need kettle");
  });
});
