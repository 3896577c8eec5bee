import type { Command } from "#core/command";
import { answer } from "./answer.ts";
import { appeal } from "./appeal.ts";
import { close } from "./close.ts";
import { content } from "./content.ts";
import { data } from "./data.ts";
import { help } from "./help.ts";
import { hint } from "./hint.ts";
import { history } from "./history.ts";
import { interview } from "./interview.ts";
import { leaderboard } from "./leaderboard.ts";
import { oom } from "./oom.ts";
import { practice } from "./practice.ts";
import { quiz } from "./quiz.ts";
import { settings } from "./settings.ts";
import { status } from "./status.ts";
import { streak } from "./streak.ts";
import { suggest } from "./suggest.ts";
import { vram } from "./vram.ts";

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  quiz,
  answer,
  hint,
  vram,
  oom,
  streak,
  leaderboard,
  practice,
  interview,
  history,
  appeal,
  suggest,
  content,
  settings,
  status,
  data,
  close,
  help,
];
