import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { findZone } from "#core/zones";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadPlaces } from "#src/content/places";

const places = loadPlaces(SHIPPED_CONTENT);

describe("a time zone", () => {
  it.each([
    ["上海", "Asia/Shanghai"],
    ["shanghai", "Asia/Shanghai"],
    ["SHANGHAI", "Asia/Shanghai"],
    ["北京", "Asia/Shanghai"],
    ["Berlin", "Europe/Berlin"],
    ["德国", "Europe/Berlin"],
    ["纽约", "America/New_York"],
    ["紐約", "America/New_York"],
    ["new york", "America/New_York"],
    ["New_York", "America/New_York"],
    ["san fransisco", "America/Los_Angeles"],
    ["Zürich", "Europe/Zurich"],
    ["zurich", "Europe/Zurich"],
    ["sao paulo", "America/Sao_Paulo"],
    ["america/new_york", "America/New_York"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Pacific/Apia", "Pacific/Apia"],
    ["Lord Howe", "Australia/Lord_Howe"],
    ["utc", "UTC"],
    ["Berln", "Europe/Berlin"],
  ])("is meant by %s", (typed, zone) => {
    expect(findZone(typed, places)).toBe(zone);
  });

  it("is asked for again where two may be meant, or none is", () => {
    for (const typed of ["new", "圣", "", "xyzzy", "+08:00"])
      expect(() => findZone(typed, places), typed).toThrow(Refusal);
    try {
      findZone("new", places);
    } catch (error) {
      expect(error instanceof Refusal && error.sentence(messagesFor("en"))).toContain("America/New_York");
    }
  });

  it("is what every city names, each city with both names once", () => {
    for (const { names, zone } of places.cities)
      for (const name of [names.zh, names.en]) expect(findZone(name, places), name).toBe(zone);
    expect(new Set(places.cities.map(({ names }) => names.zh)).size).toBe(places.cities.length);
  });

  it("costs no more where a hostile text is looked up", () => {
    expect(() => findZone("a-".repeat(50_000), places)).toThrow(Refusal);
  });
});
