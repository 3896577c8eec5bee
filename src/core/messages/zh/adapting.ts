import type { adapting as english } from "#core/messages/en/adapting";

const kib = (bytes: number): string => `${Math.floor(bytes / 1024).toLocaleString("en-US")} KiB`;

export const adapting = {
  unknownButton: "这个按钮已经失效了。重新运行一次命令，用新出来的按钮。",
  partMissing:
    "这条回复有一部分没能显示出来。再运行一次命令就能看到；你发来的内容已经保存，/history 可以查。",
  takesLong: "这次花的时间比平常久，结果出来后会显示在这里。回答只要已经收到就不会丢，/history 可以查。",
  fileTooLarge: (name, most) =>
    `“${name}”太大了，我最多读 ${kib(most)}。只附上日志末尾、从报错开始的部分就行。`,
  fileNotText: (name) => `“${name}”不是文本文件。请附上纯文本日志，或者把报错直接贴进命令里。`,
  fileUnreadable: (name) => `没能取到“${name}”。请重新附上，或者把报错直接贴进命令里。`,
  nothingToRead: "那条消息里没有我能读的文字。请把报错直接贴进命令里。",
} satisfies typeof english;
