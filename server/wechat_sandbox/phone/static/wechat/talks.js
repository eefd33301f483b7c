/** Chats that make the list look lived in; nothing happens in them. */

export const CANDIDATE_TALKS = [
  { name: '妈妈', text: '周末回来吃饭吗？', time: '12:08' },
  { name: '春招互助群', text: '小悦：有人收到二面通知了吗', time: '11:42', muted: true, many: true },
  { name: '周老师', text: '推荐信已经发你邮箱了', time: '昨天' },
  { name: '302 宿舍', text: '阿杰：今晚食堂见', time: '昨天', muted: true, many: true },
  { name: '房东刘姐', text: '[图片]', time: '星期二' },
  { name: '文件传输助手', text: '简历_最终版.pdf', time: '星期一', colour: '#4FBF6B', sign: '文' },
];

export const STAFF_TALKS = [
  { name: '招聘一组', text: '吴桐：下午 3 点对一下本周场次', time: '11:56', many: true },
  { name: '后端组用人沟通群', text: '老赵：这周能再排两位吗', time: '10:31', muted: true, many: true },
  { name: '吴桐', text: '好的，收到', time: '昨天' },
  { name: '校招面试官群', text: '[文件] 面试评分表.xlsx', time: '昨天', muted: true, many: true },
  { name: '行政小郭', text: '会议室已经帮你约好了', time: '星期二' },
  { name: '文件传输助手', text: '[链接] 招聘日报', time: '星期一', colour: '#4FBF6B', sign: '文' },
];
