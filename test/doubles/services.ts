import type { Charts } from "#core/charts";
import type { Library } from "#core/pack/library";
import type { Log, Store } from "#core/ports";
import { zoneSchema } from "#core/round/calendar";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";

export interface LoggedError {
  readonly event: string;
  readonly cause: unknown;
}

/** A log that a test reads. */
export function recordingLog(): Log & {
  readonly errors: LoggedError[];
  readonly warnings: { readonly event: string; readonly facts: unknown }[];
  readonly infos: { readonly event: string; readonly facts: unknown }[];
} {
  const errors: LoggedError[] = [];
  const warnings: { readonly event: string; readonly facts: unknown }[] = [];
  const infos: { readonly event: string; readonly facts: unknown }[] = [];
  return {
    errors,
    warnings,
    infos,
    info: (event, facts) => void infos.push({ event, facts }),
    warn: (event, facts) => void warnings.push({ event, facts }),
    error: (event, cause) => void errors.push({ event, cause }),
  };
}

/** A part that a test does not expect to be used: any use fails the test and says which part it was. */
function unused<Part extends object>(name: string, absent: readonly string[] = []): Part {
  return new Proxy({} as Part, {
    get: (_, property) => {
      if (absent.includes(String(property))) return undefined;
      throw new Error(`the test did not expect ${name}.${String(property)} to be used`);
    },
  });
}

/** Draws nothing, and says of what. */
const blankCharts: Charts = {
  calendar: async () => ({ png: new Uint8Array(), alt: "a calendar" }),
  topics: async () => ({ png: new Uint8Array(), alt: "scores" }),
  memory: async () => ({ png: new Uint8Array(), alt: "a bar of memory" }),
  report: async () => ({ png: new Uint8Array(), alt: "a week" }),
};

/** Services for a test: what it names is used, everything else fails when touched. */
export const servicesWith = (parts: Partial<Services>): Services => ({
  clock: { now: () => Date.UTC(2026, 10, 25, 9) },
  log: recordingLog(),
  store: unused<Store>("store"),
  library: unused<Library>("library", ["of"]),
  grader: createLocalGrader(),
  commands: [],
  remedies: unused<Services["remedies"]>("remedies"),
  models: unused<Services["models"]>("models"),
  charts: blankCharts,
  holidays: unused<Services["holidays"]>("holidays"),
  places: unused<Services["places"]>("places"),
  zone: zoneSchema.parse("Asia/Shanghai"),
  ...parts,
});
