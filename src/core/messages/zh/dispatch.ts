import type { dispatch as english } from "#core/messages/en/dispatch";
import type { StoreTrouble } from "#core/store-failure";

const troubles: Readonly<Record<Exclude<StoreTrouble, "unconfirmed">, string>> = {
  "in-use": "数据文件正被另一个进程占用",
  "read-only": "存储不允许写入",
  full: "存储空间满了",
  damaged: "存储的数据损坏了",
  "newer-version": "存储的数据来自更新的版本",
  unreachable: "连不上存储",
};

export const dispatch = {
  unknownCommand: (typed, suggestion) =>
    `没有 /${typed.slice(0, 40)} 这个命令。${suggestion === null ? "发 /help 看有哪些命令。" : `你是想用 /${suggestion} 吗？`}`,
  notAllowed: (command, role) =>
    `/${command} 只有${role === "admin" ? "管理员" : "编辑"}能用。请他们代为执行，或给你开通权限。`,
  notKept: (trouble) =>
    trouble === "unconfirmed"
      ? "可能已经存下了，但存储还没有确认。过一分钟用 /history 看看；如果没有，请再发一次。"
      : `没能保存：${troubles[trouble]}。这次什么都没记，也不占次数；请留好你写的内容，等管理者处理好后再发一次。`,
  tooFast: (seconds) => `发得太快了，这条没有处理。请等 ${seconds} 秒再发。`,
  failed: (reference) =>
    `我们这边出了点问题，已经记录下来。请再试一次；如果还不行，把这个编号告诉管理者：${reference}。`,
} satisfies typeof english;
