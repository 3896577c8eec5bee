import { describe, expect, it } from "vitest";
import { z } from "zod";
import { documentsIn, textOf } from "./schemas.ts";

const deploymentSchema = z.looseObject({
  kind: z.literal("Deployment"),
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        containers: z.array(z.looseObject({ ports: z.array(z.looseObject({ name: z.string() })) })),
      }),
    }),
  }),
});
const configSchema = z.looseObject({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(
    z.looseObject({
      job_name: z.string(),
      relabel_configs: z
        .array(z.looseObject({ source_labels: z.array(z.string()), regex: z.string().optional() }))
        .default([]),
    }),
  ),
});
const configIn = (file: string) => configSchema.parse(documentsIn(textOf(`deploy/prometheus/${file}`))[0]);

describe("What Prometheus is to collect", () => {
  it("is a job of one name in both of its files, with the same rules", () => {
    const files = ["prometheus.yml", "kubernetes.yml"].map(configIn);
    for (const { rule_files, scrape_configs } of files)
      expect([rule_files, scrape_configs.map(({ job_name }) => job_name)]).toEqual([
        ["alerts.yml"],
        ["rehearsal"],
      ]);
  });

  it("is in a cluster the health port of the bot's pods, by the labels that they have", () => {
    const bot = documentsIn(textOf("deploy/kubernetes/bot.yaml")).flatMap((one) => {
      const { data } = deploymentSchema.safeParse(one);
      return data === undefined ? [] : [data.spec.template];
    });
    const labels = bot[0]?.metadata.labels ?? {};
    const ports = bot[0]?.spec.containers.flatMap((container) => container.ports.map(({ name }) => name));
    const [keep] = configIn("kubernetes.yml").scrape_configs[0]?.relabel_configs ?? [];
    const [name, component, port] = keep?.regex?.split(";") ?? [];
    expect(keep?.source_labels).toEqual([
      "__meta_kubernetes_pod_label_app_kubernetes_io_name",
      "__meta_kubernetes_pod_label_app_kubernetes_io_component",
      "__meta_kubernetes_pod_container_port_name",
    ]);
    expect([labels["app.kubernetes.io/name"], labels["app.kubernetes.io/component"]]).toEqual([
      name,
      component,
    ]);
    expect(ports).toContain(port);
  });
});
