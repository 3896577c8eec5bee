import { charts } from "./charts.ts";
import { cli } from "./cli.ts";
import { dispatch } from "./dispatch.ts";
import { help } from "./help.ts";
import { oom } from "./oom.ts";
import { options } from "./options.ts";
import { page } from "./page.ts";
import { quiz } from "./quiz.ts";
import { schedule } from "./schedule.ts";
import { start } from "./start.ts";
import { streak } from "./streak.ts";
import { terminal } from "./terminal.ts";
import { vram } from "./vram.ts";

export const messages = {
  charts,
  cli,
  dispatch,
  help,
  oom,
  options,
  page,
  quiz,
  schedule,
  start,
  streak,
  terminal,
  vram,
};
