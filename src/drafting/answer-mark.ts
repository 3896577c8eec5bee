/** A line that only says that the answer begins: 答案：, ### ✅ Answer. */
const ALONE =
  /^(?:[\s【[↓▼▽⬇=~—-]|\p{Extended_Pictographic}|\uFE0F)*(?:(?:参考|标准|示例|简短|详细)?(?:答案|解答|回答|解析|答|解)|(?:sample |model |short |detailed |reference |suggested )?(?:answer|solution|explanation)|ans|a)\s?[】\]]?\s?[:：.]?(?:\s?[（(][^）)]{1,30}[）)])?$/iu;
const BEFORE =
  /^(?:(?:参考|标准)?(?:答案|解答|回答|答)\s?[:：]|解\s?[:：.．]\s?|[【[](?:参考|标准|示例)?(?:答案|解答|回答|解析|答)[】\]]\s?[:：]?|(?:answer|ans|a)\s?[:：])\s*/iu;

/** What is pressed to see an answer: Show answer, 点击展开答案. */
const UNFOLDS =
  /^[^\p{L}]{0,6}(?:click|tap|show|reveal|view|expand|see|open|点击|点开|展开|查看|显示|点我)[^。.?？]{0,24}(?:answers?|solutions?|hints?|details|more|here|答案|解析|解答|详情|这里|内容|思路)[^\p{L}]{0,6}$/iu;
/** Whether a line that unfolds another only says that an answer is there. */
export const unfoldsAnswer = (text: string): boolean => ALONE.test(text) || UNFOLDS.test(text);

export const isAnswerMark = (text: string): boolean => ALONE.test(text);
/** A line's words without 答： before them. */
export const withoutAnswerMark = (text: string): string => text.replace(BEFORE, "");
