import type { Reply } from "#core/reply";
import { documentOf, NOTES } from "#test/doubles/documents";
import { type Team, wordsOf } from "#test/doubles/team";

export const asEditor = { member: "eve", role: "editor" } as const;

/** The first question of the notes. */
export const LATENCY = "How do you keep inference latency low under load?";

/** The ids that a menu of a reply offers for an option. */
export const offered = (reply: Reply, option: string): readonly string[] =>
  reply.blocks.flatMap((block) =>
    block.kind === "choices" && block.option === option ? block.choices.map(({ value }) => value) : [],
  );

/** The key points that a review lists. */
export const titlesOf = (reply: Reply): readonly string[] =>
  reply.blocks.flatMap((block) => (block.kind === "list" && block.ordered ? block.items : []));

type Options = Readonly<Record<string, unknown>>;

/** What an editor does with documents in a team. */
export function editorOf(team: Team) {
  const edit = (options: Options, more = {}): Promise<Reply> =>
    team.ask("content", options, { ...asEditor, ...more });
  const questionIds = async (): Promise<readonly string[]> =>
    offered(await edit({ do: "review" }), "question");
  return {
    edit,
    questionIds,
    importNotes: (text = NOTES, more: Options = { owner: "our own notes" }): Promise<Reply> =>
      edit({ do: "import", document: documentOf(text), ...more }),
    press(reply: Reply, label: string): Promise<Reply> {
      const action = reply.blocks
        .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
        .find((button) => button.label === label)?.action;
      if (action === undefined) throw new Error(`there is no button ${label} in: ${wordsOf(reply)}`);
      return team.ask(action.command, action.options, asEditor);
    },
    async publishAll(): Promise<Reply> {
      for (const question of (await questionIds()).slice(0, 2))
        await edit({ do: "review", question, op: "approve-all" });
      return edit({ do: "publish" });
    },
    async closeRound(): Promise<void> {
      const { store } = team.services;
      const [round] = await store.rounds(team.tenant, team.channel, 1);
      if (round !== undefined) await store.closeRound(team.tenant, round.id, team.now());
      await team.passTime(1000);
    },
  };
}
