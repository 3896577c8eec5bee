import { locale, say } from "./locale.ts";
import type { WireDraft, WirePacks } from "./review-wire.ts";
import { theme } from "./switches.ts";
import type {
  DeskAnswer,
  RequestAnswer,
  RequestBody,
  ServerRefusal,
  WireCommand,
  WireCompletion,
  WireThreads,
} from "./wire.ts";

/** The most that is sent at once, in UTF-8 bytes; the server takes as much. */
export const MOST_BYTES = 990_000;

/** Why nothing came of a request, as a sentence for the member. */
export class NotDone extends Error {
  readonly outdated: boolean;
  readonly offline: boolean;
  /** The server takes nothing from this address, now or later. */
  readonly refused: boolean;

  constructor(
    sentence: string,
    { outdated = false, offline = false, refused = false }: Partial<Omit<NotDone, keyof Error>> = {},
  ) {
    super(sentence);
    this.outdated = outdated;
    this.offline = offline;
    this.refused = refused;
  }
}

const build = document.documentElement.dataset.build ?? "";

/** The member of this tab, from `?as=name`; null for the one who started the program. */
export const member = new URLSearchParams(location.search).get("as");

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isRefusal = (value: unknown): value is ServerRefusal =>
  typeof value === "object" && value !== null && "refusal" in value;

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let text: string;
  let status: number;
  try {
    const response = await fetch(path, { ...init, cache: "no-store" });
    status = response.status;
    text = await response.text();
  } catch {
    throw new NotDone(say().offline, { offline: true });
  }
  const answer = parse(text);
  if (answer === null) throw new NotDone(say().failed);
  if (isRefusal(answer)) {
    throw new NotDone(answer.refusal[locale()], {
      outdated: answer.outdated === true,
      refused: status === 400,
    });
  }
  return answer as Answer;
}

/** Where the server tells what happens to these members, of whom null is the one who started the program. */
export function eventsAddress(members: readonly (string | null)[]): string {
  const names = members.map((name) => (name === null ? ["own", ""] : ["as", name]));
  return `/api/events?${new URLSearchParams(names)}`;
}

export const isThisBuild = (other: string): boolean => other === build;

export async function readDesk(): Promise<DeskAnswer> {
  const query = new URLSearchParams({ locale: locale(), ...(member === null ? {} : { as: member }) });
  const state = await ask<DeskAnswer>(`/api/desk?${query}`);
  if (!isThisBuild(state.build)) throw new NotDone(say().outdated, { outdated: true });
  return state;
}

/** What was said unasked, to everybody and to this member. */
export const readThreads = (): Promise<WireThreads> =>
  ask(`/api/threads?${new URLSearchParams(member === null ? {} : { as: member })}`);

export const readCommands = (): Promise<readonly WireCommand[]> => ask("/api/commands");

export const readDraftPacks = (): Promise<WirePacks> =>
  ask(`/api/drafts?${new URLSearchParams({ locale: locale() })}`);

export const readDraft = (id: string): Promise<WireDraft> =>
  ask(`/api/draft?${new URLSearchParams({ id, locale: locale() })}`);

/** What an option could become, given what was typed of it. */
export const readCompletions = (
  command: string,
  option: string,
  typed: string,
): Promise<readonly WireCompletion[]> =>
  ask(`/api/complete?${new URLSearchParams({ command, option, typed, locale: locale() })}`);

/** Sends one request; the same `submission` again is the same answer again, and counts once. */
export function send(
  command: string,
  input: RequestBody["input"],
  {
    submission = crypto.randomUUID(),
    pictures = true,
    path = "/api/request",
    mostBytes = MOST_BYTES,
  }: { submission?: string; pictures?: boolean; path?: string; mostBytes?: number } = {},
): Promise<RequestAnswer> {
  const body = JSON.stringify({
    build,
    as: member,
    locale: locale(),
    submission,
    theme: theme(),
    pictures,
    command,
    input,
  } satisfies RequestBody);
  // A body that the server turns away while it is still being sent looks like a lost connection.
  if (body.length > mostBytes || new Blob([body]).size > mostBytes) {
    return Promise.reject(new NotDone(say().tooBig));
  }
  return ask(path, { method: "POST", headers: { "content-type": "application/json" }, body });
}
