import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

export const root = resolve(import.meta.dirname, "..", "..");
export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** The documents of a YAML file. */
export const documentsIn = (text: string): unknown[] =>
  parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  });

const vendored = (file: string): unknown => JSON.parse(textOf(`test/fixtures/vendor/${file}`));
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

const faultsBy = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(" "),
      );

// Ajv knows that dialect by another address.
const { $schema: _, ...composeSchema } = z.looseObject({}).parse(vendored("compose-spec/compose-spec.json"));
const compose = ajv.compile(composeSchema);

/** What the Compose Specification does not allow. */
export const composeFaults = (value: unknown): string[] => faultsBy(compose, value);

const kubernetesSchema = z.looseObject({ kinds: z.record(z.string(), z.string()) });
const kubernetes = kubernetesSchema.parse(vendored("kubernetes/schemas.json"));
const byKind = new Map(
  Object.entries(kubernetes.kinds).map(([kind, $ref]) => [
    kind,
    ajv.compile({ $ref, $defs: kubernetes.$defs }),
  ]),
);
const objectSchema = z.looseObject({ apiVersion: z.string(), kind: z.string() });

/** What Kubernetes would not know in an object, or lack. */
export const kubernetesFaults = (value: unknown): string[] => {
  const { data } = objectSchema.safeParse(value);
  if (data === undefined) return ["no apiVersion or kind"];
  const name = `${data.apiVersion} ${data.kind}`;
  const validate = byKind.get(name);
  return validate === undefined ? [`there is no schema for ${name}`] : faultsBy(validate, value);
};
