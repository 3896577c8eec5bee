import type { Bilingual } from "#core/language";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { VramRequest } from "#core/vram/request";
import { orderFixes } from "./advice.ts";
import { idleCache } from "./arithmetic.ts";
import { buttonsFor, pasteForm, playbookButton, runForm, wantsRun } from "./buttons.ts";
import { examine } from "./examination.ts";
import { type Finding, splitNames } from "./finding.ts";
import type { Fix } from "./fixes.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Plan } from "./plan.ts";
import { planFor, runBlocks, verdictLine } from "./planning.ts";
import type { Remedies } from "./remedies.ts";
import { readRun } from "./run.ts";
import { notLine, showGib, sumLine } from "./sum.ts";
import { type SnippetNumbers, snippetFor, USUAL_NUMBERS } from "./trainers.ts";

/** At most so many fixes at once, unless a plan that fits takes more. */
const FIXES_AT_ONCE = 3;

const firstLine = (
  finding: Finding,
  plan: Plan | null,
  { remedies, messages, locale }: Knowledge,
): string => {
  const say = messages.oom;
  const [kind] = splitNames(finding);
  const what = remedies.cases[finding.names].what[locale];
  if (kind === "unknown") return plan === null ? say.cannotTell(what) : say.runOnly;
  const sure = say.confidence[finding.confidence];
  if (kind === "none") return say.notMemory(what, sure);
  const { device } = finding.figures;
  const memory = kind === "gpu_device" && device !== null ? say.device(device) : say.kinds[kind];
  return say.memory(memory, what, sure);
};

const uselessLine = (finding: Finding, { remedies, messages, locale }: Knowledge): string | null => {
  const say = messages.oom;
  const stated = remedies.cases[finding.names].useless?.[locale] ?? null;
  const idle = idleCache(finding.figures);
  const speaks = finding.names.startsWith("gpu_device/") && !finding.fragmented && idle !== null;
  if (!speaks || stated?.includes("expandable_segments") === true) return stated;
  const segments = idle < 1 ? say.idleTooSmall(showGib(idle)) : say.idleCannotCover(showGib(idle));
  return stated === null ? segments : [stated, segments].join(say.semicolon);
};

const fixLine = (fix: Fix, plan: Plan | null, { messages, locale }: Knowledge): string => {
  const say = messages.oom;
  const step = plan?.steps.find(({ id }) => id === fix.id);
  const saved = step ? say.savedGib(showGib(step.savesGib)) : fix.saves[locale];
  // A dash stands where there is nothing to weigh.
  if (saved === "—" && fix.unless[locale] === "—") return say.plainFix(fix.title[locale]);
  return say.fix(
    fix.title[locale],
    saved === "—" ? null : saved,
    fix.cost[locale] === "—" ? null : fix.cost[locale],
    fix.unless[locale],
  );
};

/** Numbers for snippets: of the plan where there is one, of the message where it names a length. */
export const snippetNumbers = (
  finding: Finding,
  run: VramRequest | null,
  plan: Plan | null,
): SnippetNumbers => {
  const { fittingTokens } = finding.figures;
  const batch = run?.batch ?? 1;
  const planned = plan?.after.seq ?? null;
  return {
    accumulation:
      batch > 1 ? batch * (run?.accumulation ?? 1) : (run?.accumulation ?? USUAL_NUMBERS.accumulation),
    length: planned ?? USUAL_NUMBERS.length,
    context: fittingTokens ?? planned ?? USUAL_NUMBERS.context,
  };
};

/** The fixes as the member's trainer writes them, one block for all; nothing where no trainer is known. */
export const snippetBlocks = (
  fixes: readonly Fix[],
  finding: Finding,
  numbers: SnippetNumbers,
  { remedies, messages }: Knowledge,
): readonly Block[] => {
  const found = fixes.flatMap((fix, at) => {
    const snippet = snippetFor(fix.id, finding.setting.stacks, remedies.trainers, numbers);
    return snippet === null ? [] : [{ at: at + 1, ...snippet }];
  });
  if (found.length === 0) return [];
  const trainers = [...new Set(found.map(({ trainer }) => trainer))].join(" + ");
  return [
    { kind: "text", text: messages.oom.inTrainer(trainers) },
    { kind: "code", text: found.map(({ at, text }) => `# ${at}\n${text}`).join("\n") },
  ];
};

/** The fixes that are shown first: three, or as many as it takes to have all steps of the plan among them. */
export const firstFixes = (fixes: readonly Fix[], plan: Plan | null): readonly Fix[] => {
  const steps = plan?.steps ?? [];
  if (steps.length === 0) return fixes.slice(0, FIXES_AT_ONCE);
  const last = fixes.findLastIndex(({ id }) => steps.some((step) => step.id === id));
  return fixes.slice(0, last + 1);
};

const fixBlocks = (
  finding: Finding,
  run: VramRequest | null,
  plan: Plan | null,
  knowledge: Knowledge,
): Block[] => {
  const say = knowledge.messages.oom;
  const fixes = firstFixes(orderFixes(finding, knowledge.remedies, plan), plan);
  const verdict = plan === null ? null : verdictLine(plan, fixes, say);
  if (fixes.length === 0) return verdict === null ? [] : [{ kind: "text", text: verdict }];
  return [
    { kind: "text", text: say.tryFirst },
    { kind: "list", ordered: true, items: fixes.map((fix) => fixLine(fix, plan, knowledge)) },
    ...(verdict === null ? [] : [{ kind: "text", text: verdict } as const]),
    ...snippetBlocks(fixes, finding, snippetNumbers(finding, run, plan), knowledge),
  ];
};

/** The one question whose answer would change the advice most; what the run is, is not asked where it is known. */
export const questionFor = (
  finding: Finding,
  plan: Plan | null,
  { cases, questions }: Remedies,
): Bilingual => {
  const { send } = cases[finding.names];
  return questions[plan !== null && send === "setup" ? "rising" : send];
};

/**
 * A diagnosis: which memory and how sure, the sum, what it is not, three fixes with what they save and when they do not
 * help, what is useless here, and what to send. With a run, the savings are those of /vram and the plan is checked.
 */
export const explainFinding = (finding: Finding, run: VramRequest | null, knowledge: Knowledge): Reply => {
  const { remedies, models, messages, locale } = knowledge;
  const say = messages.oom;
  const [kind] = splitNames(finding);
  const plan = planFor(finding, run, models);
  const blocks: Block[] = [{ kind: "text", text: firstLine(finding, plan, knowledge) }];
  const sum = sumLine(finding.figures, say);
  if (sum) blocks.push({ kind: "text", text: say.sum(sum) });
  const ruledOut = notLine(finding, say);
  if (ruledOut) blocks.push({ kind: "text", text: ruledOut });
  if (plan) blocks.push(...runBlocks(finding, plan, messages));
  blocks.push(...fixBlocks(finding, run, plan, knowledge));
  if (finding.fragmented) {
    const { free, tried } = finding.figures;
    const headroom = (free ?? 0) + (idleCache(finding.figures) ?? 0) - (tried ?? 0);
    blocks.push({ kind: "note", text: say.headroom(showGib(headroom)) });
  }
  const useless = uselessLine(finding, knowledge);
  if (useless) blocks.push({ kind: "note", text: say.useless(useless) });
  const unknown = kind === "unknown";
  const question = questionFor(finding, plan, remedies)[locale];
  blocks.push({ kind: "note", text: unknown || finding.unsure ? say.ask(question) : say.send(question) });
  if (unknown) blocks.push(pasteForm(knowledge), playbookButton(knowledge));
  else {
    if (wantsRun(finding, plan)) blocks.push(runForm(finding, knowledge));
    blocks.push(buttonsFor(finding, run, plan, knowledge));
  }
  return privateReply(...blocks);
};

/**
 * Reads a pasted text and explains it.
 * @param named the run, where the member named it beside the text; else the one that the text speaks of
 */
export const explain = (text: string, knowledge: Knowledge, named: VramRequest | null = null): Reply => {
  const examined = examine(text, knowledge.remedies);
  return explainFinding(examined, named ?? readRun(examined.text, knowledge.models), knowledge);
};
