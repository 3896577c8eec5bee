import type { Dossier } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { tellEditors } from "#core/editors-told";
import type { TenantId } from "#core/ids";
import type { Locale } from "#core/language";
import { tellMember } from "#core/member-told";
import { messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import { type Block, privateReply } from "#core/reply";
import { openingWords } from "#core/round/question-choice";
import type { Services } from "#core/services";
import { onShelf } from "#core/shelf";
import { type Appeal, type AppealCase, appealText, caseOf, waits } from "./appeal.ts";
import { carryOut } from "./deciding.ts";
import { waitingAppeals } from "./filing.ts";

/** What a member hears of a decision, sentence by sentence. */
function decisionSentences(
  { decision, outcome, point }: Appeal,
  question: Question,
  locale: Locale,
): readonly string[] {
  const say = messagesFor(locale).appeal;
  if (decision === null) return [];
  const number = question.points.findIndex(({ id }) => id === point) + 1;
  const sentences = [say.told(decision.ruling, number, openingWords(question, locale))];
  if (decision.sentence !== null) sentences.push(say.editorSays(decision.sentence));
  if (outcome === null) return sentences;
  sentences.push(say.nowScore(outcome.score.before, outcome.score.after));
  if (outcome.counts) sentences.push(say.dayCounts);
  if (outcome.freezeReturned) sentences.push(say.freezeBack);
  const { before, after } = outcome.streak;
  if (after !== before) sentences.push(say.streakNow(before, after));
  return sentences;
}

const joined = (sentences: readonly string[], locale: Locale): string =>
  sentences.join(locale === "zh" ? "" : " ");

async function tellDecision(tenant: TenantId, { id, appeal }: AppealCase, services: Services): Promise<void> {
  const question = services.library.question(appeal.question);
  // A question that was withdrawn since has no name to tell it by; /appeal was all there was of it.
  if (question === undefined) return;
  const sentences = (locale: Locale) => decisionSentences(appeal, question, locale);
  const text = { zh: joined(sentences("zh"), "zh"), en: joined(sentences("en"), "en") };
  const { member, locale } = appeal;
  const say = messagesFor(locale).appeal;
  const look: Block = {
    kind: "buttons",
    buttons: [
      {
        label: say.seeAnswer,
        action: { command: "history", options: { question: appeal.question } },
        typed: `/history ${appeal.question}`,
        style: "secondary",
      },
    ],
  };
  const reply = privateReply({ kind: "text", text: text[locale] }, look);
  await tellMember({ tenant, member, locale, key: `appeal/${id}`, text, reply }, services);
}

/** As many are counted for the editors; more is “many” in any case. */
const MOST_COUNTED = 100;

async function announce(tenant: TenantId, { appeal }: AppealCase, services: Services): Promise<void> {
  const waiting = await onShelf(services.store, waitingAppeals(tenant), MOST_COUNTED, waits);
  const text = (locale: Locale) => messagesFor(locale).appeal.editorsTold(Math.max(1, waiting.length));
  await tellEditors({ tenant, but: appeal.member, about: "appeal", at: appeal.readableAt, text }, services);
}

/**
 * What the clock does of an appeal whose time has come: it tells the editors of a new one, and the member of a decision
 * after whatever was left half done of it.
 */
export const appealAct =
  (services: Services) =>
  async (dossier: Dossier): Promise<null> => {
    const { tenant, id } = dossier;
    const found = caseOf(dossier);
    const isDecided = found.appeal.decision !== null;
    if (isDecided) await tellDecision(tenant, await carryOut(tenant, found, services), services);
    else await announce(tenant, found, services);
    await changeDossier(services.store, { tenant, kind: "appeal", id }, (standing) => {
      if (standing === null) return null;
      const { appeal } = caseOf(standing);
      return appealText(isDecided ? { ...appeal, told: true } : { ...appeal, announced: true });
    });
    return null;
  };
