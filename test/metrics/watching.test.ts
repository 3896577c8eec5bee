import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { counters, durations, gauges } from "#core/metrics/definitions";
import { createPrometheus } from "#src/metrics/prometheus";
import { DEPLOYED, promtool } from "#test/doubles/prometheus";

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Rehearsal[A-Z]\w+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.strictObject({ summary: z.string().min(20), runbook: z.string().min(40) }),
        }),
      ),
    }),
  ),
});
const testsSchema = z.object({ tests: z.array(z.object({ name: z.string() })) });

const dataSourceSchema = z.strictObject({
  type: z.literal("prometheus"),
  uid: z.string().regex(/^\$\{datasource\}$/),
});
const targetSchema = z.strictObject({
  datasource: dataSourceSchema,
  expr: z.string().min(1),
  legendFormat: z.string(),
  refId: z.string().regex(/^[A-Z]$/),
  range: z.boolean(),
  instant: z.boolean().optional(),
  format: z.enum(["table", "time_series"]).optional(),
});
const stepSchema = z.strictObject({ color: z.string(), value: z.number().nullable() });
/** What Grafana reads of a dashboard (schema version 39), as far as ours uses it. */
const dashboardSchema = z.strictObject({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  schemaVersion: z.literal(39),
  version: z.int(),
  editable: z.boolean(),
  timezone: z.enum(["browser", "utc"]),
  refresh: z.string().regex(/^\d+[smh]$/),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  annotations: z.strictObject({ list: z.array(z.never()) }),
  templating: z.strictObject({
    list: z.array(
      z.looseObject({
        name: z.string(),
        label: z.string(),
        type: z.enum(["datasource", "query"]),
        hide: z.literal([0, 1, 2]),
      }),
    ),
  }),
  panels: z.array(
    z.strictObject({
      id: z.int().positive(),
      type: z.enum(["stat", "timeseries", "table"]),
      title: z.string().min(1),
      description: z.string().min(1),
      datasource: dataSourceSchema,
      gridPos: z.strictObject({
        x: z.int().min(0).max(23),
        y: z.int().min(0),
        w: z.int().min(1).max(24),
        h: z.int().min(1),
      }),
      targets: z.array(targetSchema).min(1),
      fieldConfig: z.strictObject({
        defaults: z.strictObject({
          unit: z.enum(["short", "s", "bytes", "reqps"]),
          min: z.number(),
          thresholds: z
            .strictObject({ mode: z.literal("absolute"), steps: z.array(stepSchema).min(1) })
            .optional(),
        }),
        overrides: z.array(z.never()),
      }),
      options: z.record(z.string(), z.unknown()),
    }),
  ),
});

const rules = rulesSchema
  .parse(parse(readFileSync(join(DEPLOYED, "alerts.yml"), "utf8")))
  .groups.flatMap((group) => group.rules);
const { panels } = dashboardSchema.parse(
  JSON.parse(readFileSync(resolve(DEPLOYED, "../grafana/dashboard.json"), "utf8")),
);
const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** Every name under which a sample of ours or of Node's stands. */
async function namesCollected(): Promise<ReadonlySet<string>> {
  const text = await createPrometheus().exposition();
  const typed = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    typed.flatMap(([, name = "", kind]) =>
      kind === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

const namesIn = (expression: string): readonly string[] =>
  expression.match(/\b(?:rehearsal|nodejs|process)_\w+/g) ?? [];

describe("The deployed rules", () => {
  it("are rules to Prometheus, as its configuration names them", () => {
    expect(promtool(["check", "config", "prometheus.yml"])).toMatchObject({ status: 0 });
    expect(promtool(["check", "rules", "--lint=all", "--lint-fatal", "alerts.yml"])).toMatchObject({
      status: 0,
    });
  });

  it("fire when they should and stay quiet when not", () => {
    const { status, says } = promtool(["test", "rules", "alerts.test.yml"]);
    expect(says).toContain("SUCCESS");
    expect(status).toBe(0);
  });

  it("are each shown to fire and to stay quiet", () => {
    const { tests } = testsSchema.parse(parse(readFileSync(join(DEPLOYED, "alerts.test.yml"), "utf8")));
    const names = tests.map(({ name }) => name);
    for (const { alert } of rules)
      expect(names).toEqual(expect.arrayContaining([`${alert} fires`, `${alert} stays quiet`]));
  });

  it("go by what the bot counts", async () => {
    const collected = await namesCollected();
    for (const { alert, expr } of rules)
      for (const name of namesIn(expr)) expect(collected, `${alert}: ${name}`).toContain(name);
  });
});

describe("The dashboard", () => {
  it("goes by what the bot counts", async () => {
    const collected = await namesCollected();
    for (const expression of expressions)
      for (const name of namesIn(expression)) expect(collected, name).toContain(name);
  });

  it("shows everything of ours that is counted", () => {
    const shown = new Set(expressions.flatMap(namesIn).map((name) => name.replace(/_bucket$/, "")));
    for (const { name } of [
      ...Object.values(counters),
      ...Object.values(durations),
      ...Object.values(gauges),
    ])
      expect(shown).toContain(name);
  });

  it("asks what Prometheus understands", () => {
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-dashboard-"));
    const file = join(folder, "expressions.json");
    const recorded = expressions.map((expr, at) => ({
      record: `dashboard:expression${at}`,
      expr: expr.replaceAll("$__rate_interval", "1m").replaceAll("$instance", ".*"),
    }));
    // Prometheus reads YAML, and all JSON is YAML.
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: recorded }] }));
    const { status, says } = promtool(["check", "rules", file]);
    rmSync(folder, { recursive: true });
    expect(says).toContain(`${expressions.length} rules found`);
    expect(status).toBe(0);
  });

  it("has no panel over another, and no number twice", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = new Set<string>();
    for (const { title, gridPos } of panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells.has(`${x}/${y}`), `${title} lies over another`).toBe(false);
          cells.add(`${x}/${y}`);
        }
    }
  });
});
