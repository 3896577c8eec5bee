import { describe, expect, it } from "vitest";
import { contrastedIn, sidesTurned } from "#core/scoring/segments";

const asked = new Set(["differ", "list", "tupl", "tcp", "udp", "进程", "线程"]);

const cases: readonly (readonly [point: string, said: string, isTurned: boolean | undefined])[] = [
  ["lists are mutable, tuples are immutable", "tuples are mutable and lists are immutable", true],
  ["lists are mutable, tuples are immutable", "lists are mutable and tuples are immutable", false],
  [
    "tcp is connection-oriented, udp is connectionless",
    "udp is connection-oriented, tcp is connectionless",
    true,
  ],
  ["tuples use less memory than lists", "lists use less memory than tuples", true],
  ["tuples use less memory than lists", "lists use more memory than tuples", false],
  ["线程切换的开销比进程切换小", "进程切换比线程切换的开销大", false],
  ["线程切换的开销比进程切换小", "线程切换的开销比进程切换大", true],
  ["进程是资源分配的基本单位，线程是调度的基本单位", "线程是资源分配的基本单位，进程是调度的基本单位", true],
  ["lists are mutable, tuples are immutable", "both are sequences", undefined],
];

describe("The two sides of a question", () => {
  it.each(cases)("%s | %s", (point, said, isTurned) => {
    const sides = contrastedIn(asked, [point, "tcp and udp", "a list, a tuple", "进程，线程"]);
    expect(sidesTurned(said, point, sides)).toBe(isTurned);
  });

  it("are no words that every part of every point has", () => {
    const points = ["tcp sends a list", "tcp reads a list"];
    expect(contrastedIn(new Set(["tcp", "list"]), points)).toEqual(new Set());
  });
});
