import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicReply, type Reply } from "#core/reply";
import { Upkeep } from "#src/adapters/chat/upkeep";

const saying = (state: number): Reply => publicReply({ kind: "text", text: String(state) });

describe("A message that many change at once", () => {
  it("says in the end what it should, whichever process reads and writes when", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 8 }),
        async (scheduler, presses) => {
          let state = 0;
          let stands = "";
          let now = 1_000_000;
          const pause = async (ms: number): Promise<void> => {
            await scheduler.schedule(Promise.resolve(), "pause");
            now += ms;
          };
          const processes = [0, 1].map(() => new Upkeep({ clock: { now: () => now }, pause }));
          const kept = {
            read: async () => {
              await scheduler.schedule(Promise.resolve(), "read");
              return saying(state);
            },
            write: async (reply: Reply) => {
              // It may stand there before or after its writer learns of it.
              await scheduler.schedule(Promise.resolve(), "write");
              stands = JSON.stringify(reply);
              await scheduler.schedule(Promise.resolve(), "written");
            },
          };
          const press = async (process: number): Promise<void> => {
            await scheduler.schedule(Promise.resolve(), "press");
            state += 1;
            await processes[process]?.refresh("lobby", kept);
          };
          await scheduler.waitFor(Promise.all(presses.map(press)));
          expect(stands).toBe(JSON.stringify(saying(state)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is written once where nothing has changed meanwhile, and waits between two edits", async () => {
    let now = 0;
    const waits: number[] = [];
    const written: string[] = [];
    const upkeep = new Upkeep({
      clock: { now: () => now },
      pause: async (ms) => {
        waits.push(ms);
        now += ms;
      },
    });
    const kept = (state: number) => ({
      read: async () => saying(state),
      write: async (reply: Reply) => void written.push(JSON.stringify(reply)),
    });
    now = 10_000;
    await upkeep.refresh("lobby", kept(1));
    now += 400;
    await upkeep.refresh("lobby", kept(2));
    expect(written).toEqual([1, 2].map((state) => JSON.stringify(saying(state))));
    expect(waits).toEqual([1100]);
  });
});
