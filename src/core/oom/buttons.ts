import type { Block, Button, Form } from "#core/reply";
import type { VramRequest } from "#core/vram/request";
import { type Finding, splitNames, writeFinding } from "./finding.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Plan } from "./plan.ts";
import { type Run, writeRun } from "./run.ts";

/** Longest line that names a run, and longest log that a form takes on any platform. */
export const LONGEST_RUN = 300;
const LONGEST_PASTE = 3_000;

const hasModel = (run: VramRequest | null): run is Run => typeof run?.model === "string";

/** What a button has to carry to speak of the same failure again; nothing of it is a word of the paste. */
const state = (finding: Finding, run: VramRequest | null): Record<string, unknown> => ({
  about: writeFinding(finding),
  ...(hasModel(run) ? { run: writeRun(run) } : {}),
});

/** Typed options of /vram, without what nobody set. */
const vramOptionsOf = (run: VramRequest): Record<string, unknown> =>
  Object.fromEntries(Object.entries(run).filter(([, value]) => value !== null && value !== undefined));

/** What one can press below a diagnosis. */
export const buttonsFor = (
  finding: Finding,
  run: VramRequest | null,
  plan: Plan | null,
  { messages }: Knowledge,
): Block => {
  const say = messages.oom;
  // A run of which no plan could be made would be refused when it comes back.
  const carried = state(finding, plan === null ? null : run);
  const button = (label: string, show: string, style: Button["style"]): Button => ({
    label,
    action: { command: "oom", options: { ...carried, show } },
    style,
  });
  const buttons: Button[] = [
    button(say.stillFails, "more", "primary"),
    button(say.explain, "why", "secondary"),
  ];
  if (plan !== null) {
    const options = vramOptionsOf(plan.fits === false ? (run ?? plan.after) : plan.after);
    buttons.push({ label: say.applyToVram, action: { command: "vram", options }, style: "secondary" });
  }
  return { kind: "buttons", buttons };
};

/** Asks for the run, so that the fixes can be weighed in GiB. */
export const runForm = (finding: Finding, { messages }: Knowledge): Block => {
  const say = messages.oom;
  const form: Form = {
    title: say.runTitle,
    submit: say.runSubmit,
    fields: [
      {
        option: "run",
        label: say.runLabel,
        placeholder: say.runHint,
        multiline: false,
        maxLength: LONGEST_RUN,
      },
    ],
    action: { command: "oom", options: { about: writeFinding(finding) } },
  };
  return { kind: "form", form };
};

/** Asks for the log itself. */
export const pasteForm = ({ messages }: Knowledge): Block => {
  const say = messages.oom;
  const form: Form = {
    title: say.pasteTitle,
    submit: say.pasteSubmit,
    fields: [
      {
        option: "text",
        label: say.pasteLabel,
        placeholder: say.pasteHint,
        multiline: true,
        maxLength: LONGEST_PASTE,
      },
    ],
    action: { command: "oom", options: {} },
  };
  return { kind: "form", form };
};

/** Whether knowing the run would change the advice. */
export const wantsRun = (finding: Finding, plan: Plan | null): boolean => {
  const [kind] = splitNames(finding);
  const offloads = kind === "host_ram" && finding.setting.flags.has("offload");
  return plan === null && (kind === "gpu_device" || kind === "gpu_kv_cache" || offloads);
};

/** The way to the playbook, where nothing can be said of this text. */
export const playbookButton = ({ messages }: Knowledge): Block => ({
  kind: "buttons",
  buttons: [
    {
      label: messages.oom.allPages,
      action: { command: "oom", options: { show: "playbook" } },
      style: "secondary",
    },
  ],
});
