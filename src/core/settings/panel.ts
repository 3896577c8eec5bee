import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import type { Due } from "#core/schedule/due";
import type { Services } from "#core/services";
import { zoneLabel } from "#core/zones";
import { actionOf, askingBlocks, type StepView, stepMenu } from "./steps.ts";

const HOUR_MS = 3_600_000;

/** A zone by the name it is best known by in the reader's language. */
function zoneName({ of, locale }: StepView, { places }: Services): string {
  const { zone } = of.settings;
  const city = places.cities.find((one) => one.zone === zone)?.names ?? null;
  return zoneLabel({ zone, city }, locale);
}

function holidaysText({ of, locale, say }: StepView, { places }: Services): string {
  const id = of.settings.holidays;
  if (id === null) return say.settings.noHolidays;
  const place = places.holidays.find((one) => one.id === id)?.names[locale];
  return say.settings.keepsHolidays(place === undefined ? id : `${place} (${id})`);
}

function topicsText({ of, locale, say }: StepView, { library }: Services): string {
  const { topics } = of.settings;
  if (topics === null) return say.settings.allTopics;
  return topics.map((id) => library.topic(id)?.[locale] ?? id).join(say.vram.listSeparator);
}

function fields(view: StepView, services: Services): Block {
  const { of, say, isShared, excused } = view;
  const { settings, enabled } = of;
  const t = say.settings;
  const { closesAfterHours, catchUpMs, editors } = settings;
  const rows: readonly (readonly [string, string])[] = [
    [t.state, enabled ? t.on : t.off],
    [t.time, settings.time],
    [t.zone, zoneName(view, services)],
    [t.weekday, t.weekdays(settings.weekdays)],
    [t.holidays, holidaysText(view, services)],
    [t.topics, topicsText(view, services)],
    [t.language, t.languages[settings.locale]],
    [t.close, closesAfterHours === null ? t.closesNext : t.closesAfter(closesAfterHours)],
    [t.reveal, settings.reveal ? t.revealed : t.notRevealed],
    [t.report, settings.report ? t.reported : t.notReported],
    [t.score, t.scores(settings.passScore)],
    [t.catchup, t.caughtUp(String(Number((catchUpMs / HOUR_MS).toFixed(1))))],
    ...(excused.length === 0
      ? []
      : [[t.excuse, excused.map(({ date }) => date).join(say.vram.listSeparator)] as const]),
    ...(isShared
      ? [[t.editors, editors.length === 0 ? t.noEditors : t.editorRoles(editors.length)] as const]
      : []),
  ];
  return { kind: "fields", fields: rows.map(([label, value]) => ({ label, value })) };
}

function whatComesNext({ of, say }: StepView, next: Due | null): Block {
  if (!of.enabled) return { kind: "note", text: say.settings.nextOff };
  return next === null
    ? { kind: "note", text: say.settings.nextNone }
    : { kind: "deadline", label: say.settings.next, at: next.at };
}

function panelButtons(view: StepView, isFixed: boolean): Block {
  const { of, say } = view;
  const toggle: Button = {
    label: of.enabled ? say.settings.switchOff : say.settings.switchOn,
    action: actionOf(view, { on: !of.enabled }),
    typed: of.enabled ? "/settings off" : "/settings on",
    style: of.enabled ? "danger" : "primary",
  };
  return {
    kind: "buttons",
    buttons: [
      ...(isFixed ? [] : [toggle]),
      ...(["preview", "test"] as const).map(
        (what): Button => ({
          label: say.settings[what],
          action: actionOf(view, { [what]: true }),
          typed: `/settings ${what}`,
          style: "secondary",
        }),
      ),
    ],
  };
}

/**
 * The guided form: what is set, what comes next, what can be changed, and the question about one setting.
 *
 * @param fixedBy the variables that decide the time here; empty where nothing but this form does
 * @param remarks what came of a change, and what keeps the question from coming
 */
export function settingsPanel(
  view: StepView,
  next: Due | null,
  fixedBy: readonly string[],
  services: Services,
  remarks: readonly string[],
): Reply {
  const { say } = view;
  const isFixed = fixedBy.length > 0;
  return privateReply(
    { kind: "heading", text: say.settings.title },
    ...remarks.map((text): Block => ({ kind: "text", text })),
    fields(view, services),
    whatComesNext(view, next),
    ...(isFixed ? [{ kind: "note" as const, text: say.settings.fixed(fixedBy) }] : []),
    stepMenu(view, isFixed),
    ...askingBlocks(view, services),
    panelButtons(view, isFixed),
    ...(view.step === "all" ? [{ kind: "note" as const, text: say.settings.example }] : []),
  );
}
