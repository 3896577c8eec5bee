import { changeDossier } from "#core/dossier-change";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Zone } from "#core/round/calendar";
import type { Services } from "#core/services";
import { readTime } from "#core/settings/values";
import { findZone } from "#core/zones";
import {
  defaultQuiet,
  isQuiet,
  nextDue,
  type QuietHours,
  type Reminder,
  readReminder,
  reminderText,
} from "./reminder.ts";

/** What was typed behind `remind`: a time, and where it is meant. */
interface Wish {
  readonly time: string;
  /** Empty where none was named. */
  readonly zone: string;
  /** Undefined where it was not named; null for none. */
  readonly quiet: QuietHours | null | undefined;
}

const QUIET = /(?:^|\s)(?:quiet|免打扰)\s*[=:：]?\s*(\S{1,20})\s*$/iu;
const SPAN = /^(\d{1,2}(?::\d{2})?)[-–~到至](\d{1,2}(?::\d{2})?)$/u;
const NEVER = /^(?:off|none|no|无|关|不要)$/iu;
const TIME_FIRST = /^(\S{1,20}(?:\s+[ap]m\b)?)(?:\s+(\S.*))?$/iu;

function readQuiet(typed: string): QuietHours | null {
  if (NEVER.test(typed)) return null;
  const span = SPAN.exec(typed.normalize("NFKC"));
  const [, from, to] = span ?? [];
  if (from === undefined || to === undefined)
    throw new Refusal((say) => say.reminder.badQuiet(typed.slice(0, 40)));
  return { from: readTime(from), to: readTime(to) };
}

function readWish(typed: string): Wish {
  const quiet = QUIET.exec(typed);
  const rest = (quiet === null ? typed : typed.slice(0, quiet.index)).trim();
  const [, time = rest, zone = ""] = TIME_FIRST.exec(rest) ?? [];
  return { time, zone, quiet: quiet?.[1] === undefined ? undefined : readQuiet(quiet[1]) };
}

/** The zone that a member means who named none: the one of before, else their channel's. */
async function zoneMeant(
  typed: string,
  before: Reminder | null,
  { tenant, channel }: Request,
  { store, places, zone }: Services,
): Promise<Zone> {
  if (typed !== "") return findZone(typed, places);
  return before?.zone ?? (await store.schedule(tenant, channel))?.zone ?? zone;
}

const stateBlocks = (reminder: Reminder | null, { locale }: Request): Block[] => {
  const say = messagesFor(locale).reminder;
  if (reminder === null || !reminder.on)
    return [
      { kind: "text", text: say.isOff },
      { kind: "note", text: say.how },
    ];
  const { time, zone, quiet, due } = reminder;
  return [
    { kind: "text", text: say.isOn(time, zone) },
    ...(due === null ? [] : [{ kind: "deadline" as const, label: say.next, at: due.at }]),
    { kind: "note", text: quiet === null ? say.noQuiet : say.quietFrom(quiet.from, quiet.to) },
    {
      kind: "buttons",
      buttons: [
        {
          label: say.offButton,
          action: { command: "streak", options: { remind: "off", tapped: true } },
          typed: "/streak remind off",
          style: "secondary",
        },
      ],
    },
  ];
};

const OFF = /^(?:off|none|no|stop|取消|关|关闭|不用|不要)$/iu;

/**
 * Sets, ends or (nothing typed) shows the member's own reminder.
 *
 * @param tapped whether the button of a reminder was pressed, which its reply then stands in the place of
 * @throws Refusal where the time, the place or the quiet hours cannot be read, or the time lies in quiet hours
 */
export async function changeReminder(
  typed: string,
  tapped: boolean,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { tenant, member, channel, locale } = request;
  const { store, clock } = services;
  const key = { tenant, kind: "reminder", id: member } as const;
  const kept = await store.dossier(tenant, "reminder", member);
  const before = kept === null ? null : readReminder(kept.text);
  const wish = typed.trim();
  const say = messagesFor(locale).reminder;
  if (wish === "") return privateReply(...stateBlocks(before, request));
  if (OFF.test(wish)) {
    await changeDossier(store, key, (standing) => {
      const now = standing === null ? null : readReminder(standing.text);
      return now === null || !now.on ? null : reminderText({ ...now, on: false, due: null });
    });
    const reply = privateReply({ kind: "text", text: say.offNow });
    return tapped ? { ...reply, placement: "edit" } : reply;
  }
  const read = readWish(wish);
  const time = readTime(read.time);
  const zone = await zoneMeant(read.zone, before, request, services);
  const quiet =
    read.quiet === undefined ? (before?.quiet ?? (before === null ? defaultQuiet : null)) : read.quiet;
  if (quiet !== null && isQuiet(time, quiet))
    throw new Refusal((messages) => messages.reminder.inQuiet(time, quiet.from, quiet.to));
  const now = clock.now();
  const set = await changeDossier(store, key, (standing) => {
    const lastDate = standing === null ? null : readReminder(standing.text).lastDate;
    const wished = { member, locale, channel, on: true, zone, time, quiet, lastDate };
    return reminderText({ ...wished, due: nextDue(wished, now) });
  });
  return privateReply(...stateBlocks(set === null ? null : readReminder(set.text), request));
}
