import type { DiscordMessage } from "./render.ts";

const MOST_BUTTONS = 5;
const MOST_LABEL = 80;

/** A message under which a member says for which guild another message of theirs is. */
export const serverButtons = (
  messages: readonly DiscordMessage[],
  guilds: readonly { readonly guild: string; readonly name: string }[],
  message: string,
): readonly DiscordMessage[] =>
  messages.map((one) => ({
    ...one,
    body: {
      ...one.body,
      components: [
        {
          type: 1,
          components: guilds.slice(0, MOST_BUTTONS).map(({ guild, name }) => ({
            type: 2,
            style: 2,
            label: [...name].slice(0, MOST_LABEL / 2).join("") || guild,
            custom_id: `server:${guild}:${message}`,
          })),
        },
      ],
    },
  }));

/** What such a button says; null for any other. */
export function serverChoice(customId: string): { readonly guild: string; readonly message: string } | null {
  const [, guild, message] = /^server:(\d{1,20}):(\d{1,20})$/.exec(customId) ?? [];
  return guild === undefined || message === undefined ? null : { guild, message };
}
