import { deflateRawSync } from "node:zlib";

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface BadDocument {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** An archive of one entry, whose directory says how large it is, truly or not. */
export function zipOf(name: string, content: Buffer, said: number): Buffer {
  const packed = deflateRawSync(content);
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(title.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(said, 24);
  entry.writeUInt16LE(title.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + title.length, 12);
  end.writeUInt32LE(local.length + title.length + packed.length, 16);
  return Buffer.concat([local, title, packed, entry, title, end]);
}

const words =
  "什么是 注意力 梯度 答案： What is attention? 1、 2. ## - ** | \t 。 ； ： https://example.com <b> </script> ``` $$ ".split(
    " ",
  );

type Make = (random: () => number) => Pick<BadDocument, "name" | "bytes">;

const pick = <Value>(random: () => number, values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
};
const noise = (random: () => number, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
const prose = (random: () => number, length: number): string =>
  Array.from({ length }, () => pick(random, words)).join(random() < 0.5 ? " " : "\n");
const text = (name: string, content: string): Pick<BadDocument, "name" | "bytes"> => ({
  name,
  bytes: Buffer.from(content),
});

/** The kinds of documents that nobody should send and somebody does. */
const kinds: Readonly<Record<string, Make>> = {
  empty: (random) => text(pick(random, ["a.md", "a.txt", "a.csv", "a.html", "a.pdf", "a.docx"]), ""),
  blank: (random) => text("a.md", " \n\t\u3000\n".repeat(1 + Math.floor(random() * 50))),
  "byte order mark only": () => ({ name: "a.txt", bytes: Buffer.from("efbbbf", "hex") }),
  binary: (random) => ({
    name: pick(random, ["a.md", "a.txt", "a.csv"]),
    bytes: noise(random, 200 + Math.floor(random() * 4000)),
  }),
  picture: (random) => ({
    name: "a.txt",
    bytes: Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), noise(random, 500)]),
  }),
  "UTF-16": (random) => {
    const bytes = Buffer.from(`${random() < 0.5 ? "\uFEFF" : ""}${prose(random, 60)}`, "utf16le");
    return { name: "a.txt", bytes: random() < 0.5 ? bytes : bytes.swap16() };
  },
  "cut UTF-16": (random) => ({
    name: "a.txt",
    bytes: Buffer.from(`\uFEFF${prose(random, 30)}`, "utf16le").subarray(0, 51),
  }),
  "GB 18030": (random) => ({
    name: "a.txt",
    bytes: Buffer.concat([
      Buffer.from(
        "31a1a2cab2c3b4cac7c1bfbbafa3bf0ab0d1c8a8d6d8b4d3b8dfbeabb6c8bbbbb3c9b5cdbeabb6c8c0b4b1edcabea1a30a",
        "hex",
      ),
      Buffer.from(random() < 0.5 ? "" : "a1a2a3", "hex"),
    ]),
  }),
  "Latin letters of another encoding": (random) => ({
    name: "a.txt",
    bytes: Buffer.concat([
      Buffer.from(prose(random, 10).replace(/[^ -~\n]/g, "")),
      Buffer.from("e9e8fce4f6", "hex"),
    ]),
  }),
  "another format": (random) => ({
    name: pick(random, ["a.zip", "a.doc", "a.docx", "a.exe", "a"]),
    bytes: Buffer.concat([Buffer.from("PK\u0003\u0004"), noise(random, 300)]),
  }),
  "damaged Word": (random) => ({
    name: "a.docx",
    bytes: zipOf("word/document.xml", Buffer.from(`<w:document>${prose(random, 20)}`), 40),
  }),
  "bomb that says so": () => ({
    name: "a.docx",
    bytes: zipOf("word/document.xml", Buffer.from("x"), 3_000_000_000),
  }),
  "damaged PDF": (random) => ({
    name: pick(random, ["a.pdf", "a.md"]),
    bytes: Buffer.concat([Buffer.from("%PDF-1.7\n"), noise(random, 400)]),
  }),
  "deep page": (random) => text("a.html", `<html><body>${"<div>".repeat(700)}${prose(random, 20)}`),
  "page with scripts": (random) =>
    text(
      "a.html",
      `<html><script>while(true){}</script><body onload="fetch('http://127.0.0.1:1/')"><h2>1. What is it?</h2><p>${prose(random, 30)}</p><iframe src="http://127.0.0.1:1/"></iframe></body></html>`,
    ),
  "cut page": (random) => text("a.html", `<!doctype html><html><bo${"<".repeat(Math.floor(random() * 300))}`),
  "deep list": (random) =>
    text(
      "a.md",
      Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth * 2)}- ${pick(random, words)}`).join(
        "\n",
      ),
    ),
  "deep quotation": (random) => text("a.md", `${">".repeat(2000)} ${prose(random, 10)}`),
  brackets: (random) =>
    text("a.md", `# 1. What is it?\n${"[".repeat(3000)}${"(".repeat(3000)}${prose(random, 10)}`),
  asterisks: () => text("a.md", `1. What is it?\n${"*".repeat(5000)}a${"_".repeat(5000)}`),
  "one long line": (random) => text("a.txt", prose(random, 6000).replaceAll("\n", " ")),
  "open quotation mark": (random) => text("a.csv", `question,answer\n"${prose(random, 20)},x\n`),
  "many columns": (random) =>
    text(
      "a.csv",
      `${Array.from({ length: 800 }, () => pick(random, words).replaceAll("\n", "")).join(",")}\n`,
    ),
  "rows of nothing": () => text("a.tsv", "\t\t\n".repeat(500)),
  "open fence": (random) => text("a.md", `1. What is it?\n\`\`\`\n${prose(random, 50)}`),
  "zero bytes": (random) => text("a.md", `${prose(random, 20)}\u0000${prose(random, 5)}\u0000\u0000\u0000`),
  "invisible letters": (random) =>
    text("a.md", `1. What\u200B is\u202E it?\n${"\u200B".repeat(500)}${prose(random, 5)}`),
  "odd name": (random) =>
    text(
      pick(random, [
        "../../etc/passwd",
        "..",
        "a\u0000b.md",
        "CON.md",
        "-rf.md",
        "é".repeat(300),
        ".md",
        "a.md/../../b",
      ]),
      prose(random, 30),
    ),
  nonsense: (random) => text(pick(random, ["a.md", "a.txt", "a.html", "a.csv", "a.tsv"]), prose(random, 150)),
};

/** So many bad documents, each kind about as often, the same for the same seed. */
export function badDocuments(count: number, seed: number): readonly BadDocument[] {
  const random = randomFrom(seed);
  const all = Object.entries(kinds);
  return Array.from({ length: count }, (_, at) => {
    const [kind, make] = all[at % all.length] ?? ["", kinds.empty];
    if (make === undefined) throw new Error("no such kind");
    return { kind, ...make(random) };
  });
}
