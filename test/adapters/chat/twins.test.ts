import { describe, expect, it } from "vitest";
import { twinsOf } from "#src/adapters/chat/twins";

const part = (id: string, at = 0) => ({ id, at });
const idsOf = (standing: Parameters<typeof twinsOf>[0], kept: string) =>
  twinsOf(standing, kept).map(({ id }) => id);

describe("A post that stands in a channel twice", () => {
  it("keeps the message that is on record, whichever came first", () => {
    expect(idsOf([part("100"), part("200")], "100")).toEqual(["200"]);
    expect(idsOf([part("200"), part("100")], "200")).toEqual(["100"]);
  });

  it("keeps what belongs to that message, and drops what belongs to the other", () => {
    const first = [part("100"), part("101", 1), part("102", 2)];
    const second = [part("200"), part("201", 1), part("202", 2)];
    expect(idsOf([...first, ...second], "100")).toEqual(["200", "201", "202"]);
    expect(idsOf([...first, ...second], "200")).toEqual(["100", "101", "102"]);
  });

  it("keeps the first where the one on record was deleted, and everything that stands there once", () => {
    expect(idsOf([part("300"), part("400")], "500")).toEqual(["400"]);
    expect(idsOf([part("100"), part("101", 1)], "100")).toEqual([]);
  });

  it("knows that a longer id is a later one", () => {
    expect(idsOf([part("1000"), part("999")], "999")).toEqual(["1000"]);
  });
});
