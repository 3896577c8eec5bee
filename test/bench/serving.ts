import { openPage } from "#test/e2e/page-server";
import type { Figure } from "./figure.ts";

/** A large team that uses every attempt: each answer is compared with all before it. */
const MEMBERS = 50;
const ANSWERS = MEMBERS * 3;

const answerText =
  "灾难性遗忘是指学了新任务，把旧任务的能力忘了。Mix some old data into the training set, freeze most layers and train LoRA only; EWC penalises changes of important weights.";

/** Every byte of a first visit, without the replies to what the member then does. */
async function pageBytes(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  const linked = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path ?? "");
  const paths = new Set([...linked, "/api/commands", "/api/desk"]);
  let bytes = Buffer.byteLength(html);
  for (const path of paths) bytes += (await (await fetch(url + path)).arrayBuffer()).byteLength;
  return bytes;
}

/** One answer over HTTP, from the request to the last byte of the verdict, in milliseconds. */
async function answerMs(url: string, build: string, answer: number): Promise<number> {
  const body = JSON.stringify({
    build,
    as: `member-${answer % MEMBERS}`,
    locale: "zh",
    submission: `bench-${answer}`,
    theme: "light",
    pictures: true,
    command: "answer",
    input: { kind: "typed", options: { text: `${answerText} (${answer})` } },
  });
  const headers = { "content-type": "application/json" };
  const begin = performance.now();
  const response = await fetch(`${url}/api/request`, { method: "POST", headers, body });
  const text = await response.text();
  const ms = performance.now() - begin;
  if (!text.includes('"verdicts"')) throw new Error(`no verdict came back: ${text.slice(0, 200)}`);
  return ms;
}

/** The page in this process with a real data file: its size, and from an answer sent to its verdict. */
export async function benchServing(): Promise<Figure[]> {
  const { url, served, stop } = await openPage();
  const bytes = await pageBytes(url);
  const times: number[] = [];
  for (let answer = 0; answer < ANSWERS; answer += 1) times.push(await answerMs(url, served.build, answer));
  await stop();
  const p99 = times.toSorted((one, other) => one - other)[Math.ceil(ANSWERS * 0.99) - 1] ?? Number.NaN;
  return [
    { name: "the page in all", value: bytes / 1000, unit: "kB", limit: 300 },
    { name: "answer to verdict over HTTP, p99", value: p99, unit: "ms", limit: 100 },
  ];
}
