import type { Dossier } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { tellEditors } from "#core/editors-told";
import type { Locale } from "#core/language";
import { tellMember } from "#core/member-told";
import { messagesFor } from "#core/messages/index";
import { privateReply } from "#core/reply";
import type { Services } from "#core/services";
import { waitingQuestions } from "./filing.ts";
import { questionOf, type SuggestedQuestion, suggestionText } from "./suggestion.ts";

const LONGEST_NAMED = 60;

/** A suggested question as its member recognises it. */
const nameOf = (text: string): string =>
  text.length <= LONGEST_NAMED ? text : `${text.slice(0, LONGEST_NAMED - 1).toWellFormed()}…`;

function decisionText({ text, decision }: SuggestedQuestion, locale: Locale): string {
  const say = messagesFor(locale).suggestion;
  if (decision === null) return "";
  const sentences = [say.told(decision.approved, nameOf(text))];
  if (decision.sentence !== null) sentences.push(say.editorSays(decision.sentence));
  return sentences.join(locale === "zh" ? "" : " ");
}

/** As many are counted for the editors; more is “many” in any case. */
const MOST_COUNTED = 100;

/** What the clock does of a suggestion: it tells the editors of a new one, and its member of a decision. */
export const suggestionAct =
  (services: Services) =>
  async (dossier: Dossier): Promise<Pick<Dossier, "text" | "wakeAt"> | null> => {
    const found = questionOf(dossier);
    const { tenant, id, text: kept } = dossier;
    if (found === null) return { text: kept, wakeAt: null };
    const { suggestion } = found;
    const { member, locale } = suggestion;
    const isDecided = suggestion.decision !== null;
    if (isDecided) {
      const text = { zh: decisionText(suggestion, "zh"), en: decisionText(suggestion, "en") };
      const reply = privateReply({ kind: "text", text: text[locale] });
      await tellMember({ tenant, member, locale, key: `suggestion/${id}`, text, reply }, services);
    } else {
      const waiting = await waitingQuestions(tenant, MOST_COUNTED, services);
      const text = (of: Locale) => messagesFor(of).suggestion.editorsTold(Math.max(1, waiting.length));
      await tellEditors({ tenant, but: member, about: "suggestion", at: suggestion.filedAt, text }, services);
    }
    await changeDossier(services.store, { tenant, kind: "suggestion", id }, (standing) => {
      const now = standing === null ? null : questionOf(standing);
      if (now === null) return null;
      return suggestionText({ ...now.suggestion, ...(isDecided ? { told: true } : { announced: true }) });
    });
    return null;
  };
