import { isJson, type Json, objectIn } from "./json.ts";
import table from "./rules.json" with { type: "json" };

/** What a field may hold. */
export type Kind =
  | { readonly is: "boolean" | "date" | "time" | "cell" }
  | { readonly is: "string" | "integer"; readonly min: number; readonly max: number }
  | { readonly is: "url" | "text or image"; readonly max: number }
  | { readonly is: "one of"; readonly values: readonly string[] }
  | { readonly is: "text"; readonly of: "plain" | "any"; readonly max: number }
  | { readonly is: "list"; readonly of: Kind; readonly min: number; readonly max: number }
  | { readonly is: "object"; readonly of: string }
  | { readonly is: "element" | "inline"; readonly of: readonly string[] };

/** What an object must and may hold. */
export interface Shape {
  readonly source: string;
  readonly fields: Readonly<Record<string, Kind>>;
  readonly needs: readonly string[];
  /** Exactly one of these. */
  readonly oneOf: readonly string[];
  /** At least one of these. */
  readonly anyOf: readonly string[];
  /** Blocks: where they may stand. */
  readonly surfaces: readonly string[];
  /** Elements: they have an action id and send what a member does with them. */
  readonly acts: boolean;
}

const words = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function shapes(value: Json): ReadonlyMap<string, Shape> {
  return new Map(
    Object.entries(value)
      .filter((entry): entry is [string, Json] => isJson(entry[1]))
      .map(([name, { source, fields, needs, oneOf, anyOf, surfaces, acts }]) => [
        name,
        {
          source: String(source),
          fields: objectIn(fields) as Readonly<Record<string, Kind>>,
          needs: words(needs),
          oneOf: words(oneOf),
          anyOf: words(anyOf),
          surfaces: words(surfaces),
          acts: acts === true,
        },
      ]),
  );
}

export const blockShapes = shapes(table.blocks);
export const elementShapes = shapes(table.elements);
export const inlineShapes = shapes(table.inline);
export const objectShapes = shapes(table.objects);
export const viewShapes = shapes(table.views);

type Limits = Omit<typeof table.limits, "retryMs">;

/** A limit by its name in the table. */
export const limit = (name: keyof Limits): number => table.limits[name].max;

/** How long after each failure an event comes again, ms. */
export const RETRY_AFTER_MS: readonly number[] = table.limits.retryMs.after;

export interface MethodRule {
  readonly scopes: readonly string[];
  readonly args: readonly string[];
}

export const methods: ReadonlyMap<string, MethodRule> = new Map(Object.entries(table.methods));

/** The scope that an event needs, null where it needs none; by its name in a manifest. */
export const eventScopes: ReadonlyMap<string, string | null> = new Map(
  Object.entries(table.events).map(([name, { scope }]) => [name, scope]),
);

/** What an app has that was given no manifest: whatever the table knows of. */
export const everyScope: readonly string[] = [
  ...new Set([
    "chat:write",
    "commands",
    "channels:join",
    "channels:read",
    "groups:read",
    "im:read",
    "im:write",
    "mpim:read",
    "channels:history",
    "groups:history",
    "im:history",
    "files:read",
    "files:write",
    "team:read",
    "users:read",
    ...[...eventScopes.values()].filter((scope) => scope !== null),
  ]),
];
