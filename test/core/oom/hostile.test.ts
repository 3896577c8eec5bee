import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnose } from "#core/oom/diagnosis";
import { printed } from "#test/core/oom/printed";
import { remedies, sentence } from "#test/core/oom/samples";

const FULL = sentence({
  tried: "512.00 MiB",
  total: "23.65 GiB",
  free: "115.69 MiB",
  allocated: "21.14 GiB",
  idle: "910.35 MiB",
  processes:
    "Process 7 has 1.50 GiB memory in use. Including non-PyTorch memory, this process has 22.00 GiB memory in use. ",
  pools: "46.00 MiB",
});

/** Pieces of real messages, wild Unicode and lone surrogates in any order. */
const scraps = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(...printed.map(({ text }) => text)),
      fc.constantFrom(
        "\ud800",
        "\udfff",
        "显存",
        "爆",
        "killed",
        "OOM",
        "\n",
        "9".repeat(60),
        "GiB",
        "-1 GiB free",
        "NaN GiB",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("whatever is pasted", () => {
  test("evidence lies inside the text, figures are null or not negative, and twice gives the same", () => {
    fc.assert(
      fc.property(scraps, (text) => {
        const diagnosis = diagnose(text, remedies);
        for (const { start, end } of diagnosis.evidence) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end - start).toBeLessThanOrEqual(120);
        }
        for (const gib of Object.values(diagnosis.numbers)) {
          expect(gib === null || (Number.isFinite(gib) && gib >= 0)).toBe(true);
        }
        expect(diagnose(text, remedies)).toEqual(diagnosis);
      }),
    );
  });

  test("a hundred thousand characters of anything are answered", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 9 }), (unit) => {
        const text = unit.repeat(Math.ceil(100_000 / unit.length));
        expect(diagnose(text, remedies).kind).toBeTypeOf("string");
      }),
      { numRuns: 20 },
    );
  });

  test("a broken line changes no figure, wherever there was a space", () => {
    const spaces = [...FULL.matchAll(/ /g)].map(({ index }) => index);
    const unbroken = diagnose(FULL, remedies).numbers;
    fc.assert(
      fc.property(
        fc.subarray(spaces),
        fc.constantFrom("\n", "\\n", " \n", "\r\n    ", "\n[rank0]: ", " │\n│ "),
        (breaks, join) => {
          const broken = [...FULL].map((character, at) => (breaks.includes(at) ? join : character)).join("");
          expect(diagnose(broken, remedies).numbers).toEqual(unbroken);
        },
      ),
    );
  });

  test("a line that the terminal broke inside a number or a word changes no figure", () => {
    const unbroken = diagnose(FULL, remedies).numbers;
    for (const width of [38, 40, 55, 60, 79, 80, 100, 120]) {
      const broken = FULL.replace(new RegExp(`.{${width}}`, "g"), "$&\n");
      expect(diagnose(broken, remedies).numbers).toEqual(unbroken);
    }
  });

  test.each([
    ["Docker Compose", "trainer-1  | "],
    ["kubectl", "2026-08-01T12:00:01.123456789Z stderr F "],
    ["torchrun", "[default3]:[rank3]: "],
    ["srun", "3: "],
    ["pdsh", "node01: "],
    ["vLLM's workers", "(VllmWorker TP0 pid=212) "],
    ["SGLang's ranks", "[2026-05-11 10:22:33 TP0] "],
    ["a quoted mail", "> "],
  ])(
    "what %s writes before each line changes no figure, also where a line broke inside a number",
    (_, before) => {
      const unbroken = diagnose(FULL, remedies).numbers;
      const lines = FULL.replace(/.{79}/g, "$&\n").split("\n");
      const broken = lines.map((line) => before + line).join("\n");
      expect(diagnose(broken, remedies).numbers).toEqual(unbroken);
    },
  );

  test("a UTF-16 file that was read as UTF-8 still shows its figures", () => {
    const wide = [...FULL].map((character) => `${character}\0`).join("");
    expect(diagnose(wide, remedies).numbers).toEqual(diagnose(FULL, remedies).numbers);
  });

  test("evidence points at the raw text, behind colours, full-width digits and prefixes", () => {
    const text = "\u001b[31m[rank0]: CUDA out of memory. Tried to allocate 12.50 MiB\u001b[0m";
    const [span] = diagnose(text, remedies).evidence;
    expect(text.slice(span?.start, span?.end)).toBe("CUDA out of memory. Tried to allocate 12.50 MiB");
  });

  test("the message is found in a long log, at its start, in its middle and at its end", () => {
    const noise = "step 17 loss 1.234 lr 0.0001 grad_norm 0.56\n".repeat(10_000);
    for (const log of [FULL + noise, noise + FULL + noise, noise + FULL]) {
      expect(diagnose(log, remedies).numbers.total_gib).toBe(23.65);
    }
  });

  test("an absurd size is kept as printed and named a wrong shape", () => {
    const text =
      "bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 4585490524328388608";
    const { subkind, numbers } = diagnose(text, remedies);
    expect(subkind).toBe("request_exceeds_device");
    expect(numbers.tried_gib).toBeCloseTo(4.27057e9, -5);
  });

  test("a decimal comma is a decimal mark", () => {
    expect(
      diagnose("CUDA out of memory. Tried to allocate 1900,00 MiB", remedies).numbers.tried_gib,
    ).toBeCloseTo(1.8555, 3);
  });
});
