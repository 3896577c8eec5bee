import type { registration as english } from "#core/messages/en/registration";

export const registration = {
  file: "文件",
  fileAbout: "也可以直接上传文本文件",
  more: "其他",
  moreAbout: "其余选项，像平时那样输入：键=值",
} satisfies typeof english;
