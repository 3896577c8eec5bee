import type { Bilingual, Locale } from "#core/language";
import { Lexicon } from "./lexicon.ts";
import type { Words } from "./lint-subject.ts";
import { normalise } from "./normalise.ts";
import type { Rule, Term } from "./rule.ts";

/** How many aliases of a concept are tried, and how many concepts of a slot. */
const ALIASES = 4;
const TERMS = 4;

/** An alias as somebody might type it: gaps closed, open endings left off. */
export function typed(alias: string): string {
  const pieces = alias.split("*").map((piece) => piece.replaceAll("~", "").trim());
  return pieces.reduce((text, piece) => (/[a-z0-9]$/i.test(text) ? `${text} ${piece}` : text + piece), "");
}

/** Whether a scan of the question's text, in either language, finds the alias. */
export function standsIn(alias: string, question: Bilingual): boolean {
  const lexicon = new Lexicon();
  lexicon.add(alias, 0);
  return Object.values(question).some((text) => {
    const { entries, overlays } = lexicon.scan(normalise(text).text);
    return entries.length + overlays.length > 0;
  });
}

/** Texts in which the words that a rule asks for stand side by side, in its order, in one language each. */
export function wordingsOf(rule: Rule, words: Words): string[] {
  const texts = new Set<string>();
  for (const locale of ["zh", "en"] as const) {
    for (let term = 0; term < TERMS; term += 1) {
      for (let alias = 0; alias < ALIASES; alias += 1) {
        const subject = rule.subject === -1 ? [] : [{ meaning: rule.subject, direction: undefined }];
        const parts = [...subject.map((only) => [only]), ...rule.slots].map((slot) =>
          wording(slot[term % slot.length], alias, locale, words),
        );
        if (parts.every((part) => part !== undefined)) texts.add(parts.join(" "));
      }
    }
  }
  return [...texts];
}

function wording(term: Term | undefined, at: number, locale: Locale, words: Words): string | undefined {
  if (term === undefined) return undefined;
  const aliases = words.aliases.get(words.glossary.entries[term.meaning]?.id ?? "");
  const own = aliases?.[locale] ?? [];
  const list = own.length > 0 ? own : (aliases?.en ?? []);
  const alias = list[at % Math.max(1, list.length)];
  if (alias === undefined) return undefined;
  if (term.direction === 1) return locale === "zh" ? `${typed(alias)}增大` : `increase ${typed(alias)}`;
  if (term.direction === -1) return locale === "zh" ? `${typed(alias)}减小` : `reduce ${typed(alias)}`;
  return typed(alias);
}
