export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list's members that are objects. */
export const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : [];

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

export const objectIn = (value: unknown): Json => (isJson(value) ? value : {});
