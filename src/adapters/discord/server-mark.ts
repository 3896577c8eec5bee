/** A guild before the id of a component. */
const MARKED = /^@(\d{1,20}) ([\s\S]*)$/;

/**
 * What stands before the ids of components in direct messages that belong to one guild: Discord does not say of a press
 * there which guild it is for.
 */
export const serverMark = (guild: string | undefined): string => (guild === undefined ? "" : `@${guild} `);

/** The id of a component without its mark, and the guild that the mark names. */
export function readMark(customId: string): { readonly id: string; readonly server: string | undefined } {
  const [, server, id = customId] = MARKED.exec(customId) ?? [];
  return { id, server };
}
