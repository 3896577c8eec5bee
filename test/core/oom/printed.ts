import { readFileSync } from "node:fs";
import { z } from "zod";

const gib = z.number().nullable();

const FIXTURES = new URL("../../fixtures/oom/printed.json", import.meta.url);

/** Messages as programs printed them, with what they say; the threads they stand in are named. */
export const printed = z
  .array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      text: z.string(),
      /** `kind/subkind` */
      names: z.string(),
      gib: z.strictObject({
        tried: gib,
        total: gib,
        allocated: gib,
        reserved: gib,
        free: gib,
        other_process: gib,
      }),
    }),
  )
  .parse(JSON.parse(readFileSync(FIXTURES, "utf8")));
