import type { Locale } from "#core/language";
import { isChinese, type LintFinding, type LintSubject, type Words } from "./lint-subject.ts";
import { standsIn, wordingsOf } from "./lint-wordings.ts";
import type { CompiledPoint, RubricFile } from "./rubric.ts";
import type { Rule, Term } from "./rule.ts";

type PointFile = RubricFile["points"][number];

const LOCALES: readonly Locale[] = ["zh", "en"];
const LANGUAGE: Readonly<Record<Locale, string>> = { zh: "Chinese", en: "English" };

/** Points that one of the languages cannot hit, contradictions that nothing fires, rules that the question fulfils. */
export function lintRules(subject: LintSubject): LintFinding[] {
  return subject.file.points.flatMap((point, at) => {
    const compiled = subject.rubric.points.find(({ id }) => id === point.id);
    if (compiled === undefined) return [];
    return [
      ...unreachable(point, compiled, at, subject),
      ...deadContradictions(point, compiled, at, subject),
      ...askedRules(point, compiled, at, subject),
    ];
  });
}

function unreachable(
  point: PointFile,
  compiled: CompiledPoint,
  at: number,
  { question, words, attempt }: LintSubject,
): LintFinding[] {
  const reached = (locale: Locale): boolean =>
    point.phrases[locale].length > 0 ||
    compiled.factors.length > 1 ||
    compiled.claims.some((rule) => isSayable(rule, locale, words)) ||
    (compiled.sides?.every((rules) => rules.some((rule) => isSayable(rule, locale, words))) ?? false) ||
    point.examples.hit.some(
      (example) =>
        isChinese(example) === (locale === "zh") && attempt(example).verdicts.get(point.id) === "hit",
    );
  return LOCALES.filter((locale) => !reached(locale)).map((locale) => ({
    file: "rubric",
    path: ["points", at],
    question: question.id,
    point: point.id,
    what: `nothing said in ${LANGUAGE[locale]} can hit it`,
    mend: `give its concepts ${LANGUAGE[locale]} aliases, or the point ${LANGUAGE[locale]} phrases`,
    lack: locale === "zh" ? ("chinese-words" as const) : ("english-words" as const),
  }));
}

/** Whether every slot has a word of that language; a text in Chinese may use Latin names beside its own words. */
function isSayable(rule: Rule, locale: Locale, words: Words): boolean {
  const says = (term: Term, language: Locale): boolean => {
    const id = words.glossary.entries[term.meaning]?.id;
    return id !== undefined && (words.aliases.get(id)?.[language].length ?? 0) > 0;
  };
  const inOwn = (slot: readonly Term[]) => slot.some((term) => says(term, locale));
  if (locale === "en") return rule.slots.every(inOwn);
  return (
    rule.slots.some(inOwn) && rule.slots.every((slot) => inOwn(slot) || slot.some((term) => says(term, "en")))
  );
}

function deadContradictions(
  point: PointFile,
  compiled: CompiledPoint,
  at: number,
  { question, words, attempt }: LintSubject,
): LintFinding[] {
  const examples = Object.values(point.examples).flat().map(attempt);
  return point.contradicts.flatMap((text, place): LintFinding[] => {
    const fires = (trial: ReturnType<typeof attempt>) => trial.fired(point.id, text);
    if (examples.some(fires)) return [];
    const rules = compiled.contradicts.filter((rule) => rule.text === text);
    if (rules.some((rule) => wordingsOf(rule, words).some((wording) => fires(attempt(wording))))) return [];
    return [
      {
        file: "rubric",
        path: ["points", at, "contradicts", place],
        question: question.id,
        point: point.id,
        what: `no example and no text made of its words fires the contradiction “${text}”`,
        mend: "add the example that it is there for to examples.contradict, or take it out",
        lack: "rule",
      },
    ];
  });
}

/** A concept that earns the point by its name alone and stands in the question: an echo would earn it. */
function askedRules(
  point: PointFile,
  compiled: CompiledPoint,
  at: number,
  { question, words, attempt }: LintSubject,
): LintFinding[] {
  const { entries } = words.glossary;
  return compiled.claims.flatMap((rule): LintFinding[] => {
    const place = point.claims.indexOf(rule.text);
    const [slot, ...more] = rule.slots;
    if (place === -1 || slot === undefined || more.length > 0 || rule.subject !== -1) return [];
    return slot.flatMap((term) => {
      if (term.direction !== undefined && term.direction !== 0) return [];
      const aliases = Object.values(words.aliases.get(entries[term.meaning]?.id ?? "") ?? {}).flat();
      const asked = aliases.find(
        (alias) => standsIn(alias, question.text) && attempt(alias).fired(point.id, rule.text),
      );
      if (asked === undefined) return [];
      return [
        {
          file: "rubric",
          path: ["points", at, "claims", place],
          question: question.id,
          point: point.id,
          what: `“${asked}” stands in the question and earns the point by itself`,
          mend: `ask for more beside ${entries[term.meaning]?.id}, such as a direction or a second concept`,
        } satisfies LintFinding,
      ];
    });
  });
}
