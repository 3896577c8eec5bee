import type { Role } from "#core/request";
import type { StoreTrouble } from "#core/store-failure";

const troubles: Readonly<Record<Exclude<StoreTrouble, "unconfirmed">, string>> = {
  "in-use": "another process holds the data file",
  "read-only": "the store may not be written to",
  full: "the store has no room left",
  damaged: "what is stored is damaged",
  "newer-version": "what is stored belongs to a newer version",
  unreachable: "the store cannot be reached",
};

export const dispatch = {
  unknownCommand: (typed: string, suggestion: string | null): string =>
    `There is no command /${typed.slice(0, 40)}.${suggestion === null ? " /help lists what there is." : ` Did you mean /${suggestion}?`}`,
  notAllowed: (command: string, role: Role): string =>
    `/${command} is for ${role === "admin" ? "admins" : "editors"}. Ask one of them to run it or to give you the role.`,
  notKept: (trouble: StoreTrouble): string =>
    trouble === "unconfirmed"
      ? "That may have been saved, but the store has not confirmed it. Look in /history in a minute; where it is missing, send it again."
      : `That could not be saved: ${troubles[trouble]}. Nothing was recorded and no attempt was used; keep your text and send it again once the operator has mended it.`,
  tooFast: (seconds: number): string =>
    `That is faster than commands are taken here. Nothing was done; please go on in ${seconds === 1 ? "1 second" : `${seconds} seconds`}.`,
  failed: (reference: string): string =>
    `Something went wrong on our side, and it has been logged. Please try again; if it happens again, tell the operator this reference: ${reference}.`,
};
