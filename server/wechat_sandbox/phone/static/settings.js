/** What the phone knows about the accounts it shows; everything else it asks the sandbox for. */

/** Names as they appear in the chat list and on the cards. */
export const NAMES = {
  miniProgram: '约面',
  officialAccount: '约面招聘',
};

/** Legal request domains (小程序文档 · 网络): each is answered by a path of the sandbox. */
export const REQUEST_DOMAINS = {
  'https://api.yuemian.example.com': '/backend',
};

/** Scene values (小程序文档 · 场景值列表) of the ways into the mini-program that this phone has. */
export const SCENES = {
  chatList: 1089,
  notice: 1014,
  miniProgramCode: 1047,
  urlScheme: 1065,
};

export const POLL_MILLISECONDS = 1000;
