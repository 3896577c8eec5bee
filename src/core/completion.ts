import type { Command } from "./command.ts";
import type { TenantId } from "./ids.ts";
import type { Locale } from "./language.ts";
import { describeOptions, type OptionMeta } from "./options.ts";
import { inTenant, type Library } from "./pack/library.ts";
import { type Findable, rank } from "./ranking.ts";
import { openingWords } from "./round/question-choice.ts";
import type { Services } from "./services.ts";
import { zoneLabel, zonesFor } from "./zones.ts";

/** What an option could become, and what that means. */
export interface Completion {
  readonly value: string;
  readonly label: string;
}

export interface CompletionContext {
  readonly tenant: TenantId;
  readonly locale: Locale;
}

/** As many as a platform's menu holds. */
const MOST_COMPLETIONS = 25;
/** As long as a platform's menu shows. */
const LONGEST_LABEL = 100;

type Suggest = NonNullable<OptionMeta["suggest"]>;
type Sources = Pick<Services, "library" | "models" | "places">;
type Offer = Findable & Completion;

/** Offers are made once a list, so that their names are spelt once. */
const offersOf = new WeakMap<object, Map<string, readonly Offer[]>>();

function onceFor(list: object, name: string, make: () => readonly Offer[]): readonly Offer[] {
  const ofList = offersOf.get(list) ?? new Map<string, readonly Offer[]>();
  offersOf.set(list, ofList);
  const known = ofList.get(name) ?? make();
  ofList.set(name, known);
  return known;
}

const modelOffers = ({ architectures }: Services["models"]): Offer[] =>
  architectures.map(({ id, aliases, params }) => ({
    value: id,
    label: `${id} · ${Number((params / 1e9).toPrecision(3))}B`,
    names: [id, ...aliases],
  }));

/** The common cards first. */
const gpuOffers = ({ gpus }: Services["models"]): Offer[] =>
  gpus
    .toSorted((one, other) => Number(other.common) - Number(one.common))
    .map(({ id, aliases, gib }) => ({
      value: id,
      label: id.includes(`${gib}`) ? id : `${id} · ${gib} GB`,
      names: [id, ...aliases],
    }));

function questionOffers(library: Library, locale: Locale): Offer[] {
  return library.questions.map((question, at) => {
    const topic = library.topic(question.topic);
    return {
      value: question.id,
      label: `${at + 1}. ${question.text[locale]}`,
      names: [
        `${at + 1}`,
        question.id,
        ...(topic === undefined ? [] : [topic.zh, topic.en]),
        question.text.zh,
        question.text.en,
        openingWords(question, locale),
      ],
    };
  });
}

function topicOffers(library: Library, locale: Locale): Offer[] {
  return [...new Set(library.questions.map(({ topic }) => topic))].map((id) => {
    const names = library.topic(id);
    return { value: id, label: names?.[locale] ?? id, names: [id, ...(names ? [names.zh, names.en] : [])] };
  });
}

const holidayOffers = ({ holidays }: Services["places"], locale: Locale): Offer[] =>
  holidays.map(({ id, names }) => ({
    value: id,
    label: `${names[locale]} · ${id}`,
    names: [id, names.zh, names.en],
  }));

function offersFor(suggest: Exclude<Suggest, "zone">, locale: Locale, sources: Sources): readonly Offer[] {
  const { library, models, places } = sources;
  switch (suggest) {
    case "model":
      return onceFor(models, suggest, () => modelOffers(models));
    case "gpu":
      return onceFor(models, suggest, () => gpuOffers(models));
    case "question":
      return onceFor(library.questions, `${suggest} ${locale}`, () => questionOffers(library, locale));
    case "topic":
      return onceFor(library.questions, `${suggest} ${locale}`, () => topicOffers(library, locale));
    case "holidays":
      return onceFor(places, `${suggest} ${locale}`, () => holidayOffers(places, locale));
  }
}

const shortened = (label: string): string =>
  label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;

function found(suggest: Suggest, word: string, locale: Locale, sources: Sources): readonly Completion[] {
  if (suggest === "zone")
    return zonesFor(word, sources.places).map(({ one }) => ({
      value: one.zone,
      label: zoneLabel(one, locale),
    }));
  return rank(word, offersFor(suggest, locale, sources)).map(({ one }) => one);
}

/**
 * What an option of a command could become, given what has been typed of it so far; the best first, 25 at most.
 * Nothing where the option is not one that `suggest` names. Of a list the last item is completed.
 */
export async function complete(
  command: Command,
  option: string,
  typed: string,
  { tenant, locale }: CompletionContext,
  services: Sources,
): Promise<readonly Completion[]> {
  const spec = describeOptions(command.options).find(({ name }) => name === option);
  const suggest = spec?.meta.suggest;
  if (spec === undefined || suggest === undefined) return [];
  const before = spec.kinds.has("list") ? (/^.*[,，、]\s*/su.exec(typed)?.[0] ?? "") : "";
  return found(suggest, typed.slice(before.length), locale, await inTenant(tenant, services))
    .slice(0, MOST_COMPLETIONS)
    .map(({ value, label }) => ({ value: before + value, label: shortened(before + label) }));
}

/** Completion as the page and the terminal ask for it. */
export type Complete = (
  command: string,
  option: string,
  typed: string,
  locale: Locale,
) => Promise<readonly Completion[]>;

/** `complete` for whoever knows commands by their names; nothing for one that there is not. */
export const completeIn =
  (tenant: TenantId, services: Sources & Pick<Services, "commands">): Complete =>
  async (name, option, typed, locale) => {
    const command = services.commands.find((one) => one.name === name);
    return command === undefined ? [] : complete(command, option, typed, { tenant, locale }, services);
  };
