import type { Json } from "./json.ts";
import type { Violation } from "./violation.ts";

/** A request that Slack would answer with an error. */
export class SlackRefusal extends Error {
  readonly error: string;
  readonly extra: Json;
  readonly status: number;
  readonly violations: readonly Violation[];
  constructor(error: string, extra: Json = {}, status = 200, violations: readonly Violation[] = []) {
    super(`${error} ${violations.map(({ path, message }) => `${path}: ${message}`).join("; ")}`);
    this.error = error;
    this.extra = extra;
    this.status = status;
    this.violations = violations;
  }

  body(): Json {
    const messages = this.violations.map(({ path, message }) => `[ERROR] ${message} [json-pointer:${path}]`);
    return {
      ok: false,
      error: this.error,
      ...(messages.length > 0 ? { response_metadata: { messages } } : {}),
      ...this.extra,
    };
  }
}

/** Refuses where a rule is broken; the first violation names the error. */
export function refuseIf(violations: readonly Violation[]): void {
  const [first] = violations;
  if (first !== undefined) throw new SlackRefusal(first.error, {}, 200, violations);
}

export const missingScope = (needed: string, provided: Iterable<string>): SlackRefusal =>
  new SlackRefusal("missing_scope", { needed, provided: [...provided].join(",") });
