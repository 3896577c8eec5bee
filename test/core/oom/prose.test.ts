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
    ["微调到第三轮的时候内存越涨越高,最后被系统干掉", "host_ram"],
    ["RAM creeps up by a gigabyte each epoch until the box dies", "host_ram"],
    ["每过一百步 CPU 内存就多几个 G,从来不降", "host_ram"],
    ["显存每步都往上涨,几百步以后就爆", "gpu_device"],
    ["VRAM usage climbs with every batch and never comes back", "gpu_device"],
    ["切分词器的时候 64G 内存全被吃完,进程没了", "host_ram"],
    ["building the tokenised dataset used up all the RAM on my server", "host_ram"],
    ["加载模型的时候直接 Killed,是不是显存不够?", "host_ram"],
    ["it says just Killed, could it be that my VRAM is too small?", "host_ram"],
    ["单机八卡 LoRA 微调 14B,每张卡的显存都不够", "gpu_device"],
    ["my two 3090s don't have enough VRAM for a 13B full fine-tune", "gpu_device"],
    ["推理服务跑一晚上显存不释放,早上就报显存不足", "gpu_device"],
    ["容器里跑,内存到上限就被 kill,退出码 137", "host_ram"],
    ["页面文件太小,训练起不来", "host_ram"],
    ["colab 免费版一加载 7B 就说 RAM 用完了", "host_ram"],
    ["dataloader 开 16 个 worker 就报共享内存不足", "shm"],
    ["too many open files after two epochs", "fd_limit"],
    ["checkpoint 存到一半提示磁盘空间不足", "disk"],
    ["启动 sglang 提示 KV cache 空间不够", "gpu_kv_cache"],
    ["m2 max 上跑 lora,统一内存爆了", "unified"],
    ["loss 一开始就是 nan,显存只用了一半", "none"],
    ["训练时报 illegal memory access,重启就好", "none"],
    ["内存占用一路上涨（不是显存那边），num_workers 开了 12", "host_ram"],
    ["不是内存满了，是显存不够用", "gpu_device"],
    ["显存没问题，内存爆了", "host_ram"],
    ["CPU 内存够用，是显卡爆了", "gpu_device"],
    ["没有显存了，加载不完", "gpu_device"],
    ["pin_memory=True 已经设了，可训练时显存不足", "gpu_device"],
    ["--shm-size=32g 加过了，训练还是显存不够", "gpu_device"],
    ["ulimit -n is raised already, the GPU still runs out of memory", "gpu_device"],
    ["多卡训练，内存持续增大，num_workers 调小也一样，显存没有变化", "host_ram"],
    ["內存不足，系統把訓練砍了，顯卡還很空", "host_ram"],
    ["提示打开的文件太多，数据读不出来", "fd_limit"],
    ["这个模型一张显卡装不下", "gpu_device"],
    ["the model does not fit on one card of 24 GB", "gpu_device"],
    ["每个进程都读一份权重，机器内存直接干满", "host_ram"],
    ["loading takes more than 80 GB of RAM and the box dies", "host_ram"],
    ["内存占用到 99%，然后整台电脑卡住", "host_ram"],
    ["NCCL 通信超时，八张卡都停了", "none"],
    ["ImportError: cannot import name FooBar from transformers", "none"],
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
    "进程怎么 kill 掉,释放显存",
    "how much VRAM does a 7B model take with LoRA",
    "训练很慢,GPU 利用率只有两成",
    "the loss keeps growing and gradients explode",
    "梯度爆炸怎么办",
    "数据集有 50GB,会不会太大",
    "4090 的显存够不够训练 7B",
    "梯度累积能省显存吗",
    "I killed the run myself, how do I resume it?",
    "kill 掉僵尸进程之后怎么继续",
    "run 12 was killed by user",
    "加了 --shm-size=32g 还是 OOM",
    "训练卡住不动,GPU 利用率 100%",
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
