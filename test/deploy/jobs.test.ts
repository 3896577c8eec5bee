import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newFolder } from "#test/store/sqlite-folder";
import { documentsIn, root, textOf } from "./schemas.ts";

const jobSchema = z.looseObject({
  metadata: z.object({ name: z.string() }),
  spec: z.looseObject({
    suspend: z.boolean().default(false),
    jobTemplate: z.looseObject({
      spec: z.looseObject({
        template: z.looseObject({
          spec: z.looseObject({ containers: z.tuple([z.looseObject({ command: z.array(z.string()) })]) }),
        }),
      }),
    }),
  }),
});
const jobIn = (file: string) => jobSchema.parse(documentsIn(textOf(`deploy/kubernetes/${file}`))[0]);

/** What a job runs, with the volume and the program in a folder of the test's. */
const run = (file: string, folder: string, environment: Readonly<Record<string, string>> = {}) => {
  const [{ command }] = jobIn(file).spec.jobTemplate.spec.template.spec.containers;
  const [shell = "", ...words] = command.map((word) => word.replaceAll("/backups", join(folder, "backups")));
  const env = { PATH: `${folder}/bin:${process.env.PATH ?? ""}`, ...environment };
  return spawnSync(shell, words, { encoding: "utf8", env });
};

describe("The jobs for Kubernetes", () => {
  let folder: ReturnType<typeof newFolder>;
  const kept = () => readdirSync(join(folder.path, "backups")).toSorted();
  /** In the place of the program. */
  const program = (lines: string) =>
    writeFileSync(join(folder.path, "bin/rehearsal"), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  beforeEach(() => {
    folder = newFolder();
    for (const name of ["bin", "backups"]) mkdirSync(join(folder.path, name));
    for (let day = 1; day <= 20; day += 1) {
      const file = join(folder.path, "backups", `2026-11-${String(day).padStart(2, "0")}T031700Z.backup`);
      writeFileSync(file, "");
      utimesSync(file, 1_000 + day, 1_000 + day);
    }
  });
  afterEach(() => folder.remove());

  it("keep the newest fourteen backups, and all there are where no new one could be made", () => {
    program("exit 1");
    expect(run("backup.yaml", folder.path).status).toBe(1);
    expect(kept()).toHaveLength(20);
    program('[ "$1" = backup ] && touch "$2"');
    expect(run("backup.yaml", folder.path).status).toBe(0);
    expect(kept()).toHaveLength(14);
    expect(kept()[0]).toBe("2026-11-08T031700Z.backup");
    expect(kept().at(-1)).toMatch(/^20\d\d-\d\d-\d\dT\d{6}Z\.backup$/);
  });

  it("bring back the one that was named, by itself never, and list what there is where none was", () => {
    expect(jobIn("restore.yaml").spec.suspend).toBe(true);
    program('echo "$@"');
    const listed = run("restore.yaml", folder.path, { RESTORE: "" });
    expect([listed.status, listed.stdout.split("\n")[0]]).toEqual([1, "2026-11-20T031700Z.backup"]);
    const named = run("restore.yaml", folder.path, { RESTORE: "2026-11-19T031700Z.backup" });
    expect(named.stdout).toBe(`restore ${folder.path}/backups/2026-11-19T031700Z.backup --force\n`);
  });
});

describe("What docs/operating.md has one type", () => {
  const text = textOf("docs/operating.md");

  it("names files, jobs, Deployments, services and volumes that there are", () => {
    const files = [...text.matchAll(/deploy\/[\w./-]+\.(?:yaml|conf|acl|example)\b/g)].map(([file]) => file);
    for (const file of files.filter((one) => one !== "deploy/redis/users.acl"))
      expect(existsSync(join(root, file)), file).toBe(true);
    const jobs = ["backup.yaml", "restore.yaml"].map((file) => jobIn(file).metadata.name);
    for (const [, name] of text.matchAll(/cronjob[ /]([\w-]+)/g)) expect(jobs).toContain(name);
    for (const [, name] of text.matchAll(/deploy\/(rehearsal\w*)(?![\w.])/g)) expect(name).toBe("rehearsal");
    const compose = z
      .looseObject({
        name: z.string(),
        services: z.record(z.string(), z.unknown()),
        volumes: z.looseObject({}),
      })
      .parse(documentsIn(textOf("compose.yaml"))[0]);
    for (const [, name = ""] of text.matchAll(/docker compose (?:exec|run|stop|start)(?: --?\w+)* (\w+)/g))
      expect(Object.keys(compose.services)).toContain(name);
    for (const [, volume = ""] of text.matchAll(/docker volume rm (\w+)/g))
      expect(Object.keys(compose.volumes).map((name) => `${compose.name}_${name}`)).toContain(volume);
  });
});
