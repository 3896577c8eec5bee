import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { environmentSchema, readConfig } from "#src/config";
import { LONGEST_ENDING_MS } from "#src/ending";
import { documentsIn, root, textOf } from "./schemas.ts";

const dockerfile = textOf("Dockerfile");
const lines = dockerfile.split("\n");
const behind = (instruction: string): string[] =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));
const wordsSchema = z.array(z.string());
const exec = (instruction: string): string[] => {
  const [text = "[]"] = behind(instruction);
  return wordsSchema.parse(JSON.parse(text.slice(text.indexOf("["))));
};
const own = z
  .object({
    version: z.string(),
    scripts: z.object({ start: z.string() }),
    devDependencies: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(textOf("package.json")));

const serviceSchema = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).optional(),
  user: z.string().optional(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  stop_grace_period: z.string(),
  restart: z.string(),
});
const compose = z
  .looseObject({
    services: z.object({ rehearsal: serviceSchema, redis: serviceSchema }),
    networks: z.looseObject({ inside: z.object({ internal: z.boolean() }) }),
  })
  .parse(documentsIn(textOf("compose.yaml"))[0]);

const podSchema = z.looseObject({
  enableServiceLinks: z.boolean(),
  automountServiceAccountToken: z.boolean(),
  terminationGracePeriodSeconds: z.number().optional(),
  securityContext: z.looseObject({ runAsNonRoot: z.boolean(), runAsUser: z.number() }),
  containers: z.array(
    z.looseObject({
      image: z.string(),
      ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
      lifecycle: z
        .object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) })
        .optional(),
      securityContext: z.looseObject({
        allowPrivilegeEscalation: z.boolean(),
        readOnlyRootFilesystem: z.boolean(),
        capabilities: z.object({ drop: z.array(z.string()) }),
      }),
      resources: z.looseObject({ limits: z.looseObject({ memory: z.string() }) }),
    }),
  ),
});
const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  data: z.record(z.string(), z.string()).optional(),
  stringData: z.record(z.string(), z.string()).optional(),
});
const objects = readdirSync(join(root, "deploy/kubernetes"))
  .flatMap((file) => documentsIn(textOf(`deploy/kubernetes/${file}`)))
  .map((document) => objectSchema.parse(document));
const pods = objects.flatMap((object) => {
  const spec = z.looseObject({ template: z.looseObject({ spec: podSchema }) });
  const job = z.looseObject({ jobTemplate: z.looseObject({ spec }) });
  if (object.kind === "CronJob") return [job.parse(object.spec).jobTemplate.spec.template.spec];
  return ["Deployment", "StatefulSet"].includes(object.kind) ? [spec.parse(object.spec).template.spec] : [];
});
const [bot, ...otherPods] = [...pods].sort((one) => (one.containers[0]?.lifecycle === undefined ? 1 : -1));
const settings = objects.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
const secret = objects.find(({ kind }) => kind === "Secret")?.stringData ?? {};

describe("The image", () => {
  it("runs what npm start runs, on the Node that is tested", () => {
    expect(exec("CMD")).toEqual(own.scripts.start.split(" "));
    expect(behind("FROM").map((from) => from.split(" ")[0])).toEqual(
      Array.from({ length: 2 }, () => `node:${own.devDependencies.node}-bookworm-slim`),
    );
  });

  it("runs as nobody of importance, and says so by number", () => {
    expect(behind("USER")).toEqual(["1000:1000"]);
    expect(lines.findIndex((line) => line.startsWith("USER"))).toBeGreaterThan(
      lines.findLastIndex((line) => line.startsWith("RUN")),
    );
  });

  it("copies what is there, and sees nothing else of this folder", () => {
    const copied = behind("COPY")
      .filter((words) => !words.startsWith("--from"))
      .flatMap((words) =>
        words
          .replace(/--\S+ /g, "")
          .split(" ")
          .slice(0, -1),
      );
    for (const file of copied) expect(existsSync(join(root, file)), file).toBe(true);
    const [nothing, ...seen] = textOf(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(nothing).toBe("*");
    expect(new Set(seen)).toEqual(new Set(copied.map((file) => `!${file}`)));
    expect(copied).toEqual(expect.arrayContaining(["src", "commands", "content", "package.json"]));
  });

  it("is made of packages without those that only tests need", () => {
    const [install = ""] = behind("RUN");
    expect(install).toMatch(/^npm ci --omit=dev --ignore-scripts && /);
    expect(behind("RUN").join("\n")).toContain("rm -rf /usr/local/lib/node_modules");
  });
});

describe("Settings in the files", () => {
  it("are settings that there are, with values that are taken", () => {
    const given = [compose.services.rehearsal.environment, settings, secret];
    const known = Object.keys(environmentSchema.shape);
    for (const one of given) for (const name of Object.keys(one)) expect(known).toContain(name);
    const env = Object.fromEntries(
      [...(behind("ENV")[0] ?? "").matchAll(/(REHEARSAL_\w+)=(\S+)/g)].map(([, name = "", value]) => [
        name,
        value,
      ]),
    );
    for (const name of Object.keys(env)) expect(known).toContain(name);
    const inCompose = readConfig({ ...env, ...compose.services.rehearsal.environment });
    expect(inCompose).toMatchObject({ dataFolder: "/data", health: { host: "127.0.0.1", port: 4312 } });
    const inKubernetes = readConfig({ ...env, ...settings, ...secret });
    expect(inKubernetes).toMatchObject({
      health: { host: "0.0.0.0", port: 4312 },
      redis: { durability: "fsync" },
      discord: null,
      slack: null,
    });
  });

  it("count before what stands in .env", () => {
    const example = Object.fromEntries(
      [...textOf(".env.example").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value]) => [name, value]),
    );
    // As with a secret that was made of a copy of .env.example; in compose `environment` counts before `env_file`.
    expect(readConfig({ ...example, ...settings }).health).toEqual({ host: "0.0.0.0", port: 4312 });
    for (const { envFrom } of pods.flatMap(({ containers }) => containers))
      expect(envFrom ?? [{ secretRef: {} }, { configMapRef: {} }]).toEqual([
        { secretRef: expect.anything() },
        { configMapRef: expect.anything() },
      ]);
  });

  it("hold no secret", () => {
    for (const [name, value] of Object.entries(secret))
      expect(name === "REHEARSAL_REDIS_URL" ? value.includes(":PASSWORD@") : value === "", name).toBe(true);
  });

  it("name the ports that the image, the probes and the Service mean", () => {
    expect(behind("EXPOSE")).toEqual(["4311 4312"]);
    expect(exec("HEALTHCHECK").at(-1)).toContain("process.env.REHEARSAL_HEALTH_PORT + '/healthz'");
    const ports = bot?.containers[0]?.ports.map(({ containerPort }) => String(containerPort));
    expect(ports).toEqual([settings.REHEARSAL_SLACK_PORT, settings.REHEARSAL_HEALTH_PORT]);
    const { REHEARSAL_SLACK_PORT } = environmentSchema.shape;
    expect(REHEARSAL_SLACK_PORT.parse(undefined)).toBe(4311);
    expect(textOf("deploy/kubernetes/bot.yaml")).toContain('prometheus.io/port: "4312"');
  });

  it("give Redis the user that the README gives it", () => {
    const [line] = textOf("README.md").match(/user rehearsal on >PASSWORD .*(?=`)/) ?? [];
    expect(textOf("deploy/redis/users.acl.example").split("\n")).toContain(
      line?.replace(">PASSWORD", "#SHA256"),
    );
  });
});

describe("What runs in the files", () => {
  it("is this release, and no image without a version", () => {
    const images = [
      ...Object.values(compose.services).map(({ image }) => image),
      ...pods.flatMap(({ containers }) => containers.map(({ image }) => image)),
    ];
    expect(new Set(images)).toEqual(new Set([`rehearsal:${own.version}`, compose.services.redis.image]));
    expect(compose.services.redis.image).toMatch(/^redis:7\.\d+\.\d+-/);
  });

  it("has longer to end than it takes", () => {
    const seconds = LONGEST_ENDING_MS / 1_000;
    expect(Number.parseInt(compose.services.rehearsal.stop_grace_period, 10)).toBeGreaterThan(seconds + 5);
    const [sleep, text] = bot?.containers[0]?.lifecycle?.preStop.exec.command ?? [];
    const sleeps = Number(text);
    expect(sleep).toBe("sleep");
    expect(sleeps).toBeGreaterThan(0);
    expect(bot?.terminationGracePeriodSeconds).toBeGreaterThan(sleeps + seconds + 5);
  });

  it("may do nothing to the machine that it is on", () => {
    for (const { read_only, cap_drop, security_opt, restart } of Object.values(compose.services))
      expect([read_only, cap_drop, security_opt, restart]).toEqual([
        true,
        ["ALL"],
        ["no-new-privileges:true"],
        "unless-stopped",
      ]);
    expect([bot, ...otherPods]).toHaveLength(4);
    for (const pod of pods) {
      expect(pod.securityContext.runAsNonRoot && pod.securityContext.runAsUser > 0).toBe(true);
      expect(pod.automountServiceAccountToken).toBe(false);
      for (const { securityContext } of pod.containers)
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
    }
  });

  it("publishes no port of Redis, whose network leads nowhere", () => {
    expect(compose.services.redis.ports).toBe(undefined);
    expect(compose.services.redis.networks).toEqual(["inside"]);
    expect(compose.networks.inside.internal).toBe(true);
    expect(compose.services.redis.user).toBe("999:999");
  });

  it("is told nothing of Services by variables that it would take for settings", () => {
    // A Service called rehearsal makes REHEARSAL_PORT=tcp://… in every pod.
    expect(() => readConfig({ REHEARSAL_PORT: "tcp://10.0.0.1:4311" })).toThrow("REHEARSAL_PORT");
    for (const { enableServiceLinks } of pods) expect(enableServiceLinks).toBe(false);
  });
});
