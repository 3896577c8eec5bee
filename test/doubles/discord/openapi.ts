import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { isJson, type Json } from "./form.ts";
import type { Violation } from "./violation.ts";

/** Judges a JSON body by Discord's own description of the operation; knows nothing of operations that have no body. */
export type Judge = (method: string, path: string, body: unknown) => readonly Violation[];

interface Operation {
  readonly method: string;
  readonly pattern: RegExp;
  readonly reference: string;
}

const described = new URL("file:///discord-openapi.json").href;

const encode = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

function operationsIn(document: Json): readonly Operation[] {
  const paths = isJson(document.paths) ? Object.entries(document.paths) : [];
  return paths
    .flatMap(([path, methods]) =>
      Object.entries(isJson(methods) ? methods : {}).flatMap(([method, operation]) => {
        if (!isJson(operation) || !JSON.stringify(operation.requestBody ?? {}).includes('"application/json"'))
          return [];
        const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
        const media = ["requestBody", "content", "application/json", "schema"].map(encode).join("/");
        const reference = `${described}#/paths/${encode(path)}/${method}/${media}`;
        return [
          { method: method.toUpperCase(), pattern, reference, fixed: path.replace(/\{[^}]+\}/g, "").length },
        ];
      }),
    )
    .toSorted((one, other) => other.fixed - one.fixed);
}

/** Where the description asks for a number or a text, and the documentation, whose word counts, gives the other. */
function asDocumented(document: Json): Json {
  return JSON.parse(JSON.stringify(document), (key, value) => {
    if (!isJson(value)) return value;
    if (key === "default_member_permissions" && Array.isArray(value.type))
      return { type: ["integer", "string", "null"], pattern: "^[0-9]{1,20}$" };
    return key === "SnowflakeType" ? { ...value, type: ["string", "integer"] } : value;
  });
}

const codes: Readonly<Record<string, string>> = {
  maxLength: "BASE_TYPE_MAX_LENGTH",
  minLength: "BASE_TYPE_MIN_LENGTH",
  maxItems: "BASE_TYPE_BAD_LENGTH",
  minItems: "BASE_TYPE_BAD_LENGTH",
  required: "BASE_TYPE_REQUIRED",
};

/** A union complains of each of its branches; the complaints that lie deepest in the body are the ones that help. */
function complaints(check: ValidateFunction): readonly Violation[] {
  const errors = check.errors ?? [];
  const depth = (path: string) => path.split("/").length;
  const deepest = Math.max(...errors.map(({ instancePath }) => depth(instancePath)));
  return errors
    .filter(({ instancePath }) => depth(instancePath) === deepest)
    .slice(0, 8)
    .map(({ instancePath, keyword, message = "" }) => ({
      path: instancePath.slice(1).replaceAll("/", "."),
      code: codes[keyword] ?? `OPENAPI_${keyword.toUpperCase()}`,
      message,
    }));
}

let known: Judge | undefined;

/** Judges by Discord's published OpenAPI description (discord/discord-api-spec, MIT), which is read and compiled once. */
export function openapiJudge(): Judge {
  known ??= readJudge();
  return known;
}

function readJudge(): Judge {
  const file = new URL("../../fixtures/vendor/discord-openapi.json", import.meta.url);
  const document = asDocumented(JSON.parse(readFileSync(file, "utf8")));
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, described);
  const operations = operationsIn(document);
  return (method, path, body) => {
    const operation = operations.find((each) => each.method === method && each.pattern.test(path));
    const check = operation === undefined ? undefined : ajv.getSchema(operation.reference);
    return check === undefined || check(body) ? [] : complaints(check);
  };
}
