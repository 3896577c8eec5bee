import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTree, runIn, startIn, type Tree, wordsOf } from "./tree.ts";

describe("What the image has, with the packages that run and no others", () => {
  let tree: Tree;
  beforeAll(() => {
    tree = makeTree();
  });
  afterAll(() => tree.remove());

  const listing = () =>
    execFileSync("find", [tree.path, "-printf", "%P %s %m\n"], { maxBuffer: 2 ** 28 }).toString();

  it("starts as nobody on a tree that cannot be written, says that it is healthy, and ends when it is asked to", async () => {
    const before = listing();
    const bot = await startIn(tree);
    expect(bot.user).not.toBe(0);
    const healthy = runIn(tree, wordsOf(tree, "HEALTHCHECK"), { REHEARSAL_HEALTH_PORT: String(bot.port) });
    expect(healthy).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await bot.end()).toEqual({ code: 0, stderr: "" });
    expect(readdirSync(tree.data)).toEqual(["rehearsal.db"]);
    expect(listing()).toBe(before);
    const gone = runIn(tree, wordsOf(tree, "HEALTHCHECK"), { REHEARSAL_HEALTH_PORT: String(bot.port) });
    expect(gone.status).toBe(1);
  });
});
