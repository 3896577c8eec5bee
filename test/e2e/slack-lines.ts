import type { SocketFaults } from "#test/doubles/slack/faults";
import { probes, said } from "./probe.ts";
import { openSlackServer } from "./slack-server.ts";

const MINUTE_MS = 60_000;

/** Every way in which Slack lets go of connections: with notice or without. */
const breaks = {
  "notice (warning)": (socket) => socket.disconnect("warning"),
  "notice (refresh)": (socket) => socket.disconnect("refresh_requested"),
  "closed without notice": (socket) => socket.close(),
  "connections reset": (socket) => socket.kill(),
  "closed before the acknowledgement": (socket) => socket.closeAfterNextEnvelope(),
} satisfies Readonly<Record<string, (socket: SocketFaults) => void>>;

type Break = keyof typeof breaks;
const kinds: readonly Break[] = Object.keys(breaks) as Break[];

export interface LinesReport {
  readonly breaks: number;
  /** Messages of members that were never answered, and that were answered twice. */
  readonly unanswered: number;
  readonly doubled: number;
  readonly unhandled: number;
  readonly errors: readonly string[];
  /** The longest from a break until the first new connection, by kind, in ms of this machine's clock. */
  readonly longestGapMs: ReadonlyMap<string, number>;
}

/** Lives through `count` breaks of the lines, with a message of a member at each. */
export async function breakLines(count: number): Promise<LinesReport> {
  const answered = new Map<string, number>();
  const commands = probes(({ input }) => {
    const words = input.kind === "text" ? input.text : "";
    answered.set(words, (answered.get(words) ?? 0) + 1);
    return said(`answered ${words}`);
  });
  const server = await openSlackServer({ commands, double: { keepsInEmulate: false } });
  const { slack, log } = server;
  const { socket } = slack;
  const bo = slack.member("bo");
  let unhandled = 0;
  const countOne = (): void => {
    unhandled += 1;
  };
  process.on("unhandledRejection", countOne);
  const longestGapMs = new Map<string, number>();
  const words: string[] = [];
  const repliesTo = (one: string): number =>
    bo.sees(bo.dm).filter(({ text }) => text === `answered ${one}`).length;
  try {
    for (let at = 0; at < count; at += 1) {
      const kind = kinds[at % kinds.length] ?? "connections reset";
      const one = `words ${at}.`;
      words.push(one);
      const begin = performance.now();
      const before = socket.connections;
      breaks[kind](socket);
      await bo.direct(`/probe ${one}`);
      await slack.until("a new connection is there", () => socket.connections > before);
      longestGapMs.set(kind, Math.max(longestGapMs.get(kind) ?? 0, performance.now() - begin));
      const lost = kind === "closed before the acknowledgement" ? 1 : 2;
      await slack.until("all are there again", () => socket.connections >= before + lost);
      // What was delivered into the gap comes again by Slack's own retry.
      for (let minute = 0; minute < 6 && repliesTo(one) === 0; minute += 1) {
        await server.passTime(MINUTE_MS);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
    await server.bot.stop();
    const seen = bo.sees(bo.dm).map(({ text }) => text);
    const replied = words.map((one) => seen.filter((text) => text === `answered ${one}`).length);
    return {
      breaks: count,
      unanswered: replied.filter((times) => times === 0).length,
      doubled: words.filter((one, at) => (replied[at] ?? 0) > 1 || (answered.get(one) ?? 0) > 1).length,
      unhandled,
      errors: log.errors.map(({ event }) => event),
      longestGapMs,
    };
  } finally {
    process.off("unhandledRejection", countOne);
    await server.stop();
  }
}
