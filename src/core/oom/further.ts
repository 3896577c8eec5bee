import { type Block, privateReply, type Reply } from "#core/reply";
import type { VramRequest } from "#core/vram/request";
import { orderFixes } from "./advice.ts";
import { buttonsFor, pasteForm, runForm, wantsRun } from "./buttons.ts";
import { firstFixes, questionFor, snippetBlocks, snippetNumbers } from "./explanation.ts";
import type { Finding } from "./finding.ts";
import type { Knowledge } from "./knowledge.ts";
import { planFor } from "./planning.ts";
import { sumLine } from "./sum.ts";

/** "Still fails": the fixes behind the first, the question that would settle it, and where to put the answer. */
export const goFurther = (finding: Finding, run: VramRequest | null, knowledge: Knowledge): Reply => {
  const { remedies, models, messages, locale } = knowledge;
  const say = messages.oom;
  const plan = planFor(finding, run, models);
  const fixes = orderFixes(finding, remedies, plan);
  const rest = fixes.slice(firstFixes(fixes, plan).length);
  const blocks: Block[] = [];
  if (rest.length > 0) {
    blocks.push(
      { kind: "text", text: say.nextTry },
      {
        kind: "list",
        ordered: true,
        items: rest.map((fix) =>
          say.fix(fix.title[locale], fix.saves[locale], fix.cost[locale], fix.unless[locale]),
        ),
      },
      ...snippetBlocks(rest, finding, snippetNumbers(finding, run, plan), knowledge),
    );
  } else blocks.push({ kind: "text", text: say.nothingFurther });
  const question = questionFor(finding, plan, remedies)[locale];
  blocks.push({ kind: "text", text: say.tellMe(question) });
  if (wantsRun(finding, plan)) blocks.push(runForm(finding, knowledge));
  blocks.push(pasteForm(knowledge));
  return privateReply(...blocks);
};

/** "Explain": how one can tell, the sum and the test that decided, and where each fix is explained. */
export const tellWhy = (finding: Finding, run: VramRequest | null, knowledge: Knowledge): Reply => {
  const { remedies, models, messages, locale } = knowledge;
  const say = messages.oom;
  const known = remedies.cases[finding.names];
  const plan = planFor(finding, run, models);
  const fixes = firstFixes(orderFixes(finding, remedies, plan), plan);
  const sum = sumLine(finding.figures, say);
  const pages = remedies.playbook.filter((page) => fixes.some(({ id }) => page.fixes.includes(id)));
  return privateReply(
    { kind: "heading", text: say.whyTitle(known.what[locale]) },
    { kind: "text", text: known.why[locale] },
    ...(sum === null ? [] : [{ kind: "text", text: say.sum(sum) } as const]),
    { kind: "text", text: say.sureBecause[finding.confidence] },
    {
      kind: "list",
      ordered: true,
      items: fixes.map(({ title, unless }) => say.noUse(title[locale], unless[locale])),
    },
    {
      kind: "buttons",
      buttons: pages.slice(0, 3).map((page) => ({
        label: page.title[locale],
        action: { command: "oom", options: { page: page.id } },
        style: "secondary" as const,
      })),
    },
    buttonsFor(finding, run, plan, knowledge),
  );
};
