import type { start as english } from "#core/messages/en/start";
import type { StoreTrouble } from "#core/ports";

const remedies: Readonly<Record<StoreTrouble, (where: string) => string>> = {
  "in-use": (where) =>
    `另一个 Rehearsal 正在用 ${where}。先停掉它，或者给这个换个目录：REHEARSAL_DATA=./other npm start`,
  "read-only": (where) =>
    `${where} 写不进去。请让当前用户能写这个目录，或用 REHEARSAL_DATA 指定一个可写的目录。`,
  full: (where) => `${where} 所在的磁盘满了。腾出空间再启动；已经记录的内容都还在。`,
  damaged: (where) =>
    `${where} 不是 Rehearsal 的数据文件，或者已经损坏。请把它移走，换上最近的备份，或从头开始。`,
  "newer-version": (where) => `${where} 是更新版本的 Rehearsal 写的。请用那个版本启动，或换一个目录。`,
  unreachable: (where) => `连不上 ${where} 的存储。请检查它是否在运行、地址是否正确。`,
};

export const start = {
  storeTrouble: (trouble, where) => remedies[trouble](where),
  unknownFlag: (flag) => `没有 ${flag} 这个选项。可用的有 --terminal、--as NAME、--lang zh|en。`,
  badName: (name) => `--as 后面要 1 到 40 个字符的名字，“${name.slice(0, 50)}”不行。`,
} satisfies typeof english;
