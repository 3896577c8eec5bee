import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { history } from "#commands/history";
import { quiz } from "#commands/quiz";
import { settings } from "#commands/settings";
import { vram } from "#commands/vram";
import type { Command } from "#core/command";
import { complete } from "#core/completion";
import { tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { servicesWith } from "#test/doubles/services";

const services = servicesWith({
  library: loadLibrary(SHIPPED_CONTENT),
  models: loadModels(SHIPPED_CONTENT),
  places: loadPlaces(SHIPPED_CONTENT),
});
const commands = { history, quiz, settings, vram };
const tenant = tenantIdSchema.parse("team");

const offered = (command: Command, option: string, typed: string, locale: Locale = "en") =>
  complete(command, option, typed, { tenant, locale }, services);
const first = async (command: Command, option: string, typed: string, locale: Locale = "en") =>
  (await offered(command, option, typed, locale))[0]?.value;

describe("completion", () => {
  it.each([
    ["vram", "model", "qwen2.5-7", "Qwen2.5-7B"],
    ["vram", "model", "Qwen2.5 7B", "Qwen2.5-7B"],
    ["vram", "model", "qwn2.5", "Qwen2.5-0.5B"],
    ["vram", "gpu", "4090", "RTX 4090"],
    ["vram", "gpu", "rtx40", "RTX 4060"],
    ["quiz", "question", "oom", "q5-oom"],
    ["quiz", "question", "5", "q5-oom"],
    ["history", "question", "q2", "q2-vram"],
    ["settings", "zone", "上海", "Asia/Shanghai"],
    ["settings", "zone", "berlin", "Europe/Berlin"],
    ["settings", "zone", "Belrin", "Europe/Berlin"],
    ["settings", "zone", "紐", "America/New_York"],
    ["settings", "holidays", "中国", "CN"],
    ["settings", "holidays", "bavar", "DE-BY"],
  ] as const)("of /%s offers for %s “%s” first %s", async (command, option, typed, value) => {
    expect(await first(commands[command], option, typed)).toBe(value);
  });

  it("speaks the reader's language", async () => {
    const [zh] = await offered(settings, "zone", "shanghai", "zh");
    const [en] = await offered(settings, "zone", "上海", "en");
    expect([zh?.label, en?.label]).toEqual(["上海 · Asia/Shanghai", "Shanghai · Asia/Shanghai"]);
  });

  it("offers the best known where nothing has been typed yet", async () => {
    expect(await first(settings, "zone", "")).toBe("Asia/Shanghai");
    expect(await first(settings, "holidays", "")).toBe("CN");
    // As many as a platform takes, in the order of the bank.
    const numbers = (await offered(quiz, "question", "")).map(({ label }) => Number.parseInt(label, 10));
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
  });

  it("completes the last item of a list and keeps those before it", async () => {
    const [topic] = await offered(settings, "topics", "");
    const [both] = await offered(settings, "topics", `${topic?.value}, ${topic?.value.slice(0, 3)}`);
    expect(both?.value).toBe(`${topic?.value}, ${topic?.value}`);
  });

  it("offers nothing for an option that takes anything, or none of the command", async () => {
    expect(await offered(vram, "batch", "4")).toEqual([]);
    expect(await offered(vram, "nonsense", "4")).toEqual([]);
  });

  it("offers 25 at most, each once and short enough to be shown, whatever is typed", async () => {
    const options = [
      [vram, "model"],
      [vram, "gpu"],
      [quiz, "question"],
      [quiz, "topic"],
      [settings, "zone"],
      [settings, "holidays"],
      [settings, "topics"],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...options),
        fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom("a", "上", "-", "%", "q", "America/")),
        async ([command, option], typed) => {
          const found = await offered(command, option, typed);
          expect(found.length).toBeLessThanOrEqual(25);
          expect(new Set(found.map(({ value }) => value)).size).toBe(found.length);
          for (const { label } of found) expect(label.length).toBeLessThanOrEqual(100);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("offers only what the option then takes", async () => {
    for (const typed of ["", "a", "s", "上", "new"])
      for (const { value } of await offered(settings, "zone", typed))
        expect(settings.options.safeParse({ zone: value }).success).toBe(true);
  });
});
