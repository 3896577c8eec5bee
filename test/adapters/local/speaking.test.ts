import { createDispatch } from "#core/dispatch";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Reply } from "#core/reply";
import { speakOnThisMachine } from "#src/adapters/local/page/speaking";
import { Threads } from "#src/adapters/local/page/threads";
import { probe, type Speaking, type StagesUnderTest, stagesContract } from "#test/contracts/stages";
import { openTeam, wordsOf } from "#test/doubles/team";

const textOf = ({ blocks }: Reply): string =>
  blocks.flatMap((block) => (block.kind === "text" ? [block.text] : [])).join();

stagesContract("this machine", async (): Promise<StagesUnderTest> => {
  const team = await openTeam();
  const { tenant, channel, services } = team;
  const member = memberIdSchema.parse("bo");
  const spoken = (): { threads: Threads; speaking: Speaking } => {
    const threads = new Threads(tenant, services);
    const { stages, directMessages, reports } = speakOnThisMachine(threads, services);
    return { threads, speaking: { stages, directMessages, channels: reports } };
  };
  const { threads, speaking } = spoken();
  const dispatch = createDispatch([probe], services);

  const inChannel: Reply[] = [];
  const inThread = new Map<string, readonly Reply[]>();
  const direct: Reply[] = [];
  /** What stands everywhere now. */
  const look = async (): Promise<void> => {
    const all = await threads.threads();
    inThread.clear();
    for (const { id, messages } of all)
      inThread.set(
        id,
        messages.slice(1).map(({ reply }) => reply),
      );
    const posts = (await threads.read({ kind: "channel" })).messages;
    const firsts = all.flatMap(({ messages }) => messages.slice(0, 1));
    inChannel.splice(0, Infinity, ...[...firsts, ...posts].map(({ reply }) => reply));
    const own = (await threads.read({ kind: "member", member })).messages;
    direct.splice(0, Infinity, ...own.map(({ reply }) => reply));
  };
  /** Looks again behind everything that is said. */
  const looking = (one: Speaking): Speaking => ({
    stages: {
      obstacle: (...at) => one.stages.obstacle(...at),
      open: async (...at) => one.stages.open(...at).finally(look),
      post: async (...at) => one.stages.post(...at).finally(look),
      edit: async (...at) => one.stages.edit(...at).finally(look),
    },
    directMessages: { send: async (...at) => one.directMessages.send(...at).finally(look) },
    channels: { post: async (...at) => one.channels.post(...at).finally(look) },
  });

  return {
    ...looking(speaking),
    other: looking(spoken().speaking),
    tenant,
    channel,
    member,
    inChannel: () => inChannel.map(textOf),
    inThread: (thread) => (inThread.get(thread) ?? []).map(textOf),
    direct: () => direct.map(textOf),
    alts: () =>
      inChannel.flatMap(({ blocks }) => blocks.flatMap((b) => (b.kind === "picture" ? [b.alt] : []))),
    loseReply() {},
    async press(where, label) {
      const replies =
        where === "channel" ? inChannel : where === "direct" ? direct : (inThread.get(where.thread) ?? []);
      const buttons = replies.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : [])),
      );
      const pressed = buttons.find((button) => button.label === label);
      if (pressed === undefined) throw new Error(`${label} stands nowhere`);
      const { command, options } = pressed.action;
      const reply = await dispatch({
        tenant,
        channel,
        // One's own messages are no channel.
        ...(where === "direct" ? {} : { place: channel }),
        member,
        role: "admin",
        locale: "en",
        command,
        input: { kind: "typed", options },
        sentAt: team.now(),
        submission: submissionIdSchema.parse(label),
      });
      return wordsOf(reply);
    },
    async deleteMessages(thread) {
      await services.store.dropDossier(tenant, "stage", `thread/${thread}`);
      await look();
    },
    closeDirect: () => false,
    passTime: (ms) => team.passTime(ms),
    stop: () => team.stop(),
  };
});
