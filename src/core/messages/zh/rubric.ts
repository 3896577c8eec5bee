import type { rubric as english } from "#core/messages/en/rubric";

export const rubric = {
  toDo: "下面这些不影响草稿评分，发布之前请补上：",
  lacks: {
    untranslated: {
      what: (count) => `${count} 段文字只有一种语言。`,
      remedy: (mark) => `在“${mark}”处补上另一种语言，再去掉这个标记。`,
    },
    unwritten: {
      what: (count) => `${count} 段文字还没写，例如提示和追问。`,
      remedy: (mark) => `写在“${mark}”处。`,
    },
    "chinese-words": {
      what: (count) => `${count} 个要点用中文答不中。`,
      remedy: () => "给要点加中文短语，或者在 pack.json 旁的 glossary.json 里给规则用到的概念加中文说法。",
    },
    "english-words": {
      what: (count) => `${count} 个要点用英文答不中。`,
      remedy: () => "给要点加英文短语，或者在 pack.json 旁的 glossary.json 里给规则用到的概念加英文说法。",
    },
    "chinese-hit": {
      what: (count) => `${count} 个要点没有中文的命中示例。`,
      remedy: () => "在 examples.hit 里加一条说到它的中文回答。",
    },
    "english-hit": {
      what: (count) => `${count} 个要点没有英文的命中示例。`,
      remedy: () => "在 examples.hit 里加一条说到它的英文回答。",
    },
    contradiction: {
      what: (count) => `${count} 个要点没有与它相反的示例。`,
      remedy: () =>
        '在 examples.contradict 里加一条成员可能会答错的话；不会说反的，写上 "contradictable": false。',
    },
    rule: {
      what: (count) => `${count} 条规则或短语不起作用，或者管得太宽。`,
      remedy: () => "怎么改，写在每一条后面。",
    },
  },
  more: (count) => `还有 ${count} 处（--json 全部列出）`,
  last: '请别人读过题目之后，把 "status" 改成 "reviewed"，去掉 pack.json 里的 "draft"，再运行 npm run content:publish。',
} satisfies typeof english;
