import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Conversation, root, startLine } from "#test/e2e/conversation";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-day-"));
  chmodSync(folder, 0o777);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  REHEARSAL_DATA: join(folder, "data"),
  REHEARSAL_LOCALE: "en",
  REHEARSAL_ZONE: "Asia/Shanghai",
  REHEARSAL_PORT: "0",
  ...more,
});

const pipe = (input: string, flags: readonly string[] = ["--terminal"], env = settings()) => {
  const [program = "", ...args] = startLine(...flags);
  return spawnSync(program, args, { cwd: root, env: { ...process.env, ...env }, input, encoding: "utf8" });
};

describe("A newcomer's first day at the terminal", () => {
  it("goes from the question through score, hints and streak to the reveal and practice", async () => {
    const day = new Conversation(startLine(), settings());
    await day.sees(/What is catastrophic forgetting/);
    await day.sees(/> $/);

    day.type("学新任务时把旧的忘了；可以混入旧数据一起训，或者冻结大部分层只训 LoRA。");
    const verdict = await day.sees(/Open until.*\n/);
    expect(verdict).toMatch(/Score \d+ \/ 100/);
    expect(verdict).toMatch(/✔ Hit: /);
    expect(verdict).toContain("“");
    expect(verdict).toMatch(/○ Not mentioned yet: key point \d+\n\s+Hint: /);

    day.type("/hint");
    await day.sees(/Hint 1 of 2/);
    day.type("/streak");
    await day.sees(/Streak: \d day/);
    day.type("/history");
    await day.sees(/After fine-tuning/);
    day.type("/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090");
    await day.sees(/GiB/);
    day.type(
      "/oom CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 23.65 GiB total capacity; 21.00 GiB already allocated; 1.10 GiB free; 21.50 GiB reserved in total by PyTorch)",
    );
    await day.sees(/GPU/);
    day.type("/close");
    const reveal = await day.sees(/What an interviewer may ask next/);
    expect(reveal).toContain("The source is wrong here");
    expect(reveal).toContain("From “大模型算法面试题(十四)”");
    expect(reveal).toContain("A model answer");
    day.type("/quiz");
    await day.sees(/For practice/);
    day.type("/help");
    await day.sees(/\/vram/);
    day.type("/quit");
    await day.sees(/See you tomorrow/);
    expect(await day.exited).toBe(0);
  });

  it.each([
    ["Ctrl-D", "\u0004"],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-C in the middle of a line", "half an ans\u0003"],
  ])("ends with a goodbye at %s", async (_, keys) => {
    const day = new Conversation(startLine(), settings());
    await day.sees(/> $/);
    day.press(keys);
    const seen = await day.sees(/See you tomorrow/);
    expect(seen).not.toContain("Error");
    expect(await day.exited).toBe(0);
  });

  it("takes a pasted answer of several lines as one, once Enter is pressed", async () => {
    const day = new Conversation(startLine(), settings());
    await day.sees(/> $/);
    day.paste(
      "First, freeze most layers and train LoRA.\nSecond, replay old data.\nThird, add an EWC penalty",
    );
    day.type("");
    const seen = await day.sees(/answer \d of 3/);
    expect(seen).toContain("answer 1 of 3");
    day.type("/quit");
    await day.exited;
  });

  it("keeps everything when the process is killed in the middle", async () => {
    const first = new Conversation(startLine(), settings());
    await first.sees(/> $/);
    first.type("Freeze most of the layers, train LoRA only, and replay some of the old data.");
    await first.sees(/answer 1 of 3/);
    first.kill();
    await first.exited;
    const second = new Conversation(startLine(), settings());
    await second.sees(/2 answers left/);
    second.type("/history");
    await second.sees(/q1-catastrophic-forgetting/);
    second.type("/quit");
    await second.exited;
  });
});

describe("The terminal as a pipe", () => {
  it("answers a command and ends", () => {
    const run = pipe("/vram 7b qlora\n");
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(/GiB/);
    expect(run.stdout).not.toContain("catastrophic");
    expect(run.status).toBe(0);
  });

  it("speaks Chinese where the machine does", () => {
    const run = pipe("/help\n", ["--terminal"], {
      ...settings(),
      REHEARSAL_LOCALE: "",
      LC_ALL: "zh_CN.UTF-8",
    });
    expect(run.stdout).toContain("今天的题");
  });

  it("survives a reader that leaves", () => {
    const [program = "", ...args] = startLine("--terminal");
    const line = [program, ...args].map((word) => `'${word}'`).join(" ");
    const run = spawnSync("bash", ["-c", `printf '/help\\n/help\\n/help\\n' | ${line} | head -n 1`], {
      cwd: root,
      env: { ...process.env, ...settings() },
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.stdout.trim()).toBe("Commands");
  });
});

/** The superuser may write wherever there is a disk; nobody may make a folder in /sys. */
const unwritable = (): string => (process.getuid?.() === 0 ? "/sys/rehearsal" : join(folder, "data"));

describe("What the operator can mend is said in one sentence, without a stack", () => {
  const oneSentence = (
    run: { stdout: string; stderr: string; status: number | null },
    sentence: RegExp,
  ): void => {
    // Here no terminal reads it: it is one line as those of the log are.
    const { level, msg, err } = JSON.parse(run.stderr) as Record<string, unknown>;
    expect([level, err]).toEqual(["error", undefined]);
    expect(msg).toMatch(sentence);
    expect(run.status).toBe(1);
    expect(run.stdout).toBe("");
  };

  it("a second process on the same data", async () => {
    const first = new Conversation(startLine(), settings());
    await first.sees(/> $/);
    oneSentence(
      pipe("/help\n"),
      /^Another Rehearsal is using .*rehearsal\.db\. Stop it, or .*REHEARSAL_DATA=/,
    );
    oneSentence(
      pipe("/help\n", ["--terminal"], settings({ REHEARSAL_LOCALE: "zh" })),
      /^另一个 Rehearsal 正在用/,
    );
    first.type("/streak");
    await first.sees(/Streak/);
    first.type("/quit");
    await first.exited;
  });

  it("a folder that cannot be written", () => {
    chmodSync(folder, 0o555);
    const run = pipe("", ["--terminal"], settings({ REHEARSAL_DATA: unwritable() }));
    oneSentence(run, /cannot be written\. Make its folder writable/);
    chmodSync(folder, 0o777);
  });

  it("a data file that is something else", () => {
    execFileSync("mkdir", ["-p", join(folder, "data")]);
    writeFileSync(join(folder, "data/rehearsal.db"), "These are my notes, not a database. ".repeat(400));
    oneSentence(pipe("/help\n"), /is not a Rehearsal data file, or is damaged/);
  });

  it("a port that is taken: the program ends, and leaves the data file to others", async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const own = settings({ REHEARSAL_PORT: port });
    oneSentence(pipe("", [], own), new RegExp(`^Port ${port} is taken.*REHEARSAL_PORT=`));
    await new Promise((closed) => taken.close(closed));
    expect(pipe("/streak\n", ["--terminal"], own).stdout).toContain("Streak");
  });

  it("wrong settings, all of them at once", () => {
    const run = pipe(
      "/help\n",
      ["--terminal"],
      settings({ REHEARSAL_ZONE: "Mars/Olympus", REHEARSAL_LOG: "loud" }),
    );
    oneSentence(run, /REHEARSAL_ZONE: [\s\S]*REHEARSAL_LOG: /);
  });

  it("a flag that does not exist", () => {
    oneSentence(pipe("", ["--terminl"]), /There is no option --terminl/);
    oneSentence(pipe("", ["--as", "x".repeat(300)]), /--as takes a name/);
  });

  it("an older Node", () => {
    const older = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
    const run = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(older)}`, ...startLine().slice(1)],
      {
        cwd: root,
        encoding: "utf8",
        input: "",
      },
    );
    expect(run.stderr.split("\n")[0]).toBe(
      'Rehearsal needs Node 24 and found 20.20.2: run "npm ci" (without --ignore-scripts), then use "npm start".',
    );
    expect(run.stderr).toContain("需要 Node 24");
    expect(run.status).toBe(1);
  });
});
