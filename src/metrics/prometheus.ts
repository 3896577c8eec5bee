import { performance } from "node:perf_hooks";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { counters, durations, gauges } from "#core/metrics/definitions";
import type { Meter } from "#core/metrics/meter";

/** More combinations of one metric's labels than these are a mistake of ours; the rest is left out. */
const MOST_SERIES = 1000;

export interface Prometheus {
  readonly meter: Meter;
  readonly contentType: string;
  /** All metrics in the text format, those of Node and the process among them. */
  exposition(): Promise<string>;
}

/** What reads a gauge, by its labels. */
type Readers = Map<string, { readonly labels: Record<string, string>; readonly read: () => number }>;

const mapped = <Name extends string, From, To>(
  from: Readonly<Record<Name, From>>,
  make: (one: From, name: Name) => To,
): Readonly<Record<Name, To>> =>
  Object.fromEntries(
    (Object.entries(from) as [Name, From][]).map(([name, one]) => [name, make(one, name)]),
  ) as Record<Name, To>;

/** Every way to take one value of each label. */
const combinations = (values: Readonly<Record<string, readonly string[]>>): Record<string, string>[] =>
  Object.entries(values).reduce<Record<string, string>[]>(
    (sets, [label, each]) => sets.flatMap((set) => each.map((value) => ({ ...set, [label]: value }))),
    [{}],
  );

/** Keeps what is counted for a Prometheus that asks now and then. */
export function createPrometheus(): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges by the names of counters; the same numbers stand under other names too.
  for (const what of ["handles", "requests", "resources"])
    registry.removeSingleMetric(`nodejs_active_${what}_total`);
  const registers = [registry];
  const named = ({ name, help, labels }: { name: string; help: string; labels: readonly string[] }) => ({
    name,
    help,
    labelNames: [...labels],
    registers,
  });
  const counts = mapped(counters, (of) => {
    const counter = new Counter(named(of));
    if ("from0" in of) for (const labels of combinations(of.from0)) counter.inc(labels, 0);
    return counter;
  });
  const times = mapped(durations, (of) => new Histogram({ ...named(of), buckets: [...of.buckets] }));
  const read = mapped(gauges, (of): Readers => {
    const readers: Readers = new Map();
    new Gauge({
      ...named(of),
      collect() {
        for (const reader of readers.values()) this.set(reader.labels, reader.read());
      },
    });
    return readers;
  });

  const known = new Map<string, Set<string>>();
  /** Whether there is room for the labels: an id that slipped into one would fill the memory. */
  const hasRoom = (name: string, labels: Readonly<Record<string, string>>): boolean => {
    const key = Object.values(labels).join("|");
    const seen = known.get(name) ?? new Set();
    if (seen.has(key)) return true;
    if (seen.size >= MOST_SERIES) return false;
    known.set(name, seen.add(key));
    return true;
  };

  return {
    contentType: registry.contentType,
    exposition: () => registry.metrics(),
    meter: {
      count: (name, labels, by = 1) => {
        if (hasRoom(name, labels)) counts[name].inc(labels, by);
      },
      time: (name, labels, seconds) => {
        if (hasRoom(name, labels)) times[name].observe(labels, seconds);
      },
      gauge: (name, labels, reader) => {
        if (hasRoom(name, labels))
          read[name].set(JSON.stringify(labels), { labels: { ...labels }, read: reader });
      },
      now: () => performance.now() / 1000,
    },
  };
}
