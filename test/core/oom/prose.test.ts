import { describe, expect, test } from "vitest";
import { diagnose } from "#core/oom/diagnosis";
import { remedies } from "#test/core/oom/samples";

const read = (text: string) => diagnose(text, remedies);

describe("what people write without a message", () => {
  test.each([
    ["一开训显存就爆了", "gpu_device"],
    ["刚跑第一个 batch 就爆显存", "gpu_device"],
    ["顯存不足,怎麼辦", "gpu_device"],
    ["显存溢出了,batch 已经是 1", "gpu_device"],
    ["24G卡上内存溢出,是显卡太小了吗", "gpu_device"],
    ["my GPU memory is full after one step", "gpu_device"],
    ["I run out of VRAM when the eval starts", "gpu_device"],
    ["LoRA on a 4090 goes OOM with batch size 2", "gpu_device"],
    ["训练到一半被 kill 掉", "host_ram"],
    ["进程莫名其妙被杀死了", "host_ram"],
    ["显存还有很多,但是进程被kill了", "host_ram"],
    ["512G内存全部爆了", "host_ram"],
    ["CPU 内存不够用,显卡倒是空的", "host_ram"],
    ["it gets killed while tokenizing, no error", "host_ram"],
    ["the machine runs out of system RAM with 16 workers", "host_ram"],
    ["docker 里共享内存不够", "shm"],
    ["/dev/shm is full", "shm"],
    ["磁盘满了,存不了 checkpoint", "disk"],
    ["GPU利用率为0,进程被系统杀掉了", "host_ram"],
    ["不是显存的问题,是CPU内存爆了", "host_ram"],
    ["记忆体不足被系统砍掉", "host_ram"],
    ["gpu memory is only 20% used but the process got killed", "host_ram"],
    ["RAM is fine but VRAM is full", "gpu_device"],
    ["it crashed with out-of-memory on my RTX 3070", "gpu_device"],
    ["把 max_length 从 2048 改到 4096 就爆", "gpu_device"],
    ["mac m1 16G 内存不足,跑7B模型", "unified"],
    ["WSL里 pin_memory 报 out of memory,显存还有20G", "pinned_host"],
    ["vllm部署32B模型,提示KV cache不够", "gpu_kv_cache"],
    ["loss 是 nan,是不是显存不够", "none"],
    ["NCCL timeout 是因为OOM吗", "none"],
    ["内存和显存都够,但是报 Bus error", "shm"],
  ])("%s → %s", (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });

  test.each([
    "训练到一半就停了",
    "内存不足",
    "OOM",
    "爆了,怎么办",
    "已终止",
    "it just stops after a while",
    "训练自动退出",
    "out of memory, help",
    "显存占用多少正常",
    "INFO GPU memory 12.3 GiB\n100%|██████| 100/100\nINFO done",
  ])("%s says too little, and one question is asked in its language", (text) => {
    const { kind, ask, fixes, confidence } = read(text);
    expect({ kind, confidence, fixes }).toEqual({ kind: "unknown", confidence: "low", fixes: [] });
    expect(ask).toMatch(/\p{Script=Han}/u.test(text) ? /日志/ : /log/);
  });

  test("a person's words never make more than a guess of it", () => {
    expect(read("显存爆了").confidence).toBe("low");
    expect(read("进程被 kill 了").confidence).toBe("medium");
  });

  test("an error that did not come up is not diagnosed", () => {
    expect(read("没有出现 OOM,只是变慢").kind).toBe("unknown");
  });

  test("the phase that a person names decides the advice", () => {
    expect(read("评估的时候爆显存").fixes[0]?.id).toBe("eval-logits");
    expect(read("保存模型的时候显存不足").fixes[0]?.id).toBe("sharded-save");
    expect(read("VRAM keeps growing until it runs out of GPU memory").fixes[0]?.id).toBe("leak");
  });

  test("what is done already is not advised again", () => {
    const ids = read("显存不足,batch size 已经是 1 了,也开了 LoRA").fixes.map(({ id }) => id);
    expect(ids).not.toContain("micro-batch");
    expect(ids).not.toContain("lora");
  });
});
