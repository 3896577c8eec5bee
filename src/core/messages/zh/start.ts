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
  unreachable: (where) => `打不开 ${where}。请检查路径或地址是否正确、上级是不是目录、对应的服务是否在运行。`,
};

export const start = {
  storeTrouble: (trouble, where) => remedies[trouble](where),
  pageIsAt: (url) => `今天的题在这里：${url}`,
  unknownFlag: (flag) => `没有 ${flag} 这个选项。可用的有 --terminal、--as NAME、--lang zh|en。`,
  badName: "--as 后面要一个 1 到 40 个字符、能显示出来的名字。",
  badLanguage: (typed) => `--lang 后面填 zh 或 en，“${typed.slice(0, 20)}”不行。`,
} satisfies typeof english;
