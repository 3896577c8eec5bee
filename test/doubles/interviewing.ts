import { memberIdSchema } from "#core/ids";
import type { Interview } from "#core/interview/interview";
import { interviewOf } from "#core/interview/seat";
import { wakeInterview } from "#core/interview/waking";
import type { Store } from "#core/ports";
import type { Action, Reply } from "#core/reply";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { type RecordedStages, recordedStages } from "./stages.ts";
import { type Asking, openTeam, type Team, wordsOf } from "./team.ts";

/** Everything that a reply's buttons, menus and forms do, in their order. */
const actionsIn = ({ blocks }: Reply): readonly Action[] =>
  blocks.flatMap((block) => {
    if (block.kind === "buttons") return block.buttons.map(({ action }) => action);
    if (block.kind === "choices") return [block.action];
    return block.kind === "form" ? [block.form.action] : [];
  });

/** The action of a reply that does one thing with an interview. */
export function actionOf(reply: Reply, doing: string): Action {
  const found = actionsIn(reply).find(({ options }) => options.do === doing);
  if (found === undefined) throw new Error(`nothing in the reply does “${doing}”`);
  return found;
}

export interface InterviewTeam extends Team {
  readonly stages: RecordedStages;
  /** What a member reads who types something behind `/interview`. */
  type(member: string, text: string, as?: Partial<Asking>): Promise<string>;
  /** What a member reads who presses something. */
  press(member: string, action: Action, more?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** The member's interview as it is kept. */
  kept(member: string): Promise<Interview>;
  /** Moves the time and has the clock do what is due. */
  wait(ms: number): Promise<void>;
}

/** A team whose channel has threads, and whose clock wakes interviews. */
export async function openInterviewTeam(wrapStore?: (store: Store) => Store): Promise<InterviewTeam> {
  const stages = recordedStages();
  const team = await openTeam(wrapStore, undefined, { stages });
  const { services } = team;
  return {
    ...team,
    stages,
    type: async (member, text, as = {}) => wordsOf(await team.ask("interview", text, { member, ...as })),
    press: (member, { command, options }, more = {}) =>
      team.ask(command, { ...options, ...more }, { member }),
    async kept(member) {
      const interview = await interviewOf(services.store, team.tenant, memberIdSchema.parse(member));
      if (interview === null) throw new Error(`${member} was in no interview`);
      return interview;
    },
    async wait(ms) {
      await team.passTime(ms);
      await sweepDossiers("interview", wakeInterview({ ...services, stages }), services);
    },
  };
}
