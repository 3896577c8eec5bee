import type { Action, Form, Reply } from "#core/reply";

/** What was pressed or typed asks for: an action to run, or one whose reply holds the form that is to be opened. */
export interface Meant {
  readonly action: Action;
  readonly opensForm: boolean;
}

const formsIn = ({ blocks }: Reply): readonly Form[] =>
  blocks.flatMap((block) => (block.kind === "form" ? [block.form] : []));

/** The form that is to be opened of a reply: the pressed one's, or the only thing that the reply holds. */
export function formToOpen(reply: Reply, { action, opensForm }: Meant): Form | undefined {
  const forms = formsIn(reply);
  if (!opensForm) return reply.blocks.length === 1 ? forms[0] : undefined;
  const wanted = JSON.stringify(action);
  return forms.find((form) => JSON.stringify(form.action) === wanted) ?? forms[0];
}

/** A reply that is only a form, where none can be opened: a message that says what its button is for. */
export function asMessage(reply: Reply): Reply {
  const [form] = reply.blocks.length === 1 ? formsIn(reply) : [];
  if (form === undefined) return reply;
  return { ...reply, blocks: [{ kind: "text", text: form.title }, ...reply.blocks] };
}
