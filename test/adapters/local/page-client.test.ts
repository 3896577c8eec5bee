import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { completionsFor } from "#src/adapters/local/page/client/completion";
import { piecesOf } from "#src/adapters/local/page/client/pieces";
import { commandList } from "#src/adapters/local/page/command-list";

const list = commandList(commands);
const offered = (text: string): string[] => completionsFor(text, list, "en").map(({ text: whole }) => whole);

describe("Completion in the command box", () => {
  it("offers every command after a slash, of either keyboard", () => {
    expect(offered("/")).toEqual(commands.map(({ name }) => `/${name} `));
    expect(offered("／vr")).toEqual(["/vram "]);
  });

  it("offers examples and options behind a command", () => {
    expect(offered("/vram ")).toContain("/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090");
    expect(offered("/vram 7b ql")).toContain("/vram 7b qlora ");
  });

  it("offers the values of an option, and no option twice", () => {
    expect(offered("/vram 7b optimizer=ada")).toContain("/vram 7b optimizer=adamw ");
    expect(offered("/vram 7b qlora ql")).toEqual([]);
  });

  it("offers nothing that only buttons set, and nothing for plain text", () => {
    expect(offered("/answer ro")).toEqual([]);
    expect(offered("freeze layers")).toEqual([]);
  });

  it("keeps what was typed and goes on from there, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const text = `/vram ${typed}`;
        const before = text.slice(0, text.search(/\S*$/u));
        for (const whole of offered(text)) expect(whole.startsWith(before)).toBe(true);
      }),
    );
  });
});

describe("Evidence marked in an answer", () => {
  const span = fc
    .tuple(fc.nat(40), fc.nat(40))
    .map(([start, length]) => ({ start, end: start + length + 1 }));

  it("is the answer itself, cut into pieces, however the evidence overlaps", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.array(fc.array(span, { maxLength: 3 }), { maxLength: 5 }),
        (answer, rows) => {
          const drawn = rows.map((spans) => ({ verdict: "hit" as const, label: "Hit", quotes: [], spans }));
          expect(
            piecesOf(answer, drawn)
              .map(({ text }) => text)
              .join(""),
          ).toBe(answer);
        },
      ),
    );
  });

  it("names every key point that a piece speaks for", () => {
    const rows = [
      { verdict: "hit" as const, label: "", quotes: [], spans: [{ start: 0, end: 6 }] },
      { verdict: "partial" as const, label: "", quotes: [], spans: [{ start: 4, end: 8 }] },
    ];
    expect(piecesOf("freeze layers", rows)).toEqual([
      { text: "free", rows: [0] },
      { text: "ze", rows: [0, 1] },
      { text: " l", rows: [1] },
      { text: "ayers", rows: [] },
    ]);
  });
});
