import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");

const componentSchema = z.looseObject({
  "bom-ref": z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
});
const dependencySchema = z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) });
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});
const bomSchema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string(), purl: z.string() }) }),
  components: z.array(componentSchema),
  dependencies: z.array(dependencySchema),
});
type Bom = Pick<z.infer<typeof bomSchema>, "bomFormat" | "metadata" | "components" | "dependencies">;

/** Names and versions of what runs, by the lock file: npm sbom --omit dev loses what is there for both. */
function runningPackages(): ReadonlySet<string> {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(resolve(root, "package-lock.json"), "utf8")));
  return new Set(
    Object.entries(packages)
      .filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true)
      .map(([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`),
  );
}

/**
 * What the program is made of when it runs, as CycloneDX: out of the lock file alone, the same on every machine. npm names
 * it after the folder it lies in, and adds the time and a random number.
 */
export function billOfMaterials(): Bom {
  const words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const printed = execFileSync("npm", words, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const { serialNumber: _, ...bom } = bomSchema.parse(JSON.parse(printed));
  const { timestamp: __, ...metadata } = bom.metadata;
  const name = metadata.component.purl.replace(/^pkg:npm\/|@.*$/g, "");
  const running = runningPackages();
  const components = bom.components.filter((one) => running.has(`${one.name}@${one.version}`));
  const refs = new Set([
    ...components.map((one) => one["bom-ref"]),
    z.string().parse(metadata.component["bom-ref"]),
  ]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => refs.has(ref)) }));
  const component = { ...metadata.component, name };
  return { ...bom, metadata: { ...metadata, component }, components, dependencies };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = process.argv[2] ?? "sbom.cdx.json";
  const bom = billOfMaterials();
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
  process.stdout.write(`${file}: ${bom.components.length} components\n`);
}
