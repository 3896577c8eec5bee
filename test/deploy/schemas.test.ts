import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { composeFaults, documentsIn, kubernetesFaults, root, textOf } from "./schemas.ts";

const manifests = readdirSync(join(root, "deploy/kubernetes")).filter((file) => file.endsWith(".yaml"));
const objectsIn = (file: string): unknown[] => documentsIn(textOf(`deploy/kubernetes/${file}`));

/** A copy with something else at a place. */
const changed = (value: unknown, path: readonly (string | number)[], to: unknown): unknown => {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) at = at[part] as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  if (to === undefined) delete at[last];
  else at[last] = to;
  return copy;
};

describe("compose.yaml", () => {
  const [compose] = documentsIn(textOf("compose.yaml"));

  it("is what the Compose Specification allows", () => {
    expect(composeFaults(compose)).toEqual([]);
  });

  it.each([
    [["services", "rehearsal", "readonly"], true],
    [["services", "rehearsal", "restart"], 3],
    [["services", "redis", "healthcheck", "tests"], []],
    [["services", "redis", "cap_drop"], "ALL"],
    [["secrets", "redis-users", "file"], 1],
  ])("would be refused with another %j", (path, to) => {
    expect(composeFaults(changed(compose, path, to))).not.toEqual([]);
  });
});

describe("The example for Kubernetes", () => {
  it.each(manifests)("has in %s only what Kubernetes knows", (file) => {
    const objects = objectsIn(file);
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) expect(kubernetesFaults(object)).toEqual([]);
  });

  const template = ["spec", "template", "spec"];
  it.each([
    [[...template, "containers", 0, "readinesProbe"], {}],
    [[...template, "containers", 0, "livenessProbe", "httpGet", "port"], undefined],
    [[...template, "containers", 0, "securityContext", "readOnlyRootFilesystem"], "yes"],
    [[...template, "containers", 0, "name"], undefined],
    [["spec", "replicas"], "three"],
    [["spec", "selector"], undefined],
    [["kind"], "Deploy"],
  ])("would be refused with another %j", (path, to) => {
    const [deployment] = objectsIn("bot.yaml");
    expect(kubernetesFaults(changed(deployment, path, to))).not.toEqual([]);
  });
});
