import {
  ApplicationCommandOptionType,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  Partials,
  Routes,
} from "discord.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble } from "#test/doubles/discord/handles";

describe("members of the Discord double", () => {
  const commands = [
    {
      name: "vram",
      description: "Memory",
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: "model",
          description: "d",
          required: true,
          autocomplete: true,
        },
        {
          type: ApplicationCommandOptionType.Integer,
          name: "batch",
          description: "d",
          min_value: 1,
          max_value: 64,
        },
        { type: ApplicationCommandOptionType.Boolean, name: "flash", description: "d" },
        {
          type: ApplicationCommandOptionType.String,
          name: "method",
          description: "d",
          choices: [{ name: "LoRA", value: "lora" }],
        },
        { type: ApplicationCommandOptionType.Attachment, name: "log", description: "d" },
      ],
    },
    {
      name: "settings",
      description: "Settings",
      default_member_permissions: "32",
      contexts: [0],
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: "channel",
          description: "d",
          options: [
            { type: ApplicationCommandOptionType.Channel, name: "where", description: "d" },
            { type: ApplicationCommandOptionType.Role, name: "editors", description: "d" },
          ],
        },
      ],
    },
    { type: 3, name: "Diagnose this log" },
  ];

  let discord: DiscordDouble;
  let client: Client;
  let heardInteraction: (interaction: Interaction) => Promise<unknown>;
  let heard: Message[] = [];
  /** What stood in each when it came: discord.js later fills in what it learns elsewhere. */
  let words: string[] = [];

  beforeAll(async () => {
    discord = await startDiscordDouble({
      guilds: [
        {
          name: "team",
          channels: ["daily", "random"],
          roles: ["editors"],
          members: [{ name: "ann", admin: true, locale: "zh-CN", roles: ["editors"] }, { name: "bo" }],
        },
      ],
    });
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    client = new Client({
      intents: [Guilds, GuildMessages, DirectMessages],
      partials: [Partials.Channel],
      rest: { api: discord.api, retries: 0 },
    });
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    client.on(Events.InteractionCreate, (interaction) => void heardInteraction(interaction));
    client.on(Events.MessageCreate, (message) => {
      heard.push(message);
      words.push(message.content);
    });
    await client.login(discord.token);
    await ready;
    await client.rest.put(Routes.applicationCommands(discord.applicationId), { body: commands });
  });
  afterAll(async () => {
    await client.destroy();
    await discord.stop();
  });
  beforeEach(() => {
    heard = [];
    words = [];
  });

  const people = () => [discord.member("ann"), discord.member("bo"), discord.channel("daily")] as const;

  describe("a member of the double, met by the real discord.js", () => {
    it("sends a slash command with typed options, and reads a private answer that nobody else sees", async () => {
      const [ann, bo, daily] = people();
      heardInteraction = async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const { options, locale } = interaction;
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        const got = [
          options.getString("model"),
          options.getInteger("batch"),
          options.getBoolean("flash"),
          locale,
        ];
        await interaction.editReply({ content: JSON.stringify(got) });
        await interaction.followUp({ content: "and more", flags: MessageFlags.Ephemeral });
      };
      const asked = await ann.slash(daily, "vram", { model: "qwen2.5-7b", batch: 4, flash: true });
      expect((await asked.first()).kind).toBe("deferred message");
      expect(await asked.reply()).toMatchObject({
        content: '["qwen2.5-7b",4,true,"zh-CN"]',
        ephemeral: true,
        edits: 1,
      });
      expect((await asked.followUp()).text).toBe("and more");
      expect(ann.sees(daily)).toHaveLength(2);
      expect(bo.sees(daily)).toHaveLength(0);
    });

    it("cannot send what Discord's own client would not", async () => {
      const [ann, bo, daily] = people();
      const vram = (options: object) => ann.slash(daily, "vram", { model: "m", ...options });
      await expect(ann.slash(daily, "vram")).rejects.toThrow("needs model");
      await expect(vram({ batch: 65 })).rejects.toThrow("more than 64");
      await expect(vram({ batch: 1.5 })).rejects.toThrow("not whole");
      await expect(vram({ batch: "4" })).rejects.toThrow("not a number");
      await expect(vram({ method: "full" })).rejects.toThrow("no such choice");
      await expect(vram({ gpu: "4090" })).rejects.toThrow("no option gpu");
      await expect(ann.slash(daily, "unknown")).rejects.toThrow("no command unknown");
      await expect(bo.slash(daily, "settings channel", {})).rejects.toThrow("not offered to bo");
      await expect(ann.slash(ann.direct, "settings channel", {})).rejects.toThrow("direct messages");
    });

    it("types into an option and is offered choices", async () => {
      const [ann, , daily] = people();
      heardInteraction = async (interaction) => {
        if (!interaction.isAutocomplete()) return;
        const { name, value } = interaction.options.getFocused(true);
        await interaction.respond([{ name: `${name} ${value}`, value: "qwen" }]);
      };
      const typed = await ann.type(daily, "vram", "model", "qw", { batch: 2 });
      expect(await typed.choices()).toEqual([{ name: "model qw", value: "qwen" }]);
    });

    it("picks channels and roles by what they are", async () => {
      const [ann, , daily] = people();
      heardInteraction = async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const where = interaction.options.getChannel("where");
        const role = interaction.options.getRole("editors");
        const { memberPermissions, appPermissions } = interaction;
        const may = `${memberPermissions?.has("ManageGuild")} ${appPermissions.has("SendMessages")}`;
        await interaction.reply({
          content: `${where?.name} ${role?.name} ${interaction.options.getSubcommand()} ${may}`,
        });
      };
      const random = discord.channel("random").id;
      const asked = await ann.slash(daily, "settings channel", {
        where: random,
        editors: discord.guild().role("editors"),
      });
      expect((await asked.reply()).content).toBe("random editors channel true true");
    });

    it("attaches a file, which the bot reads from the host of attachments", async () => {
      const [ann, , daily] = people();
      heardInteraction = async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const { url, size, name } = interaction.options.getAttachment("log", true);
        await interaction.reply({ content: `${name} ${size} ${await (await fetch(url)).text()}` });
      };
      const log = { name: "run.log", bytes: Buffer.from("CUDA out of memory") };
      const asked = await ann.slash(daily, "vram", { model: "m", log });
      expect((await asked.reply()).content).toBe("run.log 18 CUDA out of memory");
    });

    it("picks from a menu, and writes into a form of either kind", async () => {
      const [ann, bo, daily] = people();
      heardInteraction = async (interaction) => {
        if (interaction.isChatInputCommand())
          await interaction.reply({
            components: [
              {
                type: 1,
                components: [
                  {
                    type: 3,
                    custom_id: "kind",
                    options: [
                      { label: "Old", value: "old" },
                      { label: "New", value: "new" },
                    ],
                  },
                ],
              },
            ],
          });
        if (interaction.isStringSelectMenu()) {
          const input = { type: 4, custom_id: "text", style: 2 } as const;
          const form = { title: "Your answer", custom_id: "form" };
          const row = { type: 1, components: [{ ...input, label: "Answer" }] };
          const label = { type: 18, label: "Answer", component: input } as const;
          const components = interaction.values[0] === "old" ? [row] : [label];
          await interaction.showModal({ ...form, components });
        }
        if (interaction.isModalSubmit())
          await interaction.reply({
            content: interaction.fields.getTextInputValue("text"),
            flags: MessageFlags.Ephemeral,
          });
      };
      const menu = await (await ann.slash(daily, "vram", { model: "m" })).reply();
      for (const kind of ["Old", "New"]) {
        const form = await (await bo.pick(menu, "kind", kind)).form();
        expect(form.text).toBe("Your answer\nAnswer");
        expect((await (await form.submit({ Answer: `in the ${kind} way` })).reply()).content).toBe(
          `in the ${kind} way`,
        );
      }
    });

    it("applies a command to a message, whose words the bot reads there and only there", async () => {
      const [ann, bo, daily] = people();
      heardInteraction = async (interaction) => {
        if (interaction.isMessageContextMenuCommand())
          await interaction.reply({
            content: `read: ${interaction.targetMessage.content}`,
            flags: MessageFlags.Ephemeral,
          });
      };
      const log = await bo.say(daily, "RuntimeError: CUDA out of memory");
      expect((await (await ann.apply("Diagnose this log", log)).reply()).content).toBe(
        "read: RuntimeError: CUDA out of memory",
      );
      expect(words).toEqual([""]);
    });

    it("mentions the bot, replies to it, and writes to it directly", async () => {
      const [ann, , daily] = people();
      await ann.say(daily, `<@${discord.applicationId}> gradient checkpointing`);
      await ann.say(ann.direct, "an answer", { files: [{ name: "run.log", bytes: Buffer.from("x") }] });
      await discord.until("both were heard", () => heard.length === 2);
      const [mention, direct] = heard;
      expect(mention?.mentions.has(discord.applicationId)).toBe(true);
      expect(mention?.content).toContain("gradient checkpointing");
      expect([direct?.guildId, direct?.content, direct?.attachments.first()?.name]).toEqual([
        null,
        "an answer",
        "run.log",
      ]);
      await direct?.reply({ content: "thanks", allowedMentions: { parse: [], repliedUser: false } });
      expect(ann.sees(ann.direct).map(({ author, content }) => `${author}: ${content}`)).toEqual([
        "ann: an answer",
        "bot: thanks",
      ]);
    });

    it("meets a bot that was away: the interaction comes when the session is resumed", async () => {
      const [ann, , daily] = people();
      heardInteraction = async (interaction) => {
        if (interaction.isChatInputCommand()) await interaction.reply({ content: "here again" });
      };
      const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
      discord.gateway.kill();
      const asked = await ann.slash(daily, "vram", { model: "m" });
      expect((await asked.reply()).content).toBe("here again");
      await resumed;
      expect([discord.gateway.identifies, discord.gateway.resumes]).toEqual([1, 1]);
    });

    it("leaves no request that Discord would have refused", () => {
      expect(discord.refusals).toEqual([]);
      expect(discord.pings).toEqual([]);
    });
  });
});
