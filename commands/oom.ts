import { z } from "zod";
import { defineCommand } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { explain, showPlaybook } from "#core/oom/explanation";

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
  ],
  options: z.strictObject({
    text: z
      .string()
      .optional()
      .describe("The error message or the end of the log")
      .meta({ rest: true, label: { en: "error", zh: "报错" } }),
  }),
  shorthands: [],
  run: async (request, { remedies }) => {
    const messages = messagesFor(request.locale);
    const text = request.options.text?.trim() ?? "";
    return text === ""
      ? showPlaybook(remedies, messages, request.locale)
      : explain(text, remedies, messages, request.locale);
  },
});
