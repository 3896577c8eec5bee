import { describe, expect, it } from "vitest";
import { saidIn } from "./said.ts";

const QUORUM =
  "## What is a quorum?\n\n- More than half of the replicas agree on a write.\n- Reads see the newest write.\n\n";

/** What the last answer of a document says. */
const lastSaid = async (body: string): Promise<string[]> =>
  (await saidIn("a.md", `${QUORUM}## What is a lease?\n\n${body}`)).at(-1)?.[1] ?? [];

describe("Entries of one list", () => {
  it.each([
    ["at its end", "- A lock that ends unless it is renewed.\n- It is renewed while its owner lives\n"],
    [
      "behind an empty line",
      "- A lock that ends unless it is renewed.\n\n- It is renewed while its owner lives\n",
    ],
    [
      "between others",
      "- A lock that ends unless it is renewed.\n- It is renewed while its owner lives\n- The store checks a token.\n",
    ],
    ["with numbers", "1. A lock that ends unless it is renewed.\n\n2. It is renewed while its owner lives\n"],
    [
      "behind one that goes on in the next line",
      "- A lock in the store that ends by itself some seconds after\nits owner has renewed it for the last time.\n- It is renewed while its owner lives\n",
    ],
    [
      "most of which say it in words of every day",
      "- A lock that ends unless it is renewed.\n- Nobody waits for the dead\n- It is renewed while its owner lives\n",
    ],
  ])("are kept together: %s", async (_kind, list) => {
    expect((await lastSaid(list)).join("\n")).toContain("It is renewed while its owner lives");
  });

  it("are kept together though no word of one is known, in the middle as at the end", async () => {
    const list =
      "- A lock that ends unless it is renewed.\n- Its term is measured by a monotonic clock.\n- The store checks a token.\n";
    expect(await lastSaid(list)).toHaveLength(3);
  });

  it.each([
    ["what reads as a page's own", "- Subscribe to our newsletter.\n"],
    ["what is said to readers", "- Ask me on the team's Slack channel.\n"],
    ["what only asks", "- Who lives?\n"],
  ])("are not kept for their list's sake: %s", async (_kind, entry) => {
    const list = "- A lock that ends unless it is renewed.\n- The store checks a token.\n";
    expect(await lastSaid(`${list}${entry}`)).toEqual(await lastSaid(list));
  });

  it("end where words at the margin begin", async () => {
    const list = "- A lock that ends unless it is renewed.\n- The store checks a token.\n";
    expect(await lastSaid(`${list}\nThat was all for today.\n\n- Mind the rain\n`)).toEqual(
      await lastSaid(list),
    );
  });

  it("are an answer where all of them say it in words of every day", async () => {
    expect(await lastSaid("1. It is taken.\n2. It is given back.\n")).toEqual([
      "It is taken.",
      "It is given back.",
    ]);
  });
});
