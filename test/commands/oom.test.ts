import { beforeAll, describe, expect, test } from "vitest";
import { oom } from "#commands/oom";
import { vram } from "#commands/vram";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import type { Action, Block, Reply } from "#core/reply";
import { models, remedies, sentence } from "#test/core/oom/samples";
import { servicesWith } from "#test/doubles/services";
import { wordsOf } from "#test/doubles/team";

const SHARED_CARD = sentence({
  tried: "768.00 MiB",
  total: "83.05 GiB",
  free: "140.38 MiB",
  processes: "Including non-PyTorch memory, this process has 23.33 GiB memory in use. ",
  allocated: "21.92 GiB",
  pools: "104.00 MiB",
  idle: "797.79 MiB",
});
const FULL_CARD = sentence({
  tried: "2.32 GiB",
  total: "23.65 GiB",
  free: "1.20 GiB",
  allocated: "21.50 GiB",
  idle: "491.00 MiB",
});

const request = (locale: Locale, command: string) => ({
  tenant: tenantIdSchema.parse("team"),
  channel: channelIdSchema.parse("study"),
  member: memberIdSchema.parse("ada"),
  role: "member" as const,
  locale,
  command,
  input: { kind: "text", text: "" } as const,
  sentAt: 0,
  submission: submissionIdSchema.parse("1"),
});
const services = servicesWith({ remedies, models });

const send = async (locale: Locale, options: Record<string, unknown>): Promise<Reply> =>
  oom.run({ ...request(locale, "oom"), options: oom.options.parse(options) }, services);
const ask = async (locale: Locale, text?: string): Promise<Reply> =>
  send(locale, text === undefined ? {} : { text });

const blocksOf = <Kind extends Block["kind"]>(reply: Reply, kind: Kind): Extract<Block, { kind: Kind }>[] =>
  reply.blocks.filter((block): block is Extract<Block, { kind: Kind }> => block.kind === kind);

/** What the button with this label does. */
const actionOf = (reply: Reply, label: string): Action => {
  const buttons = blocksOf(reply, "buttons").flatMap((block) => block.buttons);
  const found = buttons.find((button) => button.label === label);
  if (found === undefined)
    throw new Error(`no button ${label} among ${buttons.map((button) => button.label)}`);
  return found.action;
};

describe("/oom with a message", () => {
  let english: Reply;
  let chinese: Reply;
  beforeAll(async () => {
    english = await ask("en", SHARED_CARD);
    chinese = await ask("zh", SHARED_CARD);
  });

  test("names the memory, who holds it and how sure that is", () => {
    expect(wordsOf(english)).toContain("Memory: GPU 0; mostly held by something else. Sure: high");
    expect(wordsOf(chinese)).toContain("内存种类：GPU 0 的显存。大半被别的进程占着。把握：高");
  });

  test("shows the sum and the least that is missing", () => {
    expect(wordsOf(english)).toContain(
      "83.05 total = 0.14 free + 21.92 yours + 0.78 idle cache + 59.58 others + 0.63 context and rest. Asked for 0.75: short by at least 0.61.",
    );
    expect(wordsOf(chinese)).toContain("请求 0.75，至少还差 0.61");
  });

  test("says what it is not", async () => {
    expect(wordsOf(await ask("en", FULL_CARD))).toContain("Not another process");
    expect(wordsOf(await ask("zh", "exits with return code = -9"))).toContain("不是显存：显存满了会报错");
  });

  test("gives three fixes at most, the one for the cause first, each with when it is of no use", () => {
    const [list] = blocksOf(english, "list");
    expect(list).toMatchObject({ ordered: true, items: { length: 3 } });
    expect(list?.items[0]).toMatch(/^Find and stop.*No use when: nobody else holds memory/);
  });

  test("says why the message's own hint does not help here, and what to send if it persists", () => {
    expect(wordsOf(english)).toContain(
      "Not useful here: expandable_segments (the idle cache is only 0.78 GiB).",
    );
    expect(wordsOf(english)).toMatch(/If it persists.*nvidia-smi/);
    expect(wordsOf(chinese)).toMatch(/这里没用的：expandable_segments.*\n还不行的话，请告诉我：.*nvidia-smi/);
  });

  test("only the member who asked sees it", () => {
    expect(english.visibility).toBe("private");
  });

  test("never says back what was pasted, in words, in buttons or in forms", async () => {
    const secret = "/home/ada/secret/token=hf_abc123 10.1.2.3 ada@example.org @everyone";
    const reply = JSON.stringify(await ask("en", `${secret}\n${SHARED_CARD}\n${secret}`));
    expect(reply).not.toMatch(/secret|abc123|10\.1\.2\.3|example\.org|@everyone|ada/);
  });

  test("writes the fix as the member's trainer wants it, and for no other", async () => {
    const [code] = blocksOf(await ask("en", `axolotl train\n${FULL_CARD}`), "code");
    expect(code?.text).toContain("micro_batch_size: 1");
    expect(code?.text).not.toContain("per_device_train_batch_size");
  });

  test("quotes the length that a server says would fit", async () => {
    const text =
      "ValueError: To serve at least one request with the models's max seq len (131072), (16.00 GiB KV cache is needed, which is larger than the available KV cache memory (0.71 GiB). Based on the available memory, the estimated maximum model length is 5632. vllm serve";
    const reply = await ask("en", text);
    expect(wordsOf(reply)).toContain("5632 tokens would fit");
    expect(blocksOf(reply, "code")[0]?.text).toContain("--max-model-len 5632");
  });

  test("offers no GPU remedy for a process that was killed", async () => {
    const words = wordsOf(await ask("en", "exits with return code = -9"));
    expect(words).toContain("host RAM (not the GPU)");
    expect(words).not.toMatch(/micro-batch per GPU|Set PYTORCH_CUDA_ALLOC_CONF/);
  });

  test("asks one question where the words say too little, takes the log in a form, and opens the playbook", async () => {
    const reply = await ask("zh", "训练到一半就停了");
    expect(wordsOf(reply)).toContain(
      "现在判断不了是显存还是内存。\n要判断清楚，先问一句：能发最后 30 行日志，以及 dmesg -T | grep -i oom 的输出吗？",
    );
    expect(blocksOf(reply, "form")[0]?.form).toMatchObject({
      fields: [{ option: "text", multiline: true }],
      action: { command: "oom" },
    });
    const buttons = blocksOf(reply, "buttons").flatMap((block) => block.buttons);
    expect(buttons.map(({ action }) => action)).toEqual([{ command: "oom", options: { show: "playbook" } }]);
  });
});

describe("/oom with a known run", () => {
  const run = "qwen2.5-7b lora bs=4 seq=4096";

  test("gives no advice for the card, and no verdict on it, where host RAM ran out", async () => {
    const text = "full fine-tuning of Qwen2.5-7B on a 4090, exits with return code = -9";
    const words = wordsOf(await ask("en", text));
    expect(words).toContain("Run: Qwen2.5-7B");
    expect(words).not.toMatch(/Checked with|should fit|cross-entropy|Offload the optimizer/);
  });

  test("says which of the fixes make it fit, where not all of them can be weighed", async () => {
    const text =
      "vllm serve Qwen2.5-32B-Instruct on 2x4090\nValueError: No available memory for the cache blocks.";
    expect(wordsOf(await ask("en", text))).toMatch(/after number \d( and \d)* it needs/);
    expect(wordsOf(await ask("zh", text))).toMatch(/做完第 \d(、\d)* 条/);
  });

  test("asks for the run in a form where the message names none, and answers it in GiB", async () => {
    const [form] = blocksOf(await ask("en", FULL_CARD), "form");
    expect(form?.form.fields[0]?.option).toBe("run");
    const answered = wordsOf(await send("en", { ...form?.form.action.options, run }));
    expect(answered).toMatch(/Run: Qwen2\.5-7B, LoRA, batch 4, 4096 tokens/);
    expect(answered).toMatch(/Saves: \d+\.\d\d GiB for this run/);
    expect(answered).toMatch(/Checked with \/vram: after .* of 23\.65 GiB, and fits with 10% to spare/);
  });

  test("takes the run out of the text where it stands there", async () => {
    const log = `model_name_or_path: Qwen/Qwen2.5-7B-Instruct\nfinetuning_type: lora\nper_device_train_batch_size: 4\ncutoff_len: 4096\n${FULL_CARD}`;
    const reply = await ask("zh", log);
    expect(wordsOf(reply)).toMatch(/配置：Qwen2\.5-7B，LoRA，batch 4，长度 4096.*用 \/vram 验算过/s);
    expect(blocksOf(reply, "form")).toEqual([]);
  });

  test("the run after the fixes goes to /vram with one button", async () => {
    const reply = await send("en", { text: FULL_CARD, run });
    const { command, options } = actionOf(reply, "Apply to /vram");
    expect(command).toBe("vram");
    expect(vram.options.parse(options)).toMatchObject({ model: "qwen2.5-7b", batch: 1 });
  });

  test("says so where no row of fixes makes it fit", async () => {
    const words = wordsOf(await send("en", { text: FULL_CARD, run: "qwen2.5-72b full bs=1 seq=2k" }));
    expect(words).toMatch(/even after all \d+ that I know for it/);
  });

  test("a run that /vram does not know is refused with the nearest names", async () => {
    await expect(send("en", { text: FULL_CARD, run: "qwen9.9-700b lora" })).rejects.toThrow(Refusal);
  });
});

describe("the buttons below a diagnosis", () => {
  test("“Still fails” gives the next fixes and the question that would tell most", async () => {
    const first = await ask("en", FULL_CARD);
    const next = await send("en", { ...actionOf(first, "Still fails").options });
    const shown = blocksOf(first, "list")[0]?.items ?? [];
    const further = blocksOf(next, "list")[0]?.items ?? [];
    expect(further.length).toBeGreaterThan(0);
    expect(further.filter((item) => shown.includes(item))).toEqual([]);
    expect(wordsOf(next)).toMatch(/What would tell most now: Which trainer/);
  });

  test("“Explain” says how one can tell, and leads to the remedies' pages", async () => {
    const first = await ask("zh", SHARED_CARD);
    const why = await send("zh", { ...actionOf(first, "为什么").options });
    expect(wordsOf(why)).toMatch(/为什么：大半被别的进程占着.*五分之一.*总量 83\.05/s);
    expect(wordsOf(await send("zh", { ...actionOf(why, "卡上的别的进程").options }))).toContain(
      "没关的 notebook",
    );
  });

  test("a button carries no word of the paste and survives a change of language", async () => {
    const first = await ask("en", `unsloth SFTTrainer ${FULL_CARD}`);
    const { options } = actionOf(first, "Explain");
    expect(JSON.stringify(options).length).toBeLessThan(200);
    expect(wordsOf(await send("zh", { ...options }))).toContain("为什么：确实装满了");
  });

  test("a button of another version is refused, not guessed at", async () => {
    const about = `gpu_device/no_such_case${".1".repeat(14)}`;
    await expect(send("en", { about, show: "why" })).rejects.toThrow(Refusal);
  });
});

describe("/oom alone", () => {
  test("lists what the source document leaves out and its own remedies put right, in either language", async () => {
    expect(wordsOf(await ask("en"))).toMatch(
      /leaves out.*Gradient checkpointing.*put right:.*Smaller batch/s,
    );
    expect(wordsOf(await ask("zh", "  "))).toMatch(
      /文档没写.*梯度检查点.*逐条订正.*梯度累积：保住全局 batch，本身一点不省/s,
    );
  });

  test("every remedy is one pick away and says what it saves, costs and when it is useless", async () => {
    const [menu] = blocksOf(await ask("en"), "choices");
    expect(menu?.option).toBe("page");
    for (const { value } of menu?.choices ?? []) {
      const page = await send("en", { ...menu?.action.options, page: value });
      const labels = blocksOf(page, "fields").flatMap(({ fields }) => fields.map(({ label }) => label));
      expect({ value, labels }).toEqual({
        value,
        labels: expect.arrayContaining(["Saves", "Costs", "No use when"]),
      });
    }
  });

  test("a page with several fixes writes each by itself, so that no option stands twice in one block", async () => {
    const blocks = blocksOf(await send("en", { page: "lora" }), "code");
    expect(blocks.map(({ text }) => text.match(/^adapter: .*$/gm))).toEqual([
      ["adapter: lora"],
      ["adapter: qlora"],
    ]);
  });

  test("a remedy's name behind the command opens its page", async () => {
    expect(wordsOf(await ask("zh", "梯度累积"))).toContain("订正：它是用小 micro-batch 模拟大 batch");
    expect(wordsOf(await ask("en", "micro-batch"))).toContain("At 1 the lever is spent");
    await expect(send("en", { page: "prayer" })).rejects.toThrow(Refusal);
  });
});
