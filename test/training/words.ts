import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { readSaid, saidAlike } from "./said-alike.ts";
import { learnSenses } from "./senses.ts";

/**
 * First part of `npm run grade:drafts`: learns what words mean from everything that says the same in other words, and
 * writes it beside the grader. The same material gives the same bytes.
 */
const FILE = join(import.meta.dirname, "..", "..", "src", "core", "scoring", "senses.json");

const senses = learnSenses(saidAlike(loadLibrary(SHIPPED_CONTENT), readSaid(), new Set()));
writeFileSync(FILE, `${JSON.stringify(senses, null, 2)}\n`);
