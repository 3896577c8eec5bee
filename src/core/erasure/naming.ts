import { memberIdSchema } from "#core/ids";

/** Stands where somebody who was erased had decided something: nobody's id on any platform. */
export const FORGOTTEN = memberIdSchema.parse("forgotten");

/** Whether a text is a member's id, or JSON that holds it as a value or a key. */
export function namesMember(text: string, member: string): boolean {
  if (text === member) return true;
  if (!text.includes(member)) return false;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Words that are no JSON name nobody.
    return false;
  }
  return holds(value, member);
}

/** Ids of submissions and keys are made of several parts at times, the member's id among them. */
export const isPartOf = (member: string, id: string): boolean =>
  id === member || id.split("/").includes(member) || id.endsWith(`:${member}`);

function holds(value: unknown, member: string): boolean {
  if (typeof value === "string") return isPartOf(member, value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inside]) => key === member || holds(inside, member));
}
