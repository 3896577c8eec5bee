import type { APIEmbed, APIMessageComponent } from "discord.js";
import { isJson, type Json, objectsIn, textIn } from "./form.ts";
import type { SeenMessage } from "./handles.ts";
import { isEphemeral, isThinking, type Message } from "./messages.ts";
import type { World } from "./world.ts";

const words = (...texts: readonly unknown[]): readonly string[] =>
  texts.map(textIn).filter((text) => text !== "");

function wordsOfEmbed(embed: Json): readonly string[] {
  const { author, title, description, footer } = embed;
  return [
    ...words(isJson(author) ? author.name : "", title, description),
    ...objectsIn(embed.fields).flatMap(({ name, value }) => words(name, value)),
    ...words(isJson(footer) ? footer.text : ""),
  ];
}

function wordsOfComponent(component: Json): readonly string[] {
  const { accessory, label, placeholder, content, description } = component;
  return [
    ...words(label, content, description, placeholder),
    ...objectsIn(component.options).flatMap((option) => words(option.label, option.description)),
    ...objectsIn(component.items).flatMap((item) => words(item.description)),
    ...objectsIn(component.components).flatMap(wordsOfComponent),
    ...(isJson(accessory) ? wordsOfComponent(accessory) : []),
  ];
}

/** Every word of a message, in the order in which Discord draws it. */
const textOf = ({ content, embeds, components, attachments }: Message): string =>
  [
    ...words(content),
    ...embeds.flatMap(wordsOfEmbed),
    ...attachments.flatMap(({ name, alt }) => words(name, alt)),
    ...components.flatMap(wordsOfComponent),
  ].join("\n");

/** The message as it stands now; it does not change when the message does. */
export function seen(world: World, message: Message): SeenMessage {
  return {
    id: message.id,
    channelId: message.channelId,
    content: message.content,
    // Bodies were judged by Discord's description before they came to be messages.
    embeds: message.embeds as readonly APIEmbed[],
    components: message.components as unknown as readonly APIMessageComponent[],
    attachments: message.attachments,
    ephemeral: isEphemeral(message),
    thinking: isThinking(message),
    edits: message.edits,
    author: world.people.get(message.authorId)?.name ?? "bot",
    text: textOf(message),
  };
}
