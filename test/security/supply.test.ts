import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { billOfMaterials } from "./sbom.ts";

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      license: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});
const manifestSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const manifest = manifestSchema.parse(read("package.json"));
const entries = Object.entries(lockSchema.parse(read("package-lock.json")).packages).filter(
  ([path]) => path !== "",
);
const running = entries.filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true);

/** Licences that let anybody run, change and pass on the program; another one is looked at before it comes in. */
const licences = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "PSF-2.0",
  "Unlicense",
  "MIT OR Apache-2.0",
  "MIT AND Apache-2.0",
  "(MIT AND Zlib)",
  "(MIT OR GPL-3.0-or-later)",
  "(AFL-2.1 OR BSD-3-Clause)",
  // Names of holidays, which are named with their source.
  "(ISC AND CC-BY-3.0)",
]);

/** How many packages a running program may rest on, directly and altogether: each can be taken over by somebody. */
const BUDGET = { direct: 28, running: 270, all: 500 };

describe("What the program is made of", () => {
  it("is fixed to the byte: every package has the digest of its content, none an address of its own", () => {
    expect(entries.length).toBeGreaterThan(300);
    expect(entries.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true)).toEqual([]);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("runs no script when it is installed, but that of node itself", () => {
    const scripted = entries.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([path]) => path)).toEqual(["node_modules/node"]);
    expect(manifest.allowScripts).toEqual({ node: true });
  });

  it("keeps to its budget of packages", () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(BUDGET.direct);
    expect(running.length).toBeLessThanOrEqual(BUDGET.running);
    expect(entries.length).toBeLessThanOrEqual(BUDGET.all);
  });

  it("has licences that let anybody run, change and pass it on", () => {
    expect(entries.filter(([, { license = "none" }]) => !licences.has(license))).toEqual([]);
  });

  it("is told by npm run sbom as CycloneDX, the same on every machine, with the digest of each package", () => {
    const bom = billOfMaterials();
    const text = JSON.stringify(bom);
    expect(bom.metadata.component.name).toBe("rehearsal");
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/https?:\/\/(?:registry|npm)\.|timestamp|serialNumber/);
    const names = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    expect(
      Object.entries(manifest.dependencies).filter(([name, version]) => !names.has(`${name}@${version}`)),
    ).toEqual([]);
    expect(names.has(`vitest@${manifest.devDependencies.vitest}`)).toBe(false);
    expect(bom.components.filter(({ hashes }) => !Array.isArray(hashes) || hashes.length === 0)).toEqual([]);
  });
});
