import { defineCommand } from "#core/command";
import { type Messages, messagesFor } from "#core/messages/index";
import { pictureBeside } from "#core/picture";
import { type Block, privateReply, type Reply } from "#core/reply";
import { readVramText } from "#core/vram/asking";
import { twoBeside } from "#core/vram/comparison";
import { followUps } from "#core/vram/followups";
import { lessonOn } from "#core/vram/lesson";
import { findingsFor } from "#core/vram/report";
import { vramOptions } from "#core/vram/request";
import { vramShorthands } from "#core/vram/shorthands";
import { memoryPicture, vramBlocks } from "#core/vram/words";

const examples = [
  "/vram qwen2.5-7b qlora bs=4 seq=2k 1x4090",
  "/vram llama-3-8b full zero3 8xA100-80G seq=4096 why",
  "/vram 7b lora seq 4096 24G compare",
  "/vram qwen2.5-14b 推理 seq=32k kv=int8",
  "/vram llama3-8b 全参 bf16 bs 4 长度 4k 两张4090",
  "/vram compare qwen2.5-7b lora 4090 | qlora",
  "/vram why weights",
] as const;

/** Nothing was asked yet: what one can write, and a form for the model. */
const introduction = (say: Messages): Reply =>
  privateReply(
    { kind: "text", text: say.vram.help },
    { kind: "text", text: say.vram.examplesTitle },
    { kind: "list", ordered: false, items: examples },
    { kind: "note", text: say.vram.helpFields },
    {
      kind: "form",
      form: {
        title: say.vram.formTitle,
        submit: say.vram.formSubmit,
        fields: [
          {
            option: "model",
            label: say.vram.formModel,
            placeholder: say.vram.formModelHint,
            multiline: false,
            maxLength: 100,
          },
        ],
        action: { command: "vram", options: {} },
      },
    },
  );

export const vram = defineCommand({
  name: "vram",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "估算训练或推理要多少显存，哪些卡放得下",
    en: "How much GPU memory training or inference takes, and which cards it fits",
  },
  examples,
  options: vramOptions,
  shorthands: vramShorthands,
  readText: readVramText,
  asksForOptions: true,
  async run(request, services) {
    const say = messagesFor(request.locale);
    const { options } = request;
    const { models } = services;
    const { why, compare, edit } = options;
    const asked = Object.values(options).some((value) => value !== undefined && value !== null);
    if (!asked) return introduction(say);
    // A button's answer takes the place of the one it stood under.
    const placed = (...blocks: Block[]): Reply => ({
      ...privateReply(...blocks),
      placement: edit === true ? "edit" : "new",
    });
    if (typeof why === "string") return placed(...lessonOn(why, options, models, say));
    if (typeof compare === "string") return placed(...twoBeside(options, compare, models, say));
    const findings = findingsFor(options, models);
    const picture = await pictureBeside(request, services, (charts, look) =>
      charts.memory(memoryPicture(findings, say), look),
    );
    return placed(...vramBlocks(options, findings, models, say, picture), followUps(options, findings, say));
  },
});
