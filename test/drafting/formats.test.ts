import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Draft } from "#src/drafting/draft";
import { importDocument, MOST_BYTES } from "#src/drafting/formats/format";

const draftOf = async (name: string, content: string | Buffer): Promise<Draft> =>
  (await importDocument(name, typeof content === "string" ? Buffer.from(content) : content)).draft;
const refusalOf = async (name: string, bytes: Buffer): Promise<string> => {
  const outcome = await importDocument(name, bytes).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Refusal)) throw new Error(`was not refused: ${String(outcome)}`);
  return outcome.sentence(messagesFor("en"));
};
const brief = ({ questions }: Draft): unknown =>
  questions.map(({ title, lines, points }) => ({ title, lines, points: points.map((point) => point.title) }));

const two = "1、什么是量化？\n把权重从高精度换成低精度来表示。\n2、什么是蒸馏？\n让小模型学大模型的输出。\n";
const drafted = [
  { title: "什么是量化？", lines: [1, 2], points: ["把权重从高精度换成低精度…"] },
  { title: "什么是蒸馏？", lines: [3, 4], points: ["让小模型学大模型的输出"] },
];

describe("A text", () => {
  it.each([
    ["UTF-8", Buffer.from(two)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${two}`)],
    ["UTF-16", Buffer.from(`\uFEFF${two}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${two}`, "utf16le").swap16()],
    ["Windows line ends", Buffer.from(two.replaceAll("\n", "\r\n"))],
  ])("in %s is read", async (_name, bytes) => {
    expect(brief(await draftOf("two.txt", bytes))).toEqual(drafted);
  });

  it("in GB 18030 is read", async () => {
    // 1、什么是量化？ and an answer, as Windows in China saves it.
    const bytes = Buffer.from(
      "31a1a2cab2c3b4cac7c1bfbbafa3bf0ab0d1c8a8d6d8b4d3b8dfbeabb6c8bbbbb3c9b5cdbeabb6c8c0b4b1edcabea1a30a",
      "hex",
    );
    expect(brief(await draftOf("one.txt", bytes))).toEqual(drafted.slice(0, 1));
  });

  it("with chapters, codes and tables gives points of its words only", async () => {
    const text = [
      "# Serving",
      "",
      "## 1. How does paging help?",
      "",
      "- **Blocks**: the cache is cut into blocks of a fixed size.",
      "- **Sharing**: requests with one prefix share its blocks.",
      "",
      "```python",
      "cache = {}  # 1. not a point",
      "```",
      "",
      "| a | b |",
      "|---|---|",
      "",
      "## References",
      "",
      "- [paper](https://example.com)",
    ].join("\n");
    const draft = await draftOf("serving.md", text);
    expect(brief(draft)).toEqual([
      { title: "How does paging help?", lines: [3, 13], points: ["Blocks", "Sharing"] },
    ]);
    expect(draft.dropped.map(({ reason }) => reason)).toEqual(["before the first question", "references"]);
  });

  it("that asks without numbers or headings is read by its question marks", async () => {
    const text = "为什么要用键值缓存？\n每步不必重算前面的词元。\n\n它的代价是什么？\n显存占用随长度增长。\n";
    expect(brief(await draftOf("notes.txt", text))).toEqual([
      { title: "为什么要用键值缓存？", lines: [1, 2], points: ["每步不必重算前面的词元"] },
      { title: "它的代价是什么？", lines: [4, 5], points: ["显存占用随长度增长"] },
    ]);
  });

  it("that lists questions without answers lists them as such, none of them to be scored", async () => {
    const text = Array.from({ length: 12 }, (_, at) => `- What is concept ${at}?`).join("\n");
    const { questions } = await draftOf("bank.md", text);
    expect(questions).toHaveLength(12);
    expect(questions.map(({ scorable }) => scorable)).not.toContain(true);
    expect(questions[0]?.warnings).toEqual(["no answer: cannot be scored"]);
  });

  it("without any question says so and drops every line", async () => {
    const draft = await draftOf("diary.txt", "Today it rained.\n\nI stayed at home.\n");
    expect(draft).toEqual({
      questions: [],
      dropped: [{ lines: [1, 3], reason: "before the first question" }],
      warnings: ["no question found"],
    });
  });
});

describe("A table of cards", () => {
  it("out of Anki, in HTML, gives each row as a question", async () => {
    const text =
      '#separator:tab\n#html:true\n什么是 LoRA？\t<ul><li><b>低秩</b>：只训练两个小矩阵</li><li>冻结原权重</li></ul>\n"What is a KV cache?"\t"Keys and values are kept.\nEach decoding step reads them again instead of computing them."\n';
    const draft = await draftOf("cards.tsv", text);
    expect(brief(draft)).toEqual([
      { title: "什么是 LoRA？", lines: [3, 3], points: ["低秩", "冻结原权重"] },
      {
        title: "What is a KV cache?",
        lines: [4, 5],
        points: ["Keys and values are kept", "Each decoding step reads them again instead of computing…"],
      },
    ]);
    expect(draft.dropped).toEqual([{ lines: [1, 2], reason: "a row without a question" }]);
  });

  it("with a row of titles is read by them", async () => {
    const text = 'tag,answer,question\nx,"It retrieves passages first, then writes.",What is RAG?\n';
    expect(brief(await draftOf("cards.csv", text))).toEqual([
      { title: "What is RAG?", lines: [2, 2], points: ["It retrieves passages first"] },
    ]);
  });
});

describe("A page", () => {
  const page = [
    "<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body>",
    "<nav><a href='/'>Home</a> <a href='/login'>Log in</a></nav>",
    "<article><h1>Interview</h1>",
    "<h2>1. What is LoRA?</h2>",
    "<p>LoRA is a method that keeps the weights frozen and trains two small matrices beside each of them, which is cheap.</p>",
    "<ul><li><strong>Low rank</strong>: the update is a product of two thin matrices.</li>",
    "<li><strong>Frozen base</strong>: the pretrained weights do not change during training.</li></ul>",
    "<h2>2. Why is attention scaled?</h2>",
    "<p>Dot products of long vectors grow with the dimension, so the softmax would saturate. Dividing by its root keeps their variance near one.</p>",
    "</article>",
    "<footer><p onclick='steal()'>Copyright</p></footer></body></html>",
  ].join("\n");

  it("gives its main content, with the lines of the file", async () => {
    const draft = await draftOf("page.html", page);
    expect(brief(draft)).toMatchObject([
      {
        title: "What is LoRA?",
        lines: [4, 7],
        points: [expect.stringContaining("keeps the weights frozen"), "Low rank", "Frozen base"],
      },
      { title: "Why is attention scaled?", lines: [8, 9] },
    ]);
    expect(JSON.stringify(draft)).not.toMatch(/alert|steal|Log in/);
  });

  it("nested twenty thousand deep is read or refused, and hangs nothing", async () => {
    const deep = `${"<div>".repeat(20_000)}<p>1. What is it?</p>${"</div>".repeat(20_000)}`;
    expect((await draftOf("deep.html", `<html>${deep}</html>`)).questions.length).toBeLessThanOrEqual(1);
  });
});

describe("What cannot be imported is refused with its reason", () => {
  it.each([
    ["an empty file", "a.md", Buffer.alloc(0), "empty"],
    ["nothing but spaces", "a.md", Buffer.from(" \n\n"), "empty"],
    ["binary data", "a.md", Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256)), "binary"],
    [
      "a picture under another name",
      "a.txt",
      Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
      "binary",
    ],
    ["a damaged Word document", "a.docx", Buffer.from("PK\u0003\u0004 nothing"), "no Word document"],
    ["an old Word document", "a.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"), "cannot be read"],
    ["an archive", "a.zip", Buffer.from("PK\u0003\u0004"), "cannot be read"],
    ["a damaged PDF", "a.pdf", Buffer.from("%PDF-1.7\nnothing"), "cannot be read"],
    ["a table that never closes a quotation mark", "a.csv", Buffer.from('a,b\n"x,y\n'), "quotation mark"],
    ["too much of it", "a.md", Buffer.alloc(MOST_BYTES + 1, 97), "larger than 64 MB"],
  ])("%s", async (_name, name, bytes, reason) => {
    expect(await refusalOf(name, bytes)).toContain(reason);
  });

  it("an archive that unpacks to a thousand times its size", async () => {
    // A zip directory with one entry of 3 GB; nothing of it is unpacked.
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(3_000_000_000, 24);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(0, 16);
    expect(await refusalOf("bomb.docx", Buffer.concat([entry, end]))).toContain("unpacks to far more");
  });
});
