import { describe, expect, it } from "vitest";
import { commonCards, resolveGpu, usableGib } from "#core/vram/gpus";
import { parametersFromDimensions } from "#core/vram/parameters";
import { catalogue } from "./catalogue.ts";

const { architectures, gpus } = catalogue;

describe("The table of models", () => {
  it("has at least 120, each with its exact count and where it was read", () => {
    expect(architectures.length).toBeGreaterThanOrEqual(120);
    for (const { id, params, source } of architectures) {
      expect(Number.isInteger(params), id).toBe(true);
      expect(source.length, id).toBeGreaterThan(10);
    }
    expect(new Set(architectures.map(({ id }) => id)).size).toBe(architectures.length);
  });

  it("holds dimensions that give the published total within 0.5 %, without an exception", () => {
    const published = architectures.filter((model) => model.published !== null);
    expect(published.length).toBeGreaterThanOrEqual(30);
    for (const model of published) {
      const error = Math.abs(parametersFromDimensions(model) / (model.published ?? 1) - 1);
      expect(error, model.id).toBeLessThan(0.005);
    }
  });
});

describe("The table of cards", () => {
  it("has at least 60, of four makers", () => {
    expect(gpus.length).toBeGreaterThanOrEqual(60);
    expect(new Set(gpus.map(({ kind }) => kind))).toEqual(new Set(["nvidia", "amd", "apple", "ascend"]));
  });

  it("never offers more than the driver reports, nor more than 97 % of what is printed on the box", () => {
    for (const { id, gib, total } of gpus) {
      const usable = usableGib({ name: id, gib, total });
      expect(usable, id).toBeGreaterThan(gib * 0.5);
      expect(usable, id).toBeLessThanOrEqual(Math.round(gib * 97) / 100);
      if (total !== null) expect(usable, id).toBeLessThanOrEqual(total);
    }
  });

  it("offers exactly 97 % of the nominal size on every card that answers show, and on a bare size", () => {
    for (const card of commonCards(catalogue)) {
      expect(usableGib(card), card.name).toBe(Math.round(card.gib * 97) / 100);
    }
    for (const gib of [8, 12, 16, 24, 32, 40, 48, 80]) {
      expect(usableGib(resolveGpu(`${gib}G`, catalogue))).toBe(Math.round(gib * 97) / 100);
    }
  });

  it("knows where ECC or the system keeps more", () => {
    const usable = (name: string): number => {
      const found = gpus.find(({ id }) => id === name);
      return found === undefined ? Number.NaN : usableGib({ name, gib: found.gib, total: found.total });
    };
    expect(usable("L40S")).toBeLessThan(46);
    expect(usable("A100 80GB")).toBeCloseTo(77.6, 1);
  });
});

describe("The measurements", () => {
  it("are the 137 given ones and at least 40 more, each with its source", () => {
    expect(catalogue.measurements).toHaveLength(137);
    expect(catalogue.aside.length).toBeGreaterThanOrEqual(40);
    const ids = [...catalogue.measurements, ...catalogue.aside].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { source } of catalogue.aside) expect(source).toMatch(/^[\w.-]+\/[\w.-]+ /);
  });
});
