import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { LONGEST_RUN } from "#core/oom/buttons";
import { explain, explainFinding } from "#core/oom/explanation";
import { FINDING_FORM, readFinding } from "#core/oom/finding";
import { goFurther, tellWhy } from "#core/oom/further";
import type { Knowledge } from "#core/oom/knowledge";
import { pageNamed, showPage, showPlaybook } from "#core/oom/playbook";
import { parseRun } from "#core/oom/run";
import { Refusal } from "#core/refusal";
import type { Reply } from "#core/reply";
import type { Services } from "#core/services";

const options = z.strictObject({
  text: z
    .string()
    .optional()
    .describe("The error message or the end of the log")
    .meta({ rest: true, file: true, label: { en: "error", zh: "报错" } }),
  /** The run that failed, as /vram reads it; sent by the form that asks for it. */
  run: z
    .string()
    .max(LONGEST_RUN)
    .optional()
    .describe("Your run, for savings in GiB: qwen2.5-7b lora bs=4 seq=2k 2x4090")
    .meta({ label: { en: "run", zh: "配置" } }),
  /** Set by buttons: what was found, without a word of the paste. */
  about: z.string().max(200).regex(FINDING_FORM).optional(),
  show: z.enum(["more", "why", "playbook"]).optional(),
  /** A page of the playbook. */
  page: z.string().max(40).optional(),
});

const pageOrRefusal = (id: string, knowledge: Knowledge): Reply => {
  const page = pageNamed(id, knowledge);
  if (page === null) {
    const ids = knowledge.remedies.playbook.map((known) => known.id);
    throw new Refusal((say) => say.oom.noSuchPage(ids));
  }
  return showPage(page, knowledge);
};

async function run(request: RequestWith<z.output<typeof options>>, services: Services): Promise<Reply> {
  const { locale } = request;
  const { remedies, models } = services;
  const knowledge: Knowledge = { remedies, models, messages: messagesFor(locale), locale };
  const { about, show, page } = request.options;
  if (page !== undefined) return pageOrRefusal(page, knowledge);
  const named = request.options.run === undefined ? null : parseRun(request.options.run, models);
  if (about !== undefined) {
    const finding = readFinding(about);
    if (finding === null) throw new Refusal((say) => say.oom.staleButton);
    if (show === "more") return goFurther(finding, named, knowledge);
    if (show === "why") return tellWhy(finding, named, knowledge);
    return explainFinding(finding, named, knowledge);
  }
  const text = request.options.text?.trim() ?? "";
  if (text === "" || show === "playbook") return showPlaybook(knowledge);
  const asked = pageNamed(text, knowledge);
  return asked === null ? explain(text, knowledge, named) : showPage(asked, knowledge);
}

/** Reads a pasted error and says which memory ran out and what to try; without one, shows the playbook. */
export const oom = defineCommand({
  name: "oom",
  who: "member",
  where: "everywhere",
  summary: {
    en: "Paste an out-of-memory error: which memory, why, and what to try first",
    zh: "贴上内存不足的报错：是哪种内存、为什么、先试什么",
  },
  examples: [
    "/oom",
    "/oom CUDA out of memory. Tried to allocate 768.00 MiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.",
    "/oom 训练到一半被 kill 掉，没有任何报错",
    "/oom checkpointing",
  ],
  options,
  shorthands: [],
  onMessage: { title: { en: "Diagnose this log", zh: "诊断这段日志" }, option: "text" },
  run,
});
