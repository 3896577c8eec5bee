import { afterEach, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import type { AnnouncementKind } from "#core/schedule/post-record";
import { LocalPoster } from "#src/adapters/local/poster";
import { openTeam, type Team } from "#test/doubles/team";
import { openPipe, type PipedTerminal } from "#test/doubles/terminal";

const DAY_MS = 24 * 3_600_000;

interface Seat {
  readonly terminal: PipedTerminal;
  readonly team: Team;
  /** The clock posts about the round that was opened last, or the one before it. */
  post(kind: AnnouncementKind, roundsAgo?: number): Promise<void>;
}

const seats: Seat[] = [];
afterEach(async () => {
  for (const { terminal, team } of seats.splice(0)) {
    await terminal.end();
    await team.stop();
  }
});

/** Somebody sits at the terminal and has today's question before them. */
async function sitDown(): Promise<Seat> {
  const team = await openTeam();
  const poster = new LocalPoster();
  const { tenant, channel, services } = team;
  const dispatch = createDispatch(commands, services);
  const terminal = openPipe(
    { dispatch: (request) => dispatch({ ...request, tenant, channel, sentAt: team.now() }), commands },
    { interactive: true, announcements: poster },
  );
  const seat: Seat = {
    terminal,
    team,
    async post(kind, roundsAgo = 0) {
      const round = (await services.store.rounds(tenant, channel, 5))[roundsAgo];
      const question = round === undefined ? undefined : services.library.question(round.question);
      if (round === undefined || question === undefined) throw new Error("no such round");
      const key = `${kind}/${round.id}`;
      await poster.post({ kind, tenant, channel, key, round, question, late: false });
    },
  };
  seats.push(seat);
  await terminal.sees("> ");
  return seat;
}

describe("Whoever sits at the terminal", () => {
  it("reads that a new question has been posted, and goes on with their line", async () => {
    const { terminal, team, post } = await sitDown();
    await team.passTime(DAY_MS);
    await post("question");
    await terminal.sees("Today's question: ");
    await terminal.sees("/quiz shows it");
    await terminal.sees("> ");
  });

  it("is not told of what they have before them", async () => {
    const { terminal, post } = await sitDown();
    await post("question");
    await terminal.type("/streak");
    expect(await terminal.end()).not.toContain("/quiz shows it");
  });

  it("reads everything about the round that is over, and the next one stays open", async () => {
    const { terminal, team, post } = await sitDown();
    await team.passTime(DAY_MS);
    await post("reveal", 1);
    await terminal.sees("A model answer");
    const { tenant, channel, services } = team;
    const [newest] = await services.store.rounds(tenant, channel, 1);
    expect(newest?.closedAt).toBeNull();
  });
});
