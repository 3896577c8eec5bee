import { channelIdSchema, type Instant, type StudyDate, studyDateSchema, tenantIdSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";

export const date = (text: string): StudyDate => studyDateSchema.parse(text);
export const instant = (text: string): Instant => Date.parse(text);
export const zoneOf = zoneSchema.parse.bind(zoneSchema);
export const timeOf = wallTimeSchema.parse.bind(wallTimeSchema);

/** Every day at 09:00 in Berlin since 1 June 2026, which was a Monday. */
export const scheduleWith = (changes: Partial<Schedule> = {}): Schedule => ({
  ...defaultSettings,
  zone: zoneOf("Europe/Berlin"),
  tenant: tenantIdSchema.parse("team"),
  channel: channelIdSchema.parse("study"),
  enabled: true,
  revision: 1,
  changedAt: instant("2026-05-31T12:00:00Z"),
  firstDate: date("2026-06-01"),
  decidedBy: "admin",
  ...changes,
});
