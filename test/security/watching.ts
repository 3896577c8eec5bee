import { z } from "zod";
import type { Command } from "#core/command";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import { privateReply } from "#core/reply";
import type { Request, Role } from "#core/request";
import { scheduleOf } from "#test/contracts/store-schedule";
import type { Team } from "#test/doubles/team";

/** What came of one delivery: what the core was asked, and whether the command was run. */
export interface Outcome {
  readonly request: Request | null;
  readonly ran: boolean;
  /** How often a form was opened without asking the core. */
  readonly forms: number;
}

/** One way by which something comes in: who sends it as which role, and to which command. */
export interface Entry {
  readonly name: string;
  readonly tenant: string;
  send(command: string, as: Role | "stranger"): Promise<Outcome>;
}

/** The same names and rights, without what the commands do: whether one would be run is all that is asked. */
const hollow = (commands: readonly Command[], ran: () => void): readonly Command[] =>
  commands.map((command) => {
    const { form: _, readText: __, asksForOptions: ___, ...rest } = command;
    return {
      ...rest,
      options: z.looseObject({}) as unknown as Command["options"],
      shorthands: [],
      run: async () => {
        ran();
        return privateReply({ kind: "text", text: "done" });
      },
    };
  });

interface Watched {
  readonly commands: readonly Command[];
  dispatch(request: Request): ReturnType<ReturnType<typeof createDispatch>>;
  /** What came of what was sent since the last look. */
  take(): Outcome;
  opened(): void;
}

export const watch = (commands: readonly Command[], { services }: Team): Watched => {
  let seen: { request: Request | null; ran: boolean; forms: number } = {
    request: null,
    ran: false,
    forms: 0,
  };
  const all = hollow(commands, () => {
    seen = { ...seen, ran: true };
  });
  const dispatch = createDispatch(all, { ...services, commands: all });
  return {
    commands: all,
    dispatch: (request) => {
      seen = { ...seen, request };
      return dispatch(request);
    },
    take: () => {
      const outcome = seen;
      seen = { request: null, ran: false, forms: 0 };
      return outcome;
    },
    opened: () => {
      seen = { ...seen, forms: seen.forms + 1 };
    },
  };
};

export const editorsOf = async (team: Team, tenant: string, channel: string, editors: readonly string[]) => {
  const of = { tenant: tenantIdSchema.parse(tenant), channel: channelIdSchema.parse(channel) };
  await team.services.store.saveSchedule({ ...scheduleOf(), ...of, editors: [...editors] }, 1);
};
