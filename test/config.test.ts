import { describe, expect, it } from "vitest";
import { ConfigFault, readConfig } from "#src/config";

describe("The settings", () => {
  it.each([
    ["1-5", [1, 2, 3, 4, 5]],
    ["5,1-3,2", [1, 2, 3, 5]],
    ["7", [7]],
    ["", [1, 2, 3, 4, 5, 6, 7]],
  ])("name weekdays: %s", (typed, days) => {
    expect(readConfig({ REHEARSAL_WEEKDAYS: typed }).weekdays).toEqual(days);
  });

  it.each([
    ["REHEARSAL_WEEKDAYS", "5-1", "names no day"],
    ["REHEARSAL_WEEKDAYS", "Monday", "expected days like 1-5"],
    ["REHEARSAL_WEEKDAYS", "0", "expected days like 1-5"],
    ["REHEARSAL_PORT", "abc", "expected a number from 0 to 65535"],
    ["REHEARSAL_PORT", "65536", "expected a number from 0 to 65535"],
    ["REHEARSAL_TIME", "9:00", "like 09:00"],
  ])("refuse %s=%s and say what is expected", (name, value, said) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigFault);
    expect(() => readConfig({ [name]: value })).toThrow(said);
  });
});
