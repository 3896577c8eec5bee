import { dispatch } from "./dispatch.ts";
import { oom } from "./oom.ts";
import { options } from "./options.ts";
import { vram } from "./vram.ts";

export const messages = { dispatch, oom, options, vram };
