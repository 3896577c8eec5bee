import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { privateReply, type Reply } from "#core/reply";
import { readTopics } from "#core/settings/values";
import type { Acting } from "./acting.ts";
import { buttonRow, doButton } from "./buttons.ts";
import { deliver } from "./delivering.ts";
import { keepNew } from "./keeping.ts";
import { DEFAULT_MINUTES } from "./limits.ts";
import { giveSeatBack, takeSeat } from "./seat.ts";
import { interviewIdOf, newInterview } from "./starting.ts";

/** @throws Refusal where no thread can be opened here, for a topic that nobody knows, or a member who sits in another */
export async function startInterview({ asked, request, services, stages }: Acting): Promise<Reply> {
  const { tenant, channel, member, locale, sentAt, submission } = request;
  const { store, library, clock } = services;
  // A direct message is in no channel that a thread could be opened in.
  if (services.channels !== undefined && request.place === undefined)
    throw new Refusal((say) => say.interview.notInChannel);
  const obstacle = stages.obstacle(tenant, channel);
  if (obstacle !== null) throw new Refusal(obstacle);
  const [topic = null] = (asked.topic === undefined ? null : readTopics([asked.topic], library)) ?? [];
  const id = interviewIdOf(sentAt, submission, member);
  const now = clock.now();
  await takeSeat(store, tenant, member, id, now);
  const schedule = await store.schedule(tenant, channel);
  const wish = {
    channel,
    host: member,
    locale: schedule?.locale ?? locale,
    topic,
    questions: asked.questions ?? null,
    minutes: asked.minutes ?? DEFAULT_MINUTES,
    sentAt,
    submission,
  };
  const kept = await keepNew(tenant, newInterview(wish, now), services);
  const opened = await deliver(tenant, kept, "later", { ...services, stages });
  if (opened.over?.why === "no-thread") {
    await giveSeatBack(store, tenant, member, id);
    throw new Refusal((say) => say.interview.noThreads);
  }
  const say = messagesFor(locale).interview;
  return privateReply(
    { kind: "text", text: say.opened },
    { kind: "note", text: say.consentNote },
    buttonRow(
      doButton("next", opened, locale, { label: say.beginButton, style: "primary", from: "lobby" }),
      doButton("show", opened, locale),
    ),
  );
}
