import { afterEach, describe, expect, it, vi } from "vitest";
import { studyDateSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { createHolidays } from "#src/holidays/holidays";

const kindOf = async (id: string, date: string) =>
  (await createHolidays().calendar(id)).kindOf(studyDateSchema.parse(date));

describe("the holidays that a channel keeps", () => {
  afterEach(() => vi.unstubAllEnvs());

  // The machine's own zone must not move a date.
  it.each(["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])(
    "are China's with their make-up workdays, on a machine in %s",
    async (machineZone) => {
      vi.stubEnv("TZ", machineZone);
      const kinds = await Promise.all(
        ["2026-09-30", "2026-10-01", "2026-10-07", "2026-10-08", "2026-10-10", "2026-10-11"].map((date) =>
          kindOf("CN", date),
        ),
      );
      expect(kinds).toEqual(["ordinary", "off", "off", "ordinary", "make-up", "ordinary"]);
    },
  );

  it.each(["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])(
    "are those of a country or a part of one, on a machine in %s",
    async (machineZone) => {
      vi.stubEnv("TZ", machineZone);
      const kinds = await Promise.all([
        kindOf("DE", "2026-01-06"),
        kindOf("DE-BY", "2026-01-06"),
        kindOf("DE", "2026-12-25"),
        kindOf("US", "2026-11-26"),
        kindOf("US", "2026-11-27"),
        kindOf("JP", "2026-05-05"),
        kindOf("GB", "2026-12-28"),
      ]);
      expect(kinds).toEqual(["ordinary", "off", "off", "off", "ordinary", "off", "off"]);
    },
  );

  it("cover every day of a feast that is several days long, and begin at noon of none but its own", async () => {
    const dates = ["2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22", "2026-03-23"];
    expect(await Promise.all(dates.map((date) => kindOf("AE", date)))).toEqual([
      "ordinary",
      "off",
      "off",
      "off",
      "ordinary",
    ]);
  });

  it("are found in any spelling of their code", async () => {
    const holidays = createHolidays();
    expect(await holidays.calendar(" de-by ")).toBe(await holidays.calendar("DE-BY"));
  });

  it("say that a year is not known yet, and call its days ordinary", async () => {
    const china = await createHolidays().calendar("CN");
    const far = studyDateSchema.parse("2040-10-01");
    expect([china.knows(far), china.kindOf(far)]).toEqual([false, "ordinary"]);
    expect(china.knows(studyDateSchema.parse("2026-10-01"))).toBe(true);
  });

  it.each(["XX", "DE-XX", "Germany", "", "__proto__", "DE-BY-MU-X", "../DE", "中国"])(
    "are refused in both languages where nobody knows %j",
    async (id) => {
      const refusal = await createHolidays()
        .calendar(id)
        .catch((error: unknown) => error);
      if (!(refusal instanceof Refusal)) throw new Error("it was not refused");
      expect(refusal.sentence(messagesFor("en"))).toContain("DE-BY");
      expect(refusal.sentence(messagesFor("zh"))).toContain("假日日历");
    },
  );
});
