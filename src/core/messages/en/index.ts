import { announcing } from "./announcing.ts";
import { charts } from "./charts.ts";
import { cli } from "./cli.ts";
import { discord } from "./discord.ts";
import { dispatch } from "./dispatch.ts";
import { help } from "./help.ts";
import { oom } from "./oom.ts";
import { options } from "./options.ts";
import { page } from "./page.ts";
import { preview } from "./preview.ts";
import { quiz } from "./quiz.ts";
import { registration } from "./registration.ts";
import { schedule } from "./schedule.ts";
import { settings } from "./settings.ts";
import { setup } from "./setup.ts";
import { start } from "./start.ts";
import { streak } from "./streak.ts";
import { terminal } from "./terminal.ts";
import { vram } from "./vram.ts";

export const messages = {
  announcing,
  charts,
  cli,
  discord,
  dispatch,
  help,
  oom,
  options,
  page,
  preview,
  quiz,
  registration,
  schedule,
  settings,
  setup,
  start,
  streak,
  terminal,
  vram,
};
