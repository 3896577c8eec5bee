import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import { openDailyRound } from "#core/round/daily";
import { createLocalGrader } from "#core/scoring/local-grader";
import { readDesk } from "#src/adapters/local/page/desk";
import { servePage } from "#src/adapters/local/page/serve";
import { LocalPoster } from "#src/adapters/local/poster";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { createHolidays } from "#src/holidays/holidays";
import { createLog } from "#src/log";
import { openSqliteStore } from "#src/store/sqlite/store";

/** A page in a process of its own, which a test may kill: `page-process.ts FOLDER PORT`, prints its address. */
const [, , folder = "", port = "0"] = process.argv;
const clock = { now: () => Date.now() };
const place = {
  tenant: tenantIdSchema.parse("local"),
  channel: channelIdSchema.parse("local"),
  zone: zoneSchema.parse("UTC"),
};
const services = {
  clock,
  log: createLog("error"),
  store: await openSqliteStore({ file: join(folder, "rehearsal.db") }),
  library: loadLibrary(SHIPPED_CONTENT),
  grader: createLocalGrader(),
  models: loadModels(SHIPPED_CONTENT),
  remedies: loadRemedies(SHIPPED_CONTENT),
  charts: createCharts({ fontFolder: SHIPPED_FONTS }),
  holidays: createHolidays(),
  places: loadPlaces(SHIPPED_CONTENT),
  commands,
  zone: place.zone,
};
await openDailyRound(place, services);
const { url } = await servePage({
  dispatch: createDispatch(commands, services),
  commands,
  identity: (name) => ({ ...place, member: memberIdSchema.parse(name ?? "you") }),
  desk: (request) => readDesk(request, services),
  locale: "en",
  announcements: new LocalPoster(),
  clock,
  log: services.log,
  newSubmission: () => submissionIdSchema.parse(randomUUID()),
  port: Number(port),
});
process.stdout.write(`${url}\n`);
