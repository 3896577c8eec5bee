import type { Command } from "./command.ts";
import { messagesFor } from "./messages/index.ts";
import { platformOf } from "./metrics/meter.ts";
import { nearest } from "./nearest.ts";
import { parseOptions } from "./option-parsing.ts";
import { inTenant } from "./pack/library.ts";
import { Refusal } from "./refusal.ts";
import { type Reply, refusalReply } from "./reply.ts";
import type { Request, Role } from "./request.ts";
import type { Services } from "./services.ts";
import { StoreFailure } from "./store-failure.ts";

const rank: Readonly<Record<Role, number>> = { member: 0, editor: 1, admin: 2 };

/** Carries one request to its command and back. Never rejects: whatever happens, the member reads a reply. */
export type Dispatch = (request: Request) => Promise<Reply>;

/** What a request turned out to be. */
interface Course {
  /** A command's name: what was typed is not counted by itself. */
  command: string;
  outcome: "done" | "refused" | "failed";
}

function commandFor(commands: ReadonlyMap<string, Command>, request: Request): Command {
  const command = commands.get(request.command.toLowerCase());
  if (command === undefined) {
    const suggestion = nearest(request.command, commands.keys());
    throw new Refusal((say) => say.dispatch.unknownCommand(request.command, suggestion));
  }
  if (rank[request.role] < rank[command.who]) {
    throw new Refusal((say) => say.dispatch.notAllowed(command.name, command.who));
  }
  return command;
}

/**
 * Builds the one way from a request to a reply: find the command, parse its options, run it, and turn a refusal
 * into its sentence. Anything else that is thrown is logged here, once, with its cause.
 */
export function createDispatch(
  commands: readonly Command[],
  services: Services,
  before: (request: Request) => Promise<void> = async () => {},
): Dispatch {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const { meter } = services;
  const dispatched = async (request: Request, of: Course): Promise<Reply> => {
    const say = messagesFor(request.locale);
    try {
      const command = commandFor(byName, request);
      of.command = command.name;
      await before(request);
      const options = parseOptions(command, request.input);
      return await command.run({ ...request, options }, await inTenant(request.tenant, services));
    } catch (error) {
      of.outcome = error instanceof Refusal ? "refused" : "failed";
      if (error instanceof Refusal) return refusalReply(error.sentence(say));
      services.log.error("command failed", error, {
        command: request.command,
        tenant: request.tenant,
        submission: request.submission,
      });
      const sentence =
        error instanceof StoreFailure
          ? say.dispatch.notKept(error.trouble)
          : say.dispatch.failed(request.submission);
      return refusalReply(sentence);
    }
  };
  return async (request) => {
    const of: Course = { command: "unknown", outcome: "done" };
    const begun = meter?.now() ?? 0;
    const reply = await dispatched(request, of);
    const labels = { platform: platformOf(request.tenant), command: of.command };
    meter?.count("interactions", { ...labels, outcome: of.outcome });
    meter?.time("command", labels, meter.now() - begun);
    return reply;
  };
}
