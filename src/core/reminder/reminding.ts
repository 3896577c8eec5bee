import type { Dossier } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { fingerprint } from "#core/fingerprint";
import type { Instant, TenantId } from "#core/ids";
import { leaveNote } from "#core/inbox";
import { messagesFor } from "#core/messages/index";
import { platformOf } from "#core/metrics/meter";
import type { Question } from "#core/pack/question";
import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import { studyDateAt } from "#core/round/calendar";
import { effectiveClose, isOpen, settlesAt } from "#core/round/opening";
import type { Round } from "#core/round/round";
import { wallTimeAt } from "#core/schedule/wall-time";
import type { Services } from "#core/services";
import { homeOf, memberFacts } from "#core/streak/standing";
import { streakOf } from "#core/streak/streak";
import { afterDate, type Due, isQuiet, type Reminder, readReminder, reminderText } from "./reminder.ts";

/** A reminder that comes later than this is none: the member has made other plans. */
const LATEST_MS = 3_600_000;
/** The clock goes round every few seconds: a time just before the quiet hours is kept all the same. */
const GRACE_MS = 5 * 60_000;
/** With less time than this left before the close nobody can answer in peace. */
const LEAST_LEFT_MS = 10 * 60_000;

/** What there is to be reminded of. */
interface Occasion {
  readonly round: Round;
  readonly question: Question;
  /** Days in the run that is alive; 0 where there is none. */
  readonly streak: number;
  /** What happens to the run if the round passes without an answer. */
  readonly ifMissed: "ends" | "freeze" | "nothing";
}

/** Whether anybody may be spoken to now: on the date that was meant, not much too late, and in no quiet hours. */
export const isHour = ({ zone, quiet }: Reminder, due: Due, now: Instant): boolean =>
  now >= due.at &&
  now - due.at <= LATEST_MS &&
  studyDateAt(now, zone) === due.date &&
  !isQuiet(wallTimeAt(Math.max(due.at, now - GRACE_MS), zone), quiet);

/** The open round that the member has not passed yet; null where there is nothing to be reminded of. */
async function occasionFor(
  tenant: TenantId,
  { member, channel }: Reminder,
  now: Instant,
  { store, library }: Services,
): Promise<Occasion | null> {
  const home = (await homeOf(tenant, member, now, store)) ?? channel;
  const [round] = await store.rounds(tenant, home, 1);
  if (round === undefined || !isOpen(round, now) || effectiveClose(round) - now < LEAST_LEFT_MS) return null;
  const question = library.question(round.question);
  if (question === undefined) return null;
  // Most have passed it by now, and that alone is quickly read.
  const ledger = await store.ledger(tenant, member);
  if (ledger.some(({ date, kind }) => date === round.date && kind === "pass")) return null;
  const facts = await memberFacts({ tenant, member }, home, now, store);
  const streak = streakOf(facts);
  // Passed, waiting for its score, paused or excused: nothing depends on an answer any more.
  if (streak.days.find(({ date }) => date === round.date)?.reason !== "open") return null;
  const missed = streakOf({ ...facts, now: settlesAt(round) + 1 });
  const isFrozen = missed.days.some(({ date, reason }) => date === round.date && reason === "freeze");
  const ifMissed =
    streak.current === 0 ? "nothing" : missed.current === 0 ? "ends" : isFrozen ? "freeze" : "nothing";
  return { round, question, streak: streak.current, ifMissed };
}

/** The reminder as its member reads it; one tap ends them all. */
function reminderReply({ round, question, streak, ifMissed }: Occasion, { locale }: Reminder): Reply {
  const say = messagesFor(locale);
  const press = (label: string, command: string, options: object, style: Button["style"]): Button => ({
    label,
    action: { command, options: { ...options } },
    style,
  });
  const stake: Block[] =
    ifMissed === "nothing"
      ? []
      : [
          {
            kind: "text",
            text: ifMissed === "ends" ? say.reminder.atRisk(streak) : say.reminder.frozen(streak),
          },
        ];
  return privateReply(
    { kind: "heading", text: say.reminder.title },
    { kind: "text", text: question.text[locale] },
    ...stake,
    { kind: "deadline", label: say.quiz.closes, at: effectiveClose(round) },
    {
      kind: "buttons",
      buttons: [
        press(say.quiz.answerButton, "answer", { round: round.id }, "primary"),
        press(say.reminder.offButton, "streak", { remind: "off", tapped: true }, "secondary"),
      ],
    },
  );
}

/** What the clock does of a reminder whose hour has come. */
export const reminderAct =
  (services: Services) =>
  async (dossier: Dossier): Promise<null> => {
    const { store, clock, directMessages } = services;
    const { tenant, id } = dossier;
    // Machines that share a store go by its clock.
    const now = (await store.now?.()) ?? clock.now();
    const reminder = readReminder(dossier.text);
    const { due, member, locale } = reminder;
    const change = (next: (standing: Reminder) => Reminder): Promise<unknown> =>
      changeDossier(store, { tenant, kind: "reminder", id }, (standing) =>
        standing === null ? null : reminderText(next(readReminder(standing.text))),
      );
    const count = (outcome: string): void =>
      services.meter?.count("reminders", { platform: platformOf(tenant), outcome });
    if (due === null || !reminder.on) {
      await change((standing) => standing);
      return null;
    }
    const occasion = isHour(reminder, due, now) ? await occasionFor(tenant, reminder, now, services) : null;
    if (occasion !== null) {
      const key = `reminder/${due.date}/${fingerprint([member])}`;
      const reply = reminderReply(occasion, reminder);
      const outcome = (await directMessages?.send(tenant, member, reply, key, locale)) ?? "not-taken";
      count(outcome === "not-taken" ? "not_taken" : "sent");
      if (outcome === "not-taken") {
        const text = {
          zh: messagesFor("zh").reminder.notTaken,
          en: messagesFor("en").reminder.notTaken,
        };
        await leaveNote(store, tenant, member, { key, text });
        await change((standing) => ({ ...standing, on: false, due: null }));
        return null;
      }
    }
    if (occasion === null) count("not_needed");
    // After a stop over several dates the last of them may still be in time.
    await change((standing) => afterDate(standing, due.date, now - LATEST_MS));
    return null;
  };
