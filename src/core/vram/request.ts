import { z } from "zod";
import { detailOptions } from "./detail-options.ts";
import { runOptions } from "./run-options.ts";

/**
 * The options of /vram: the one schema for typed options, JSON lines and free text. `model`, `params` or `config` must
 * be there; what is missing or null beside them takes a stated default. Lengths are tokens; `params` is a plain count.
 */
export const vramOptions = z.object({ ...runOptions, ...detailOptions });

export type VramRequest = z.output<typeof vramOptions>;
