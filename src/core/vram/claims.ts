import type { ComponentName } from "./components.ts";
import { isTraining, type Settings } from "./settings.ts";

/** What people have read about memory that is not quite so; the sentence with the right statement is a message. */
export const claimIds = ["full-precision", "half-precision", "accumulation", "host-memory"] as const;
export type ClaimId = (typeof claimIds)[number];

/** Sizes that are called 7B. */
const isSevenB = ({ shape }: Settings): boolean => shape.params > 6.4e9 && shape.params < 7.9e9;

type Rule = readonly [ClaimId, ComponentName, (settings: Settings) => boolean];

const rules: readonly Rule[] = [
  ["full-precision", "weights", (settings) => isSevenB(settings) && settings.weightsDtype === "fp32"],
  [
    "half-precision",
    "weights",
    (settings) =>
      isSevenB(settings) &&
      isTraining(settings) &&
      (settings.weightsDtype === "bf16" || settings.weightsDtype === "fp16"),
  ],
  ["accumulation", "gradients", (settings) => isTraining(settings) && settings.accumulation > 1],
  ["host-memory", "overhead", ({ parallel }) => parallel?.endsWith("offload") ?? false],
];

/** Claims that the settings of an answer call up. */
export const claimsFor = (settings: Settings): ClaimId[] =>
  rules.filter(([, , applies]) => applies(settings)).map(([id]) => id);

/** Claims about one component. */
export const claimsAbout = (component: ComponentName): ClaimId[] =>
  rules.filter(([, about]) => about === component).map(([id]) => id);
