import { describe, expect, test } from "vitest";
import { diagnose } from "#core/oom/diagnosis";
import { remedies, sentence } from "#test/core/oom/samples";

const full = {
  tried: "512.00 MiB",
  total: "24.00 GiB",
  free: "100.00 MiB",
  allocated: "22.50 GiB",
  idle: "300.00 MiB",
};
const read = (text: string) => diagnose(text, remedies, "en");
const firstFix = (text: string) => read(text).fixes[0]?.id;

describe("the figures of a card decide the cause", () => {
  test("63 MiB more free than asked for may still be what the driver keeps back", () => {
    expect(read(sentence({ ...full, tried: "100.00 MiB", free: "163.00 MiB" })).subkind).toBe("capacity");
  });

  test("65 MiB more free than asked for is a failure with room to spare", () => {
    const text = sentence({ ...full, tried: "100.00 MiB", free: "165.00 MiB" });
    expect(read(text).subkind).toBe("free_exceeds_request");
    expect(firstFix(text)).toBe("driver");
  });

  test("a request larger than the card is a wrong shape, however full the card is", () => {
    const text = sentence({ ...full, tried: "30.00 GiB" });
    expect(read(text).subkind).toBe("request_exceeds_device");
    expect(firstFix(text)).toBe("fix-shape");
  });

  test("more allocated than the card has means that the driver spills to host RAM", () => {
    const text = sentence({ ...full, total: "12.00 GiB", free: "0 bytes", allocated: "20.00 GiB" });
    expect(read(text).subkind).toBe("sysmem_fallback");
    expect(read(text).numbers.free_gib).toBe(0);
  });

  test("more than a quarter of the tensors in private pools points at CUDA graphs", () => {
    const text = sentence({ ...full, allocated: "22.00 GiB", pools: "12.00 GiB", idle: "200.00 MiB" });
    expect(read(text).subkind).toBe("cuda_graph_pool");
    expect(read(text).numbers.private_pools_gib).toBe(12);
  });

  test("a cap below the card is what was met, not the card", () => {
    const text = sentence({ ...full, free: "13.00 GiB", allocated: "9.80 GiB", allowed: "10.00 GiB" });
    expect(read(text).subkind).toBe("allocator_limit");
    expect(firstFix(text)).toBe("raise-cap");
  });

  test("a cache that would not fit beside the tensors is the whole cache, tensors among it", () => {
    const { numbers, subkind } = read(
      "CUDA out of memory. Tried to allocate 200.00 MiB (GPU 0; 16.00 GiB total capacity; 14.50 GiB already allocated; 40.00 MiB free; 14.75 GiB cached)",
    );
    expect(numbers.reserved_gib).toBe(14.75);
    expect(subkind).toBe("capacity");
  });

  test("an idle cache that covers the gap is fragmentation", () => {
    const text = sentence({ ...full, tried: "2.00 GiB", allocated: "19.80 GiB", idle: "3.00 GiB" });
    expect(read(text).subkind).toBe("fragmentation");
    expect(firstFix(text)).toBe("expandable-segments");
  });

  test("an idle cache that does not cover the gap is not fragmentation, and its remedy is not advised", () => {
    const text = sentence({ ...full, tried: "4.00 GiB", allocated: "20.80 GiB", idle: "2.00 GiB" });
    expect(read(text).subkind).toBe("capacity");
    expect(read(text).fixes.map(({ id }) => id)).not.toContain("expandable-segments");
  });

  test("one temporary of more than a quarter of the card is named as such", () => {
    expect(read(sentence({ ...full, tried: "8.00 GiB" })).subkind).toBe("large_request");
  });

  test("the stack's phase refines a full card", () => {
    const text = `  File "modeling.py", line 9, in forward\n    loss = F.cross_entropy(logits, labels)\n${sentence(full)}`;
    expect(read(text).subkind).toBe("loss_logits");
    expect(firstFix(text)).toBe("fused-loss");
  });
});

describe("who holds the card", () => {
  test("of two listed processes, the one that fits what PyTorch reserved is this one", () => {
    const processes = "Process 100 has 6.00 GiB memory in use. Process 200 has 17.30 GiB memory in use. ";
    const { subkind, numbers } = read(
      sentence({ ...full, allocated: "16.00 GiB", idle: "0.80 GiB", processes }),
    );
    expect(subkind).toBe("other_process");
    expect(numbers.other_process_gib).toBe(6);
  });

  test("a single listed process that fits is this one, seen from outside its container", () => {
    const { subkind, numbers } = read(
      sentence({ ...full, processes: "Process 562167 has 23.30 GiB memory in use. " }),
    );
    expect(subkind).toBe("capacity");
    expect(numbers.other_process_gib).toBeNull();
  });

  test("what nobody names shows as the difference", () => {
    const { subkind, numbers } = read(sentence({ ...full, total: "80.00 GiB" }));
    expect(subkind).toBe("other_process");
    expect(numbers.other_process_gib).toBeCloseTo(80 - 0.0977 - 22.793, 2);
  });

  test("figures that add up to more than the card are not trusted blindly", () => {
    const processes =
      "Process 9 has 9.00 GiB memory in use. Including non-PyTorch memory, this process has 23.30 GiB memory in use. ";
    expect(read(sentence({ ...full, processes })).confidence).toBe("medium");
    expect(read(sentence(full)).confidence).toBe("high");
  });

  test("a process's own context is not called another process", () => {
    expect(read(sentence(full)).numbers.other_process_gib).toBeNull();
  });
});

describe("which error a log is about", () => {
  test("the first failing rank's message is read, not a later one's", () => {
    const log = `[rank1]: ${sentence(full)}\n[rank0]: ${sentence({ ...full, tried: "9.00 GiB", total: "80.00 GiB" })}`;
    expect(read(log).numbers).toMatchObject({ tried_gib: 0.5, total_gib: 24 });
  });

  test("ranks that were left waiting do not make it a timeout", () => {
    const log = `${sentence(full)}\n[Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=8)`;
    expect(read(log).kind).toBe("gpu_device");
  });

  test("a launcher that kills the other ranks does not make it host RAM", () => {
    const log = `${sentence(full)}\ntorch.distributed.elastic: failed (exitcode: -9) local_rank: 1`;
    expect(read(log).kind).toBe("gpu_device");
  });

  test("the boilerplate that names device-side assertions is not an assertion", () => {
    const log =
      "torch.AcceleratorError: CUDA error: out of memory\nCompile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.";
    expect(read(log)).toMatchObject({ kind: "gpu_device", subkind: "bare", confidence: "medium" });
  });

  test.each([
    ["exits with return code = -9", "host_ram", "medium"],
    ["exits with return code = −9", "host_ram", "medium"],
    ["exits with return code = -6", "none", "high"],
    ["Container exited with code 137", "host_ram", "medium"],
    ["NCCL WARN Cuda failure 2 'out of memory'", "gpu_device", "high"],
    ["OSError: [Errno 122] Disk quota exceeded", "disk", "high"],
    ["OSError: [Errno 28] No space left on device: '/dev/shm/torch_1'", "shm", "high"],
    ["RuntimeError: out of memory raised from CuMemAllocator at wake_up", "gpu_kv_cache", "high"],
    ["!block->expandable_segment_ INTERNAL ASSERT FAILED at CUDACachingAllocator.cpp", "none", "high"],
    ["RuntimeError: Unable to find a valid cuDNN algorithm to run convolution", "gpu_device", "high"],
    ["RuntimeError: DataLoader worker is killed by signal: Bus error", "shm", "high"],
  ])("%s is %s, sure: %s", (text, kind, confidence) => {
    expect(read(text)).toMatchObject({ kind, confidence });
  });
});
