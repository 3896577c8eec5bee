import type { Locale } from "#core/language";
import type { Messages } from "#core/messages/index";
import type { Action, Block, Choice, Form } from "#core/reply";
import { defaultThresholds } from "#core/round/passing";
import type { Services } from "#core/services";
import type { Excusal } from "#core/streak/excusal";
import { zoneLabel, zonesFor } from "#core/zones";
import type { ChannelSettings } from "./apply.ts";

/** What the form asks for, one at a time; `all` shows the settings and asks for nothing. */
export const settingsSteps = [
  "all",
  "time",
  "zone",
  "weekdays",
  "holidays",
  "topics",
  "language",
  "close",
  "reveal",
  "report",
  "score",
  "catchup",
  "excuse",
  "channel",
  "editors",
] as const;
export type SettingsStep = (typeof settingsSteps)[number];

/** As many as a menu holds. */
const MOST = 25;
const MOST_EXCUSALS = 5;

const names = (say: Messages): Readonly<Record<SettingsStep, string>> => ({
  all: say.settings.overview,
  time: say.settings.time,
  zone: say.settings.zone,
  weekdays: say.settings.weekday,
  holidays: say.settings.holidays,
  topics: say.settings.topics,
  language: say.settings.language,
  close: say.settings.close,
  reveal: say.settings.reveal,
  report: say.settings.report,
  score: say.settings.score,
  catchup: say.settings.catchup,
  excuse: say.settings.excuse,
  channel: say.settings.channel,
  editors: say.settings.editors,
});

/** What the parts of the form need to know. */
export interface StepView {
  readonly of: ChannelSettings;
  readonly step: SettingsStep;
  readonly locale: Locale;
  readonly say: Messages;
  /** Whether there are other channels, and roles. */
  readonly isShared: boolean;
  /** The dates that are excused, the oldest first. */
  readonly excused: readonly Excusal[];
}

/** An action of the form: every one names its channel and what is shown after it. */
export const actionOf = (
  { of, step }: Pick<StepView, "of" | "step">,
  options: Action["options"] = {},
): Action => ({ command: "settings", options: { channel: of.channel, step, ...options } });

/** The forms by which a value is typed, by the step they belong to. */
const typedSteps = ["time", "zone", "holidays", "excuse"] as const;
export type TypedStep = (typeof typedSteps)[number];
export const isTyped = (step: SettingsStep | undefined): step is TypedStep =>
  typedSteps.some((one) => one === step);

/** @param options of the action: its channel and step */
export function typingForm(step: TypedStep, options: Action["options"], say: Messages): Form {
  const hints = {
    time: say.settings.timeHint,
    zone: say.settings.zoneHint,
    holidays: say.settings.holidaysHint,
    excuse: say.settings.excuseHint,
  };
  return {
    title: say.settings.title,
    submit: say.settings.other(names(say)[step]),
    fields: [
      {
        option: step,
        label: names(say)[step],
        placeholder: hints[step],
        multiline: false,
        maxLength: 64,
      },
    ],
    action: { command: "settings", options: { ...options, step, ask: true } },
  };
}

const menu = (
  view: StepView,
  option: SettingsStep,
  choices: readonly Choice[],
  more: { readonly multiple?: boolean; readonly from?: "channels" | "roles" } = {},
): Block => ({
  kind: "choices",
  label: view.say.settings.which(names(view.say)[option]),
  option,
  action: actionOf(view),
  choices: choices.slice(0, MOST),
  multiple: more.multiple ?? false,
  ...(more.from === undefined ? {} : { from: more.from }),
});

const hours = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** @param typed what one would write behind the command instead */
const button = (view: StepView, label: string, options: Action["options"], typed: string): Block => ({
  kind: "buttons",
  buttons: [{ label, action: actionOf(view, options), typed: `/settings ${typed}`, style: "secondary" }],
});

/** Whose holidays can be picked: nobody's, the channel's own, and the places that are asked for most. */
function holidayChoices({ of, locale, say }: StepView, { places }: Services): Choice[] {
  const { holidays } = of.settings;
  const own = places.holidays.filter(({ id }) => id === holidays);
  const others = places.holidays.filter(({ id }) => id !== holidays);
  return [
    { value: "none", label: say.settings.none, selected: holidays === null },
    ...[...own, ...others].map(({ id, names: place }) => ({
      value: id,
      label: `${place[locale]} · ${id}`,
      selected: id === holidays,
    })),
  ];
}

function zoneChoices({ of, locale }: StepView, { places }: Services): Choice[] {
  const { zone } = of.settings;
  const found = zonesFor("", places).map(({ one }) => one);
  const own = found.filter((one) => one.zone === zone);
  return [...own, ...found.filter((one) => one.zone !== zone)].map((one) => ({
    value: one.zone,
    label: zoneLabel(one, locale),
    selected: one.zone === zone,
  }));
}

function topicChoices({ of, locale }: StepView, { library }: Services): Choice[] {
  const { topics } = of.settings;
  const ids = [...new Set(library.questions.map(({ topic }) => topic))];
  return ids.map((id) => ({
    value: id,
    label: library.topic(id)?.[locale] ?? id,
    selected: topics?.includes(id) === true,
  }));
}

/** The blocks that ask for one setting. */
export function askingBlocks(view: StepView, services: Services): Block[] {
  const { of, step, say } = view;
  const { settings } = of;
  const form: Block[] = isTyped(step)
    ? [{ kind: "form", form: typingForm(step, { channel: of.channel }, say) }]
    : [];
  switch (step) {
    case "all":
      return [];
    case "time": {
      const whole = hours(0, 23).map((hour) => `${String(hour).padStart(2, "0")}:00`);
      const choices = whole.map((value) => ({ value, label: value, selected: value === settings.time }));
      return [menu(view, step, choices), ...form];
    }
    case "zone":
      return [menu(view, step, zoneChoices(view, services)), ...form];
    case "weekdays": {
      const choices = hours(1, 7).map((day) => ({
        value: String(day),
        label: say.settings.dayName(day),
        selected: settings.weekdays.includes(day),
      }));
      return [menu(view, step, choices, { multiple: true })];
    }
    case "holidays":
      return [menu(view, step, holidayChoices(view, services)), ...form];
    case "topics":
      return [
        menu(view, step, topicChoices(view, services), { multiple: true }),
        button(view, say.settings.everyTopic, { topics: [] }, "topics=all"),
      ];
    case "language": {
      const choices = (["zh", "en"] as const).map((value) => ({
        value,
        label: say.settings.languages[value],
        selected: value === settings.locale,
      }));
      return [menu(view, step, choices)];
    }
    case "close": {
      const { closesAfterHours } = settings;
      const next = { value: "next", label: say.settings.closesNext, selected: closesAfterHours === null };
      const choices = hours(8, 24).map((hour) => ({
        value: String(hour),
        label: say.settings.closesAfter(hour),
        selected: hour === closesAfterHours,
      }));
      return [menu(view, step, [next, ...choices])];
    }
    case "reveal":
      return [
        button(
          view,
          settings.reveal ? say.settings.dontReveal : say.settings.doReveal,
          { reveal: !settings.reveal },
          settings.reveal ? "reveal=no" : "reveal=yes",
        ),
      ];
    case "report":
      return [
        button(
          view,
          settings.report ? say.settings.dontReport : say.settings.doReport,
          { report: !settings.report },
          settings.report ? "report=no" : "report=yes",
        ),
      ];
    case "score": {
      const scores = hours(0, 6).map((step) => defaultThresholds.score + 5 * step);
      const choices = scores.map((score) => ({
        value: String(score),
        label: say.settings.scores(score),
        selected: score === settings.passScore,
      }));
      return [menu(view, step, choices)];
    }
    case "excuse":
      return [
        ...view.excused.slice(-MOST_EXCUSALS).map(
          ({ date, by }): Block => ({
            kind: "members",
            label: say.settings.excusedBy(date),
            members: [by],
          }),
        ),
        ...form,
      ];
    case "catchup": {
      const choices = hours(1, 24).map((hour) => ({
        value: String(hour),
        label: say.settings.caughtUp(String(hour)),
        selected: hour * 3_600_000 === settings.catchUpMs,
      }));
      return [menu(view, step, choices)];
    }
    case "channel": {
      const own = { value: of.channel, label: of.channel, selected: true };
      return [menu(view, step, [own], { from: "channels" })];
    }
    case "editors": {
      const roles = settings.editors.map((value) => ({ value, label: value, selected: true }));
      return [
        menu(view, step, roles, { multiple: true, from: "roles" }),
        button(view, say.settings.noRoles, { editors: [] }, "editors=none"),
      ];
    }
  }
}

/** The menu of what can be changed; what the environment fixes, and what there is none of here, is left out. */
export function stepMenu(view: StepView, isFixed: boolean): Block {
  const { say, step, isShared } = view;
  const left = new Set<SettingsStep>([
    ...(isFixed ? (["time", "zone", "weekdays", "holidays"] as const) : []),
    ...(isShared ? [] : (["channel", "editors"] as const)),
  ]);
  return {
    kind: "choices",
    label: say.settings.what,
    option: "step",
    action: { command: "settings", options: { channel: view.of.channel } },
    choices: settingsSteps
      .filter((one) => !left.has(one))
      .map((one) => ({ value: one, label: names(say)[one], selected: one === step })),
    multiple: false,
  };
}
