import { appealAct } from "#core/appeal/telling";
import type { MemberId } from "#core/ids";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Action, Reply } from "#core/reply";
import type { Services } from "#core/services";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { RecordedMessages } from "#test/doubles/direct-messages";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").appeal;
export const ada = memberIdSchema.parse("ada");
/** Something true in words that no rule knows. */
export const WORDS = "slice the work so that fewer rows go through at a time";
export const ANSWER = `I would freeze most layers and train only LoRA adapters. Then I would ${WORDS}, I think.`;
export const asEditor = { member: "eve", role: "editor" } as const;

const buttonsIn = (reply: Reply) =>
  reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));

/** A team whose members appeal, and what was said to each of them alone. */
export async function openAppeals(others: Partial<Services> = {}) {
  const messages = new RecordedMessages();
  const team = await openTeam(undefined, undefined, { directMessages: messages, ...others });
  const wake = () =>
    sweepDossiers("appeal", appealAct(team.services), { ...team.services, clock: { now: team.now } });
  const latest = async (member: MemberId = ada) => {
    const [attempt] = await team.services.store.attempts({ tenant: team.tenant, member, limit: 1 });
    if (attempt?.result == null) throw new Error("there is no scored answer");
    return { ...attempt, result: attempt.result };
  };
  /** Has ada answer, and gives the number of a point that the answer was not given. */
  const answerLacking = async (): Promise<number> => {
    await team.ask("answer", ANSWER);
    return (await latest()).result.points.findIndex(({ verdict }) => verdict === "miss") + 1;
  };
  const press = (reply: Reply, label: string, as: Parameters<Team["ask"]>[2]): Promise<Reply> => {
    const action: Action | undefined = buttonsIn(reply).find((button) => button.label === label)?.action;
    if (action === undefined) throw new Error(`there is no button ${label} in: ${wordsOf(reply)}`);
    return team.ask(action.command, action.options, as);
  };
  const openCase = async (): Promise<Reply> =>
    press(await team.ask("appeal", "", asEditor), say.next, asEditor);
  return { team, messages, wake, latest, answerLacking, press, openCase };
}
