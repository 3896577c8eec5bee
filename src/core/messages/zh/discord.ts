import type { Bilingual } from "#core/language";
import type { discord as english } from "#core/messages/en/discord";

const named = (permissions: readonly Bilingual[]): string =>
  permissions.length === 0 ? "邀请链接里列出的某项权限" : permissions.map(({ zh }) => zh).join("、");

export const discord = {
  shownBelow: "结果在下面，频道里的人都看得到。",
  lateResult: "Discord 没让我及时回复，但你的回答已经收到，结果如下：",
  sentPrivately: "结果已经私信发给你了。",
  cannotWriteToYou:
    "要说的内容只给你一个人看，可你没有允许本服务器成员私信。请在服务器的隐私设置里打开私信，或者在这里用 /answer，它的回复只有你能看到。你发来的内容已经保存，/history 可以查。",
  forServer: (name) => `好的，这条以及你之后私信我的内容都算在“${name}”里。`,
  whichServer: "我们在好几个服务器里一起学习，这条是给哪一个的？",
  noServer: "我还不知道你在哪个服务器学习。先在那里运行一次命令，比如 /quiz，再来私信我。",
  serverGone: "我已经不在那个服务器了，或者你已经退出。请到你学习的服务器里运行命令。",
  lacks: (channel, permissions) =>
    `我在 #${channel} 里缺少权限：${named(permissions)}。请管理员在“编辑频道 → 权限”里给我的身份组打开，然后再试一次。`,
  lacksThreads: (channel, permissions) =>
    `参考回答直接发在了 #${channel} 里，没有放进子区，因为我缺少权限：${named(permissions)}。请管理员在“编辑频道 → 权限”里给我的身份组打开。`,
  channelGone: "那个频道已经不在了。请用 /settings 另选一个。",
  noSuchChannel: "这个服务器里没有这个文字频道。请从“频道”的列表里选一个。",
  stoppedPosting: (channel, permissions) =>
    `#${channel} 的每日一题已暂停：我在那里缺少权限：${named(permissions)}。请在“编辑频道 → 权限”里给我的身份组打开，再用 /settings 重新启用。`,
  wrongToken:
    "Discord 不认这个机器人的令牌。请到开发者后台（Bot → Reset Token）重新复制到 REHEARSAL_DISCORD_TOKEN，或运行 npm run setup discord。其余部分照常工作，只是没有 Discord。",
  unreachable: "连不上 Discord，会一直重试到连上为止，其余部分照常工作。",
  revealIn: (date) => `${date} · 要点和参考回答`,
} satisfies typeof english;
