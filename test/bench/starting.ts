import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Conversation } from "#test/e2e/conversation";
import type { Figure } from "./figure.ts";

/** Resident memory in MiB of the Node process whose command line holds `word`. */
function residentMib(word: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (!words.includes(word) || !words.includes("src/main.ts")) continue;
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
    } catch {
      // The process ended while /proc was read.
    }
  }
  throw new Error("the started process was not found");
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Has the page draw a picture, as a member's first /vram does. */
async function askForPicture(url: string): Promise<void> {
  const build = /data-build="([^"]+)"/.exec(await (await fetch(url)).text())?.[1];
  const asked = {
    build,
    as: null,
    locale: "zh",
    submission: "bench",
    theme: "light",
    pictures: true,
    command: "vram",
    input: { kind: "text", text: "qwen2.5-7b qlora" },
  };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/request`, {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
  });
  const reply = await response.text();
  if (!reply.includes("data:image/png")) throw new Error(`no picture came back: ${reply.slice(0, 200)}`);
}

/** From `npm start` in a terminal to the page and to the prompt, in a data folder of its own; the median of five. */
export async function benchStarting(): Promise<Figure[]> {
  const toPage: number[] = [];
  const toPrompt: number[] = [];
  let idle = 0;
  let used = 0;
  for (let run = 0; run < 5; run += 1) {
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
    const name = `bench-${process.pid}-${run}`;
    const begin = performance.now();
    const start = new Conversation(["npm", "start", "--", "--as", name], {
      REHEARSAL_DATA: folder,
      REHEARSAL_PORT: "0",
    });
    const url = /http:\S+/.exec(await start.sees(/http:\S+\n/))?.[0] ?? "";
    const page = await fetch(url);
    await page.text();
    if (!page.ok) throw new Error(`the page answered ${page.status}`);
    toPage.push((performance.now() - begin) / 1000);
    await start.sees(/> $/);
    toPrompt.push((performance.now() - begin) / 1000);
    idle = Math.max(idle, residentMib(name));
    await askForPicture(url);
    used = Math.max(used, residentMib(name));
    start.type("/quit");
    await start.exited;
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    { name: "npm start to the page answering", value: middle(toPage), unit: "s", limit: 1.5 },
    { name: "npm start to the prompt", value: middle(toPrompt), unit: "s", limit: 1.5 },
    { name: "resident memory, idle", value: idle, unit: "MiB", limit: 150 },
    // 200 MB, counted in MiB like the system does.
    { name: "resident memory, after a picture", value: used, unit: "MiB", limit: 190 },
  ];
}
