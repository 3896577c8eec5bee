import { ApplicationCommandType, InteractionType } from "discord.js";
import { z } from "zod";
import { snowflakeSchema } from "./snowflake.ts";

/** Longer than anything that Discord lets a member type: 6,000 characters in an option. */
const typedSchema = z.string().max(8000);
const nameSchema = z.string().min(1).max(100);

export const attachmentSchema = z.object({
  id: snowflakeSchema,
  filename: z.string().max(2000),
  size: z.number().nonnegative(),
  url: z.string().max(4000),
});
/** A file on Discord's own host; nothing of it has been read. */
export type Attachment = z.infer<typeof attachmentSchema>;

const optionSchema = z.object({
  name: nameSchema,
  type: z.number(),
  value: z.union([typedSchema, z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(optionSchema).max(25).optional();
  },
});
export type GivenOption = z.infer<typeof optionSchema>;

const targetSchema = z.object({
  content: typedSchema,
  attachments: z.array(attachmentSchema).max(20).default([]),
});

const resolvedSchema = z.object({
  attachments: z.record(snowflakeSchema, attachmentSchema).optional(),
  messages: z.record(snowflakeSchema, targetSchema).optional(),
});

const commandSchema = z.object({
  name: nameSchema,
  type: z.enum(ApplicationCommandType).default(ApplicationCommandType.ChatInput),
  options: z.array(optionSchema).max(25).default([]),
  resolved: resolvedSchema.optional(),
  target_id: snowflakeSchema.optional(),
});

const componentSchema = z.object({
  custom_id: z.string().max(100),
  values: z.array(z.string().max(100)).max(25).default([]),
});

/** A text input, or what wraps one: a row, or a label. */
const inputSchema = z.object({
  custom_id: z.string().max(100).optional(),
  value: typedSchema.optional(),
  values: z.array(z.string().max(100)).max(25).optional(),
  get components() {
    return z.array(inputSchema).max(10).optional();
  },
  get component() {
    return inputSchema.optional();
  },
});
export type ModalInput = z.infer<typeof inputSchema>;

const modalSchema = z.object({
  custom_id: z.string().max(100),
  components: z.array(inputSchema).max(10),
});

const fromSchema = z.object({
  id: snowflakeSchema,
  application_id: snowflakeSchema,
  token: z.string().min(1).max(500),
  guild_id: snowflakeSchema.optional(),
  channel_id: snowflakeSchema,
  channel: z.object({ type: z.number(), parent_id: snowflakeSchema.nullish() }).optional(),
  member: z
    .object({
      user: z.object({ id: snowflakeSchema }),
      roles: z.array(snowflakeSchema),
      permissions: z.string().regex(/^\d{1,30}$/),
    })
    .optional(),
  user: z.object({ id: snowflakeSchema }).optional(),
  locale: z.string().max(20).optional(),
  guild_locale: z.string().max(20).optional(),
  /** The message that a button stands under. */
  message: z.object({ id: snowflakeSchema, flags: z.number().optional() }).optional(),
});

/** An INTERACTION_CREATE as far as we read it; of what is not asked for, nothing is kept. */
export const interactionSchema = z
  .discriminatedUnion("type", [
    fromSchema.extend({ type: z.literal(InteractionType.ApplicationCommand), data: commandSchema }),
    fromSchema.extend({
      type: z.literal(InteractionType.ApplicationCommandAutocomplete),
      data: commandSchema,
    }),
    fromSchema.extend({ type: z.literal(InteractionType.MessageComponent), data: componentSchema }),
    fromSchema.extend({ type: z.literal(InteractionType.ModalSubmit), data: modalSchema }),
  ])
  .refine(
    ({ guild_id, member, user }) => member !== undefined || (guild_id === undefined && user !== undefined),
    { path: ["member"], error: "nobody sent it" },
  );
export type Interaction = z.infer<typeof interactionSchema>;
export type CommandInteraction = Extract<Interaction, { type: InteractionType.ApplicationCommand }>;
export type AutocompleteInteraction = Extract<
  Interaction,
  { type: InteractionType.ApplicationCommandAutocomplete }
>;
export type Press = Extract<Interaction, { type: InteractionType.MessageComponent }>;
export type Submission = Extract<Interaction, { type: InteractionType.ModalSubmit }>;

/** The texts of a form that was sent, by the custom ids of their fields. */
export function fieldsOf(inputs: readonly ModalInput[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { custom_id, value, values, components, component } of inputs) {
    const text = value ?? values?.join(",");
    if (custom_id !== undefined && text !== undefined) fields[custom_id] = text;
    const inside = [...(components ?? []), ...(component === undefined ? [] : [component])];
    Object.assign(fields, fieldsOf(inside));
  }
  return fields;
}
