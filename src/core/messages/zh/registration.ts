import type { registration as english } from "#core/messages/en/registration";

export const registration = {
  file: "文件",
  fileAbout: "也可以直接上传文本文件",
  documentAbout: "文档本身",
  more: "其他",
  moreAbout: "其余选项，像平时那样输入：键=值",
} satisfies typeof english;
