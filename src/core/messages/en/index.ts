import { adapting } from "./adapting.ts";
import { announcing } from "./announcing.ts";
import { appeal } from "./appeal.ts";
import { backup } from "./backup.ts";
import { board } from "./board.ts";
import { charts } from "./charts.ts";
import { cli } from "./cli.ts";
import { content } from "./content.ts";
import { data } from "./data.ts";
import { discord } from "./discord.ts";
import { dispatch } from "./dispatch.ts";
import { doctor } from "./doctor.ts";
import { drafting } from "./drafting.ts";
import { help } from "./help.ts";
import { home } from "./home.ts";
import { interview } from "./interview.ts";
import { oom } from "./oom.ts";
import { options } from "./options.ts";
import { page } from "./page.ts";
import { practice } from "./practice.ts";
import { preview } from "./preview.ts";
import { quiz } from "./quiz.ts";
import { redis } from "./redis.ts";
import { registration } from "./registration.ts";
import { reminder } from "./reminder.ts";
import { report } from "./report.ts";
import { review } from "./review.ts";
import { rubric } from "./rubric.ts";
import { schedule } from "./schedule.ts";
import { settings } from "./settings.ts";
import { setup } from "./setup.ts";
import { setupSlack } from "./setup-slack.ts";
import { slack } from "./slack.ts";
import { slackApp } from "./slack-app.ts";
import { slackViews } from "./slack-views.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { streak } from "./streak.ts";
import { suggestion } from "./suggestion.ts";
import { terminal } from "./terminal.ts";
import { vram } from "./vram.ts";

export const messages = {
  adapting,
  announcing,
  appeal,
  backup,
  board,
  charts,
  cli,
  content,
  data,
  discord,
  dispatch,
  doctor,
  drafting,
  help,
  home,
  interview,
  oom,
  options,
  page,
  practice,
  preview,
  quiz,
  redis,
  registration,
  report,
  reminder,
  review,
  rubric,
  schedule,
  settings,
  setup,
  setupSlack,
  slackApp,
  slackViews,
  slack,
  start,
  status,
  streak,
  suggestion,
  terminal,
  vram,
};
