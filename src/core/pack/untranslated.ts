import type { Bilingual } from "#core/language";
import { messagesFor } from "#core/messages/index";

/** A text of a document in both languages as a pack keeps it: the half that nobody has written is marked, not made up. */
export function inOneLanguage(text: string): Bilingual {
  const isChinese = /\p{Script=Han}/u.test(text);
  return {
    zh: isChinese ? text : `${messagesFor("zh").drafting.untranslated}${text}`,
    en: isChinese ? `${messagesFor("en").drafting.untranslated} ${text}` : text,
  };
}
