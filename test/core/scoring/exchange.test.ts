import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { compileRubric } from "#core/scoring/rubric";
import { loadGlossary } from "#src/content/library";
import { draftFiles } from "#src/drafting/files";
import { importDocument } from "#src/drafting/formats/format";

const glossary = loadGlossary();

async function rubricOf(document: string) {
  const { draft } = await importDocument("notes.md", Buffer.from(document));
  const [question] = draft.questions;
  if (question === undefined) throw new Error("the document gives no question");
  const files = draftFiles("drafted-sides", "drafted", question, glossary);
  return compileRubric(files.question, files.rubric, glossary);
}

const leases = await rubricOf(`## How do leases differ from locks?

- A lease ends by itself after a set time; a lock is held until it is released.
- A holder that is paused may believe that it still holds the lease, so a fencing token is needed.
- Clocks have to be monotonic, because wall clocks jump.
- Both need a store that all of the nodes can reach.
`);

const parallel = await rubricOf(`## 张量并行和流水线并行有什么区别？

- 张量并行把单层的矩阵切到多张卡上
- 流水线并行按层把模型切成若干段
- 张量并行每一层都要做一次集合通信，对带宽要求很高
- 流水线并行只在段的边界传递激活值，通信量小
`);

const verdictsOf = (answer: string, rubric: Awaited<ReturnType<typeof rubricOf>>) =>
  gradeLocally(answer, rubric).points.map(({ verdict }) => verdict);

describe("What is said of the two sides of a question", () => {
  it("counts where each has its own", () => {
    const right = "A lease ends by itself after a set time, a lock is held until it is released.";
    expect(verdictsOf(right, leases)[0]).toBe("hit");
    expect(verdictsOf("张量并行把单层的矩阵切到多张卡上，流水线并行按层切成若干段", parallel)[0]).toBe("hit");
  });

  it("counts for nothing where they are exchanged", () => {
    const wrong = "A lock ends by itself after a set time, while a lease is held until it is released.";
    expect(verdictsOf(wrong, leases)[0]).toBe("contradict");
    const swapped = "流水线并行把单层的矩阵切到多张卡上，每一层都要做一次集合通信，对带宽要求很高";
    expect(verdictsOf(swapped, parallel)[0]).not.toBe("hit");
  });

  it("counts for nothing where a document's own words are denied, also in a field that the grader has no words for", () => {
    expect(verdictsOf("If a holder is paused, no fencing token is needed.", leases)[1]).not.toBe("hit");
  });
});
