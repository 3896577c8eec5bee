import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { studyDateAt } from "#core/round/calendar";
import { settlesAt } from "#core/round/opening";
import type { Services } from "#core/services";
import { homeAt, homesOf, movesAgainAt } from "./homes.ts";

/** A channel whose last round was longer ago asks nothing any more. */
const STILL_ASKS_MS = 7 * 86_400_000;

/** Whether questions come in the channel: a home without any could never break a streak. */
async function asks({ tenant, channel, sentAt }: Request, { store }: Services): Promise<boolean> {
  const [schedule, [newest]] = await Promise.all([
    store.schedule(tenant, channel),
    store.rounds(tenant, channel, 1),
  ]);
  return schedule?.enabled === true || (newest !== undefined && sentAt - settlesAt(newest) < STILL_ASKS_MS);
}

/**
 * Lets the rounds of the channel where it is asked for decide the member's streak from now on.
 *
 * @throws Refusal where nothing is asked there, or the home has moved in the last 30 days
 */
export async function moveHome(request: Request, services: Services): Promise<Reply> {
  const { store, zone } = services;
  const { tenant, member, channel, sentAt: at } = request;
  const say = messagesFor(request.locale).streak;
  const [first, choices] = await Promise.all([
    store.homeChannel(tenant, member),
    store.choices(tenant, member),
  ]);
  const homes = homesOf(first ?? channel, choices);
  if (first !== null && homeAt(homes, at) === channel)
    return privateReply({ kind: "text", text: say.homeAlready });
  if (!(await asks(request, services))) throw new Refusal((messages) => messages.streak.homeNone);
  const again = movesAgainAt(homes, at);
  if (again !== null) {
    const date = studyDateAt(again, zone);
    throw new Refusal((messages) => messages.streak.homeSoon(date));
  }
  await store.keepChoice(tenant, member, { kind: "home", channel, at });
  return privateReply({ kind: "text", text: say.homeNow });
}
