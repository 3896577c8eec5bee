import { join } from "node:path";
import { z } from "zod";
import {
  architectureSchema,
  gpuSchema,
  type ModelCatalogue,
  measurementSchema,
  namesSchema,
} from "#core/vram/catalogue";
import { type ContentFault, ContentFaults } from "./fault.ts";
import { readContentFile } from "./file.ts";

/** Reads once, when first asked: /vram is not on the way of a bot that starts. */
function lazily<Value>(read: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/**
 * The models, cards and published runs of a content folder. Nothing is read before it is asked for.
 *
 * @param content the folder that holds `models/`
 * @throws when asked, ContentFaults where a file is missing or is not what its schema says
 */
export function loadModels(content: string): ModelCatalogue {
  const read = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> => {
    const faults: ContentFault[] = [];
    const file = readContentFile(join(content, "models", name), schema, faults);
    if (file === undefined) throw new ContentFaults(faults);
    return file.value;
  };
  const architectures = lazily(() => read("architectures.json", z.array(architectureSchema)));
  const gpus = lazily(() => read("gpus.json", z.array(gpuSchema)));
  const names = lazily(() => read("names.json", namesSchema));
  const measurements = lazily(() => read("measurements.json", z.array(measurementSchema)));
  const aside = lazily(() => read("measurements-aside.json", z.array(measurementSchema)));
  return {
    get architectures() {
      return architectures();
    },
    get gpus() {
      return gpus();
    },
    get measurements() {
      return measurements();
    },
    get aside() {
      return aside();
    },
    get names() {
      return names();
    },
  };
}
