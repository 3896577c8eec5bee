import type { Violation } from "./violation.ts";

/** A request that Discord would answer with an error. */
export class DiscordRefusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly violations: readonly Violation[];
  constructor(status: number, code: number, message: string, violations: readonly Violation[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.violations = violations;
  }

  body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.violations.length > 0 ? { errors: tree(this.violations) } : {}),
    };
  }
}

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

/** Discord nests form errors by the path of the field. */
function tree(violations: readonly Violation[]): Tree {
  const root: Tree = {};
  for (const { path, code, message } of violations) {
    let at = root;
    for (const part of path.split(".").filter((each) => each !== "" && each !== "_errors")) {
      const next = at[part];
      const below: Tree = next === undefined || Array.isArray(next) ? {} : next;
      at[part] = below;
      at = below;
    }
    const listed = at._errors;
    at._errors = [...(Array.isArray(listed) ? listed : []), { code, message }];
  }
  return root;
}

export const refusals = {
  unauthorised: () => new DiscordRefusal(401, 0, "401: Unauthorized"),
  notFound: () => new DiscordRefusal(404, 0, "404: Not Found"),
  unknownChannel: () => new DiscordRefusal(404, 10003, "Unknown Channel"),
  unknownGuild: () => new DiscordRefusal(404, 10004, "Unknown Guild"),
  unknownMessage: () => new DiscordRefusal(404, 10008, "Unknown Message"),
  unknownUser: () => new DiscordRefusal(404, 10013, "Unknown User"),
  unknownWebhook: () => new DiscordRefusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new DiscordRefusal(404, 10062, "Unknown interaction"),
  unknownCommand: () => new DiscordRefusal(404, 10063, "Unknown application command"),
  tooLarge: () => new DiscordRefusal(413, 40005, "Request entity too large"),
  acknowledged: () => new DiscordRefusal(400, 40060, "Interaction has already been acknowledged."),
  noAccess: () => new DiscordRefusal(403, 50001, "Missing Access"),
  notAuthor: () => new DiscordRefusal(403, 50005, "Cannot edit a message authored by another user"),
  empty: () => new DiscordRefusal(400, 50006, "Cannot send an empty message"),
  closedDirect: () => new DiscordRefusal(403, 50007, "Cannot send messages to this user"),
  noPermission: () => new DiscordRefusal(403, 50013, "Missing Permissions"),
  invalidToken: () => new DiscordRefusal(401, 50027, "Invalid Webhook Token"),
  form: (violations: readonly Violation[]) => new DiscordRefusal(400, 50035, "Invalid Form Body", violations),
  noMutualGuild: () =>
    new DiscordRefusal(400, 50278, "Cannot send messages to this user due to having no mutual guilds"),
  archived: () => new DiscordRefusal(400, 50083, "Thread is archived"),
  noHistory: () => new DiscordRefusal(400, 160002, "Cannot reply without permission to read message history"),
  threadLocked: () => new DiscordRefusal(403, 160005, "Thread is locked"),
  tooManyThreads: () => new DiscordRefusal(400, 160006, "Maximum number of active threads reached"),
  threadExists: () => new DiscordRefusal(400, 160004, "A thread has already been created for this message"),
} as const;
