import { join } from "node:path";
import { estimate } from "#core/vram/estimate";
import { resolveModel } from "#core/vram/models";
import type { VramRequest } from "#core/vram/request";
import { vramOptions } from "#core/vram/request";
import type { Settings } from "#core/vram/settings";
import { settle } from "#core/vram/settle";
import { loadModels } from "#src/content/models";

/** The project's own catalogue. */
export const catalogue = loadModels(join(import.meta.dirname, "../../../content"));

export const shapeOf = (name: string) => resolveModel(name, null, catalogue).shape;

/** A request as a script would send it. */
export const request = (fields: Record<string, unknown>): VramRequest => vramOptions.parse(fields);

export const settingsFor = (fields: Record<string, unknown>): Settings =>
  settle(request(fields), catalogue).settings;

export const estimateFor = (fields: Record<string, unknown>) => estimate(request(fields), catalogue);
