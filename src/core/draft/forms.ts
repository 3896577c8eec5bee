import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Form, FormField } from "#core/reply";
import { type Halves, ownLanguage, written } from "./halves.ts";
import { LONGEST_OWNER } from "./pack.ts";
import { type DraftPoint, type DraftQuestion, LONGEST_ALIAS, MOST_ALIASES } from "./question.ts";

/** As long as a field is on every platform. */
const LONGEST_FIELD = 3000;
const LONGEST_TITLE = 200;

const field = (
  option: string,
  label: string,
  placeholder: string,
  value: string,
  { multiline = true, maxLength = LONGEST_FIELD } = {},
): FormField => ({ option, label, placeholder, multiline, maxLength, value: value.slice(0, maxLength) });

const halfOf = (halves: Halves | null, locale: Locale): string => halves?.[locale] ?? "";

const send = (question: string, op: string, more: Readonly<Record<string, string>> = {}): Form["action"] => ({
  command: "content",
  options: { do: "review", question, op, ...more, here: true },
});

export function ownerForm(pack: string, owner: string | null, locale: Locale): Form {
  const say = messagesFor(locale).content;
  return {
    title: say.ownerTitle,
    submit: say.ownerSave,
    fields: [
      {
        option: "owner",
        label: say.ownerLabel,
        placeholder: say.ownerHint,
        multiline: false,
        maxLength: LONGEST_OWNER,
        ...(owner === null ? {} : { value: owner }),
      },
    ],
    action: { command: "content", options: { do: "review", pack } },
  };
}

/** @param half the language that is edited: the point's own, or the one that it is to be translated into */
export function pointForm(question: string, point: DraftPoint, half: Locale, locale: Locale): Form {
  const say = messagesFor(locale).content;
  const isOwn = half === ownLanguage(point.statement);
  const title = { multiline: false, maxLength: LONGEST_TITLE };
  return {
    title: isOwn ? say.formTitle : say.formTranslate,
    submit: say.formSave,
    fields: [
      field(
        "title",
        say.formPointTitle,
        isOwn ? say.formPointTitleHint : written(point.title, locale),
        halfOf(point.title, half),
        title,
      ),
      field(
        "statement",
        say.formStatement,
        isOwn ? say.formStatementHint : written(point.statement, locale),
        halfOf(point.statement, half),
      ),
      ...(isOwn
        ? [
            field("aliases", say.formAliases, say.formAliasesHint, point.aliases.join("\n"), {
              multiline: true,
              maxLength: Math.min(LONGEST_FIELD, MOST_ALIASES * (LONGEST_ALIAS + 1)),
            }),
          ]
        : []),
      field("hint", say.formHint, say.formHintHint, halfOf(point.hint, half)),
    ],
    action: send(question, "edit", { point: point.id, half }),
  };
}

export function questionForm({ id, content }: DraftQuestion, half: Locale, locale: Locale): Form {
  const say = messagesFor(locale).content;
  return {
    title: say.formQuestion,
    submit: say.formSave,
    fields: [
      field("text", say.formText, written(content.text, locale), halfOf(content.text, half)),
      field("model", say.formModel, say.formModelHint, halfOf(content.modelAnswer, half)),
      field("hint1", say.formFirstHint, say.formHintHint, halfOf(content.hints[0], half)),
      field("hint2", say.formSecondHint, say.formHintHint, halfOf(content.hints[1], half)),
    ],
    action: send(id, "rewrite", { half }),
  };
}

export function splitForm(question: string, point: DraftPoint, locale: Locale): Form {
  const say = messagesFor(locale).content;
  const statement = written(point.statement, ownLanguage(point.statement));
  const sentences = statement.match(/[^。；;！!？?]+(?:[。；;！!？?]+|$)/gu)?.map((part) => part.trim()) ?? [
    statement,
  ];
  return {
    title: say.formSplit,
    submit: say.formSave,
    fields: [field("statement", say.formSplitLabel, "", sentences.filter((part) => part !== "").join("\n"))],
    action: send(question, "split", { point: point.id }),
  };
}

export function addForm(question: string, locale: Locale): Form {
  const say = messagesFor(locale).content;
  return {
    title: say.formAdd,
    submit: say.formSave,
    fields: [
      field("title", say.formPointTitle, say.formPointTitleHint, "", {
        multiline: false,
        maxLength: LONGEST_TITLE,
      }),
      {
        option: "statement",
        label: say.formStatement,
        placeholder: say.formStatementHint,
        multiline: true,
        maxLength: LONGEST_FIELD,
      },
    ],
    action: send(question, "add"),
  };
}

export function tryForm(question: string, locale: Locale): Form {
  const say = messagesFor(locale).content;
  return {
    title: say.formTry,
    submit: say.formTryDo,
    fields: [
      {
        option: "answer",
        label: say.formTryLabel,
        placeholder: say.formTryHint,
        multiline: true,
        maxLength: LONGEST_FIELD,
      },
    ],
    action: { command: "content", options: { do: "review", question, op: "try" } },
  };
}
