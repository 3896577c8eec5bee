import table from "./rules.json" with { type: "json" };
import type { Violation } from "./violation.ts";

export type RuleName = keyof typeof table.rules;

interface Rule {
  readonly min?: number;
  readonly max: number;
}

/** Limits that the documentation states and the OpenAPI description does not, or states more loosely. */
export const rules: Readonly<Record<RuleName, Rule>> = table.rules;
export const locales: ReadonlySet<string> = new Set(table.locales);

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list's members that are objects; other shapes are the OpenAPI description's to complain of. */
export const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : [];

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** Collects what is wrong with a body, as Discord's "Invalid Form Body" lists it. */
export class Form {
  readonly violations: Violation[] = [];

  refuse(path: string, code: string, message: string): void {
    this.violations.push({ path, code, message });
  }

  /** A text that may be absent; white space around it does not count, except where it only makes it longer. */
  text(path: string, value: unknown, name: RuleName): void {
    if (value === undefined || value === null) return;
    if (typeof value !== "string") {
      this.refuse(path, "STRING_TYPE_CONVERT", "Could not interpret as string.");
      return;
    }
    const { min = 0, max } = rules[name];
    if (value.trim().length < min) this.refuse(path, "BASE_TYPE_REQUIRED", "This field is required");
    if (value.length > max)
      this.refuse(
        path,
        "BASE_TYPE_MAX_LENGTH",
        `Must be ${max} or fewer in length (${name}: ${value.length}).`,
      );
  }

  needed(path: string, value: unknown, name: RuleName): void {
    if (typeof value !== "string") this.refuse(path, "BASE_TYPE_REQUIRED", "This field is required");
    else this.text(path, value, name);
  }

  count(path: string, count: number, name: RuleName): void {
    const { min = 0, max } = rules[name];
    if (count < min || count > max)
      this.refuse(
        path,
        "BASE_TYPE_BAD_LENGTH",
        `Must be between ${min} and ${max} in length (${name}: ${count}).`,
      );
  }

  within(path: string, value: unknown, low: number, high: number): void {
    if (value === undefined || value === null) return;
    if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high)
      this.refuse(path, "NUMBER_TYPE_RANGE", `Must be a whole number from ${low} to ${high}.`);
  }

  unique(path: string, values: readonly string[], code: string, what: string): void {
    const twice = values.find((value, at) => values.indexOf(value) !== at);
    if (twice !== undefined) this.refuse(path, code, `${what} cannot be duplicated: ${twice.slice(0, 100)}`);
  }
}
