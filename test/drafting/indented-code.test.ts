import { describe, expect, it } from "vitest";
import { areCode } from "#src/drafting/code-like";
import { draftOf, saidIn } from "./said.ts";

const QUORUM = "\n## 2. What is a quorum?\n\nMore than half of the replicas agree.\n";
const asked = (body: string): string => `## 1. How do you free a cache?\n\n${body}${QUORUM}`;

describe("Code that stands further in is no key point", () => {
  it.each([
    ["four spaces", "Drop the references first.\n\n    torch.cuda.empty_cache()\n    gc.collect()\n"],
    ["a tab", "Drop the references first.\n\n\tlease = store.grant(ttl=10)\n\tlease.revoke()\n"],
    [
      "a list",
      "- Drop the references first.\n\n      del model\n      del optimizer\n\n- Collect garbage in the process.\n",
    ],
    [
      "a numbered list",
      '1. Drop the references first.\n\n       client.lock("cache")\n\n2. Collect garbage in the process.\n',
    ],
    [
      "a comment above it",
      "Drop the references first.\n\n    # frees the blocks\n    free(cache);\n\n    # and the rest\n",
    ],
    ["a command", "Drop the references first.\n\n    docker run --rm -it cache:1.2 sh\n"],
    ["a query", "Drop the references first.\n\n    SELECT key FROM cache\n    WHERE age > 10\n"],
    ["settings", "Drop the references first.\n\n    cache:\n      size: 10\n      policy: lru\n"],
  ])("%s", async (_kind, body) => {
    const said = (await saidIn("a.md", asked(body)))[0]?.[1] ?? [];
    expect(said[0]).toMatch(/^Drop the references first/u);
    expect(said.join("\n")).not.toMatch(/\(|del |docker|SELECT|WHERE|size|frees|policy/u);
  });

  it("and opens no question and no part of an answer, whatever its comments look like", async () => {
    const draft = await draftOf(
      "a.md",
      asked("Drop the references first.\n\n    x = cache[0]\n    # What is it?\n    del x\n"),
    );
    expect(draft.questions.map(({ title }) => title)).toEqual([
      "How do you free a cache?",
      "What is a quorum?",
    ]);
    expect(draft.questions[0]?.unused).toEqual([]);
  });
});

describe("Sentences that stand further in stay answers", () => {
  it.each([
    [
      "in English",
      "    The cache is cut into blocks of a fixed size.\n    Requests with one prefix share them.\n",
    ],
    ["in Chinese", "    把缓存切成固定大小的块，按需分配。\n"],
    [
      "as a list in a list",
      "- Memory\n    - The cache is cut into blocks.\n    - Requests share them in memory.\n",
    ],
    ["as an equation", "    memory = weights + gradients + states\n"],
  ])("%s", async (_kind, body) => {
    expect((await draftOf("a.md", asked(body))).questions[0]?.scorable).toBe(true);
  });

  it("though a word of them opens a statement elsewhere", () => {
    for (const line of [
      "For each request the cache is read.",
      "Return the lock to the pool when it ends.",
      "class imbalance hurts recall",
      "from the cache to the disk",
      "softmax(x) is normalised over the keys",
      "如果缓存 = 内存，那么读得快。",
    ])
      expect(areCode([line]), line).toBe(false);
  });
});
