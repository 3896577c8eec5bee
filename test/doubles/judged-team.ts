import { afterEach, beforeEach } from "vitest";
import type { Amendment, Reply } from "#core/reply";
import { Judging } from "#core/round/judging";
import type { GradeResult, Grader } from "#core/scoring/grader";
import { createLocalGrader } from "#core/scoring/local-grader";
import { judgeAt } from "#test/doubles/judge";
import { type JudgeEndpoint, judging, openJudgeEndpoint } from "#test/doubles/judge-endpoint";
import { openTeam, type Team } from "#test/doubles/team";

/** What a reader finds in the answer, and where. */
export const forgets = "can no longer do what it was once good at";
export const replays = "Show it a few of the exercises from back then";
export const answer = `After the model has studied something fresh it ${forgets}. ${replays} every now and again while it studies.`;

/** Finds two points in the answer, and a third that it cannot quote. */
export const generous = judging({
  "cf-definition": ["hit", forgets],
  "cf-replay": ["hit", replays],
  "cf-objective": ["hit", "words that nobody wrote"],
});

const local = createLocalGrader();

/** The local grader, which by its rules finds nothing in that one answer. */
const grader: Grader = {
  async grade(input) {
    const result = await local.grade(input);
    if (!input.answer.startsWith(answer)) return result;
    const points = result.points.map(({ id }) => ({
      id,
      verdict: "miss" as const,
      confidence: 0.9,
      evidence: [],
      reason: "no-match" as const,
    }));
    return { ...result, points, score: 0 };
  },
};

export interface Answered {
  readonly reply: Reply;
  /** Undefined where nothing was announced, null where it came to nothing. */
  readonly amendment: Amendment | null | undefined;
}

export interface JudgedTeam {
  readonly team: Team;
  readonly endpoint: JudgeEndpoint;
  /** Sends an answer and waits for what comes later. */
  send(text: string, as?: Parameters<Team["ask"]>[2]): Promise<Answered>;
  /** The result that is kept of a member's last answer to the newest round. */
  kept(member?: string): Promise<GradeResult | null | undefined>;
}

/** A new team with a second reader before each test, who finds what is `generous` unless the test says otherwise. */
export function judgedTeam(): JudgedTeam {
  let endpoint: JudgeEndpoint;
  let team: Team;
  beforeEach(async () => {
    endpoint = await openJudgeEndpoint();
    endpoint.answer(generous);
    team = await openTeam(undefined, undefined, { grader, judging: new Judging(judgeAt(endpoint)) });
  });
  afterEach(async () => {
    await team.services.judging?.stop();
    await team.stop();
    await endpoint.stop();
  });
  return {
    get team() {
      return team;
    },
    get endpoint() {
      return endpoint;
    },
    async send(text, as = {}) {
      let coming: Promise<Amendment | null> | undefined;
      const reply = await team.ask("answer", text, {
        ...as,
        later: (amendment) => {
          coming = amendment;
        },
      });
      return { reply, amendment: await coming };
    },
    async kept(member = "ada") {
      const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
      if (round === undefined) throw new Error("no round is open");
      const all = await team.services.store.attemptsOfRound(team.tenant, round.id);
      return all.findLast((attempt) => attempt.member === member)?.result;
    },
  };
}

/** What came later, where something did. */
export const later = ({ amendment }: Answered): Amendment => {
  if (amendment == null) throw new Error("nothing came after the reply");
  return amendment;
};

export const scoreIn = (reply: Reply): number =>
  reply.blocks.find((block) => block.kind === "heading")?.score ?? Number.NaN;
