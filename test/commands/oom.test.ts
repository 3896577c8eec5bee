import { beforeAll, describe, expect, test } from "vitest";
import { oom } from "#commands/oom";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import { remedies, sentence } from "#test/core/oom/samples";
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

const ask = async (locale: Locale, text?: string): Promise<Reply> =>
  oom.run(
    {
      tenant: tenantIdSchema.parse("team"),
      channel: channelIdSchema.parse("study"),
      member: memberIdSchema.parse("ada"),
      role: "member",
      locale,
      command: "oom",
      input: { kind: "text", text: text ?? "" },
      options: text === undefined ? {} : { text },
      sentAt: 0,
      submission: submissionIdSchema.parse("1"),
    },
    servicesWith({ remedies }),
  );

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

  test("gives three fixes at most, the one for the cause first", () => {
    const list = english.blocks.find(({ kind }) => kind === "list");
    expect(list).toMatchObject({ ordered: true, items: { length: 3 } });
    expect(list && "items" in list && list.items[0]).toMatch(/^Find and stop/);
  });

  test("says why the message's own hint does not help here, and what to send if it persists", () => {
    expect(wordsOf(english)).toContain(
      "Not useful here: expandable_segments (the idle cache is only 0.78 GiB).",
    );
    expect(wordsOf(english)).toMatch(/If it persists.*nvidia-smi/);
    expect(wordsOf(chinese)).toMatch(/这里没用的：expandable_segments.*\n还不行，请告诉我：.*nvidia-smi/);
  });

  test("only the member who asked sees it", () => {
    expect(english.visibility).toBe("private");
  });

  test("never says back what was pasted", async () => {
    const secret = "/home/ada/secret/token=abc123 @everyone";
    const reply = wordsOf(await ask("en", `${secret}\n${SHARED_CARD}\n${secret}`));
    expect(reply).not.toMatch(/secret|abc123|@everyone/);
  });

  test("writes the fix as the member's trainer wants it", async () => {
    const text = `axolotl train\n${SHARED_CARD.replace("83.05 GiB", "23.65 GiB")}`;
    expect(wordsOf(await ask("en", text))).toContain("Write: micro_batch_size: 1");
  });

  test("offers no GPU remedy for a process that was killed", async () => {
    const words = wordsOf(await ask("en", "exits with return code = -9"));
    expect(words).toContain("host RAM (not the GPU)");
    expect(words).not.toMatch(/micro-batch per GPU|Set PYTORCH_CUDA_ALLOC_CONF/);
  });

  test("asks one question where the words say too little", async () => {
    const words = wordsOf(await ask("zh", "训练到一半就停了"));
    expect(words).toBe(
      "现在判断不了是显存还是内存。\n要判断清楚，还需要知道：能发最后 30 行日志，以及 dmesg -T | grep -i oom 的输出吗？",
    );
  });
});

describe("/oom alone", () => {
  test("shows the playbook with the source document put right, in either language", async () => {
    expect(wordsOf(await ask("en"))).toMatch(/Out of memory: what to try.*Put right:/s);
    expect(wordsOf(await ask("zh", "  "))).toMatch(/最管用的排在前面.*订正：/s);
  });
});
