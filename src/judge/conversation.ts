import { type Asked, type Dialect, type Endpoint, EndpointFailure, outputForms } from "./endpoint.ts";

/** Between a try and the next; up to as much again is added at random, so that many do not come back at once. */
const PAUSE_MS = 500;
/** An endpoint that wants to be left alone for longer is not waited for. */
const LONGEST_PAUSE_MS = 3_000;
/** The forms, and once more without the classic parameters. */
const MOST_DIALECTS = outputForms.length + 1;

export interface ConversationParts {
  /** 0 to 1, exclusive. */
  random(): number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

const isPassing = ({ reason, status }: EndpointFailure): boolean =>
  reason === "unreachable" || (status !== null && (status === 429 || status >= 500));

/** A request that the endpoint did not understand, so that another form of it may be. */
const isMisunderstood = ({ status }: EndpointFailure): boolean =>
  status === 400 || status === 422 || status === 501;

function simpler({ form, classic }: Dialect, { wantsModern }: EndpointFailure): Dialect | null {
  if (wantsModern && classic) return { form, classic: false };
  const next = outputForms[outputForms.indexOf(form) + 1];
  return next === undefined ? null : { form: next, classic };
}

/**
 * Asks an endpoint in the richest form that it understands, which is remembered, and once more after trouble that
 * passes. The result throws EndpointFailure, and what an aborted signal throws.
 */
export function conversationWith(
  endpoint: Endpoint,
  { random, pause }: ConversationParts,
): (asked: Asked, signal: AbortSignal) => Promise<string> {
  let understood: Dialect = { form: "schema", classic: true };

  const askOnce = async (asked: Asked, signal: AbortSignal): Promise<string> => {
    let dialect = understood;
    for (let tries = 1; ; tries += 1) {
      try {
        const text = await endpoint(asked, dialect, signal);
        understood = dialect;
        return text;
      } catch (error) {
        if (!(error instanceof EndpointFailure) || !isMisunderstood(error)) throw error;
        const next = simpler(dialect, error);
        if (next === null || tries >= MOST_DIALECTS) throw error;
        dialect = next;
      }
    }
  };

  return async (asked, signal) => {
    try {
      return await askOnce(asked, signal);
    } catch (error) {
      if (!(error instanceof EndpointFailure) || !isPassing(error)) throw error;
      const wanted = error.retryAfterMs ?? PAUSE_MS;
      if (wanted > LONGEST_PAUSE_MS) throw error;
      await pause(wanted + random() * PAUSE_MS, signal);
      return askOnce(asked, signal);
    }
  };
}
