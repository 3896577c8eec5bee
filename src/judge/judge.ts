import type { Meter } from "#core/metrics/meter";
import type { Clock } from "#core/ports";
import { type Judge, type JudgeBrief, JudgeFailure } from "#core/scoring/judge";
import { type Allowance, AllowanceInMemory } from "./allowance.ts";
import { Breaker } from "./breaker.ts";
import { type ConversationParts, conversationWith } from "./conversation.ts";
import { type EndpointSettings, openEndpoint, type Used } from "./endpoint.ts";
import { type Opinion, Opinions, opinionKey } from "./opinions.ts";
import { instructions, messageFor, PROMPT_VERSION } from "./prompt.ts";
import { readReply } from "./reply.ts";
import type { Tally } from "./tally.ts";

/** For everything together: the second try, and the pause before it. */
const LIMIT_MS = 8_000;

/** What a line of JSON takes, and what is left for the rest. */
const TOKENS_A_POINT = 120;
const TOKENS_AROUND = 200;

export interface JudgeSettings extends EndpointSettings {
  /** Where answers are sent; null where that is this machine. */
  readonly host: string | null;
}

export interface JudgeParts extends ConversationParts {
  readonly clock: Clock;
  /** One of this process alone where it is absent. */
  readonly allowance?: Allowance;
  readonly limitMs?: number;
  /** Keeps what the calls of today were and cost. */
  readonly tally?: Tally;
  readonly meter?: Meter | undefined;
}

/** Whether a failure says something about the endpoint; what it wrote may be the doing of whoever wrote the answer. */
const blamesEndpoint = ({ reason }: JudgeFailure): boolean =>
  reason === "timeout" || reason === "unreachable" || reason === "refused";

/** A language model behind an OpenAI-compatible endpoint, with every precaution between it and a member's score. */
export function openJudge(settings: JudgeSettings, parts: JudgeParts): Judge {
  const { random, clock, allowance = new AllowanceInMemory(clock), limitMs = LIMIT_MS } = parts;
  const { tally, meter } = parts;
  const used: Used = (tokens) => {
    tally?.used(tokens);
    for (const direction of ["input", "output"] as const)
      meter?.count("judgeTokens", { direction }, tokens[direction]);
  };
  const converse = conversationWith(openEndpoint(settings, used), parts);
  const breaker = new Breaker(clock);
  const opinions = new Opinions();

  const newMarker = (): string =>
    `answer-${Array.from({ length: 4 }, () => Math.floor(random() * 0x10000).toString(16)).join("")}`;

  async function askWithin(brief: JudgeBrief, stop: AbortSignal): Promise<Opinion> {
    const limit = AbortSignal.timeout(limitMs);
    const asked = {
      instructions,
      message: messageFor(brief, newMarker()),
      mostTokens: TOKENS_AROUND + TOKENS_A_POINT * brief.points.length,
    };
    try {
      return readReply(await converse(asked, AbortSignal.any([stop, limit])));
    } catch (error) {
      if (stop.aborted) throw new JudgeFailure("stopped");
      if (limit.aborted) throw new JudgeFailure("timeout");
      // Whatever else it is may hold the request, and with it the answer and the key.
      throw error instanceof JudgeFailure ? error : new JudgeFailure("unreadable");
    }
  }

  async function ask(brief: JudgeBrief, stop: AbortSignal): Promise<Opinion> {
    if (stop.aborted) throw new JudgeFailure("stopped");
    if (breaker.rests()) throw new JudgeFailure("paused");
    const taken = await allowance.take(brief.tenant, brief.member);
    if (taken !== "granted") throw new JudgeFailure(taken);
    // Another call may have gone out meanwhile, to see whether the endpoint is back.
    if (breaker.rests()) throw new JudgeFailure("paused");
    breaker.called();
    try {
      const opinion = await askWithin(brief, stop);
      breaker.succeeded();
      return opinion;
    } catch (error) {
      if (error instanceof JudgeFailure && blamesEndpoint(error)) breaker.failed();
      else if (!stop.aborted) breaker.succeeded();
      throw error;
    }
  }

  /** As `ask`, counted by what came of it. */
  async function askCounted(brief: JudgeBrief, stop: AbortSignal): Promise<Opinion> {
    const begun = meter?.now() ?? 0;
    let outcome: string = "answered";
    try {
      return await ask(brief, stop);
    } catch (error) {
      outcome = error instanceof JudgeFailure ? error.reason : "other";
      throw error;
    } finally {
      // An end of the program is no failure of the judge's.
      if (outcome !== "stopped") tally?.called(outcome !== "answered");
      meter?.count("judgeCalls", { outcome });
      meter?.time("judging", {}, meter.now() - begun);
    }
  }

  return {
    model: settings.model,
    promptVersion: PROMPT_VERSION,
    host: settings.host,
    judge: (brief, signal) =>
      opinions.find(opinionKey(settings.model, brief), () => askCounted(brief, signal)),
  };
}
