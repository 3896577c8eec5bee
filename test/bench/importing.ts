import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomFrom } from "#test/drafting/bad-document";
import type { Figure } from "./figure.ts";

const ROOT = join(import.meta.dirname, "../..");
const BYTES = 10 * 1024 * 1024;
const SAMPLE_MS = 20;
const english =
  "attention model layer weights gradient batch token cache memory training inference precision loss data rank adapter head query value key position score".split(
    " ",
  );
const chinese = "注意力 模型 参数 梯度 显存 批次 序列 训练 推理 量化 缓存 精度 优化器 状态 通信 并行".split(
  " ",
);

/** Markdown of so many bytes: questions in both languages under numbered headings, with bold-led lists and code. */
function largeMarkdown(bytes: number, seed: number): string {
  const random = randomFrom(seed);
  const some = (words: readonly string[], count: number, between: string): string =>
    Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(between);
  const parts: string[] = [];
  let size = 0;
  for (let number = 1; size < bytes; number += 1) {
    const points = Array.from({ length: 3 + Math.floor(random() * 7) }, () =>
      number % 2 === 0
        ? `1. **${some(chinese, 2, "")}**：${some(chinese, 14, "")}，${some(chinese, 9, "")}。\n`
        : `- **${some(english, 2, " ")}**: It ${some(english, 20, " ")}. The ${some(english, 14, " ")}.\n`,
    ).join("");
    const title =
      number % 2 === 0 ? `${some(chinese, 2, "的")}是什么？` : `What is the ${some(english, 2, " ")}?`;
    const part = `## ${number}. ${title}\n\n${points}\n\`\`\`python\nx = 1\n\`\`\`\n\n`;
    parts.push(part);
    size += Buffer.byteLength(part);
  }
  return parts.join("");
}

/** Seconds and peak resident MiB of `npm run rehearsal -- import`, without npm. */
async function importOnce(args: readonly string[]): Promise<{ seconds: number; mib: number }> {
  const script: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts.rehearsal;
  const [, ...flags] = String(script).split(" ");
  const begin = performance.now();
  const child = spawn(process.execPath, [...flags, "import", ...args], { cwd: ROOT, stdio: "ignore" });
  let mib = 0;
  const sampling = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      mib = Math.max(mib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It ended while /proc was read.
    }
  }, SAMPLE_MS);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`import ended with ${code}`);
  return { seconds: (performance.now() - begin) / 1000, mib };
}

/** How long a document of 10 MB takes, and how much memory: to be read, and to be written as a draft pack. */
export async function benchImporting(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
  try {
    const file = join(folder, "large.md");
    writeFileSync(file, largeMarkdown(BYTES, 1));
    const read = await importOnce([file, "--json"]);
    const written = await importOnce([file, "--json", "--out", join(folder, "pack")]);
    return [
      { name: "import: 10 MB of Markdown", value: read.seconds, unit: "s", limit: 5 },
      { name: "import: 10 MB of Markdown, peak memory", value: read.mib, unit: "MiB", limit: 300 },
      { name: "import: the same, written as a draft pack", value: written.seconds, unit: "s" },
      { name: "import: the same, written as a draft pack, peak memory", value: written.mib, unit: "MiB" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
