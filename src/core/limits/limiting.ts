import { messagesFor } from "#core/messages/index";
import { type Reply, refusalReply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { allowancesInMemory } from "./allowance.ts";
import { bucketsOf, isAnswer, usualLimits } from "./limits.ts";

const MOST_KNOWN = 20_000;

/** Says whether a request is taken: null where it is, else what its member is told. */
export interface Limiting {
  /** As far as this process knows: whoever was told to wait costs no look into the store until the time is over. */
  known(request: Request): Reply | null;
  ask(request: Request): Promise<Reply | null>;
}

/**
 * Takes no more of a member, a channel and a tenant than the limits say: whoever sends more is told once how long to wait,
 * and costs nothing until then. Where the store cannot count, this process does.
 */
export function limitingWith({
  store,
  clock,
  log,
  limits = usualLimits,
}: Pick<Services, "store" | "clock" | "log" | "limits">): Limiting {
  const own = allowancesInMemory(() => clock.now());
  /** When a member may be told again to wait, and until when they have to. */
  const told = new Map<string, { readonly again: number; readonly until: number }>();
  let isCountingAlone = false;

  const waitFor = async (request: Request): Promise<number> => {
    const buckets = bucketsOf(request, limits);
    try {
      const wait = await store.spend(request.tenant, buckets);
      isCountingAlone = false;
      return wait;
    } catch (error) {
      // Said when it begins: whatever the command itself needs of the store says so again.
      if (!isCountingAlone) log.error("limits are counted in this process alone", error);
      isCountingAlone = true;
      return own.spend(request.tenant, buckets);
    }
  };

  // An answer has a bucket of its own: whoever waits with commands may send one.
  const nameOf = ({ tenant, member, channel, command }: Request): string =>
    JSON.stringify([tenant, member, channel, isAnswer(command)]);

  const shed = (request: Request, until: number): Reply => {
    const { tenant, locale, command } = request;
    const now = clock.now();
    const name = nameOf(request);
    const seconds = Math.ceil((until - now) / 1000);
    const reply = refusalReply(messagesFor(locale).dispatch.tooFast(seconds));
    const before = told.get(name);
    if (before !== undefined && before.again > now) {
      told.set(name, { ...before, until });
      return { ...reply, isRepeat: true };
    }
    if (told.size >= MOST_KNOWN) told.clear();
    // As long as the window: whoever goes on sending is told again once a minute, not at every command.
    told.set(name, { again: now + Math.max(until - now, 60_000), until });
    log.warn("commands come too fast and are not taken", { tenant, command, seconds });
    return reply;
  };

  return {
    known: (request) => {
      const until = told.get(nameOf(request))?.until ?? 0;
      return until > clock.now() ? shed(request, until) : null;
    },
    ask: async (request) => {
      const wait = await waitFor(request);
      return wait > 0 ? shed(request, clock.now() + wait) : null;
    },
  };
}
