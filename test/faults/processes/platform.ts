import {
  createPlatform,
  type PlatformCheck,
  type PlatformFaults,
  type PlatformReport,
  type Wanted,
} from "#test/doubles/platform/rules";
import { servePlatform } from "#test/doubles/platform/wire";
import { randomNumbers } from "#test/schedule/hazards";
import { parent } from "./child.ts";
import { readSimulatedTime } from "./simulated-time.ts";

/** The fake platform as a process of its own. */
export interface PlatformSettings {
  readonly timeFile: string;
  readonly nonceMs: number;
  readonly faults: PlatformFaults;
  readonly seed: number;
}

export type ToPlatform =
  | { readonly kind: "check"; readonly wanted: readonly Wanted[] }
  | { readonly kind: "report" };
export type FromPlatform =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "check"; readonly check: PlatformCheck }
  | { readonly kind: "report"; readonly report: PlatformReport };

const { settings, listen, tell } = parent<ToPlatform, FromPlatform>();
const { timeFile, nonceMs, faults, seed } = settings() as PlatformSettings;
const { now } = readSimulatedTime(timeFile, 0);
const platform = createPlatform({ nonceMs, faults, now, random: randomNumbers(seed) });
listen((message) => {
  if (message.kind === "report") tell({ kind: "report", report: platform.report() });
  else tell({ kind: "check", check: platform.check(message.wanted) });
});
tell({ kind: "listening", port: await servePlatform(platform) });
