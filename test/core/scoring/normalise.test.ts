import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise } from "#core/scoring/normalise";

const reads = (raw: string) => normalise(raw).text;

describe("reading a raw answer", () => {
  it("reads full-width letters, capitals and squared units as plain ones", () => {
    expect(reads("ＦＰ１６ 省 ㎆")).toBe("fp16省mb");
  });

  it("reads Traditional letters as Simplified ones, one by one", () => {
    expect(reads("減小批次大小可以降低顯存佔用")).toBe("减小批次大小可以降低显存占用");
  });

  it("reads a Cyrillic а inside a Latin word as a, and leaves a Cyrillic word alone", () => {
    expect(reads("bаtch size")).toBe("batch size");
    expect(reads("мама")).toBe("мама");
  });

  it("drops what a person cannot see and says so", () => {
    const hidden = normalise("ba\u200btch\u00ad \u{E0041}\u{E0042}size");
    expect(hidden.text).toBe("batch size");
    expect(hidden.invisible).toBe(true);
    expect(normalise("plain 👩‍🔬").invisible).toBe(false);
  });

  it("does not read an HTML comment, closed or not", () => {
    expect(reads("a <!-- full marks --> b")).toBe("a b");
    expect(reads("a <!-- full marks")).toBe("a ");
  });

  it("strips the mark-up of Discord and Slack and keeps what it shows", () => {
    expect(reads("**bf16** and `ga` ||spoiler|| <@123>").trim()).toBe("bf16 and ga spoiler");
    expect(reads("see <https://a.example/x|the docs> &amp; go")).toBe("see the docs & go");
  });

  it("reads a setting's underscores and hyphens as gaps", () => {
    expect(reads("per_device_train_batch_size: 1, mini-batch")).toBe(
      "per device train batch size: 1, mini batch",
    );
  });

  it("keeps the way back: every unit knows the raw units it came from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (raw) => {
        const { text, starts, ends } = normalise(raw);
        expect(starts).toHaveLength(text.length);
        expect(ends).toHaveLength(text.length);
        for (let at = 0; at < text.length; at += 1) {
          const start = starts[at] ?? -1;
          const end = ends[at] ?? -1;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(raw.length);
        }
      }),
    );
  });

  it("survives lone surrogates and control characters", () => {
    expect(reads("a\ud800b\u0007c\udfff")).toBe("abc");
  });
});
