/** Chinese words for the codes of the API, and Chinese dates. Times are shown as they are in Shanghai. */

export const EVIDENCE_STATUS = {
  open: { word: "待准备", icon: "circle" },
  asked: { word: "请发来", icon: "now" },
  provided: { word: "已收到", icon: "check" },
  unavailable: { word: "没有", icon: "minus" },
  later: { word: "稍后补", icon: "clock" },
  not_accepted: { word: "需重发", icon: "alert" },
};

export const STEP_STATUS = {
  open: { word: "待办", icon: "now" },
  proposed: { word: "待办", icon: "now" },
  current: { word: "待办", icon: "now" },
  upcoming: { word: "未开始", icon: "circle" },
  submitted: { word: "等待答复", icon: "clock" },
  waiting: { word: "等待答复", icon: "clock" },
  overdue: { word: "已到期限", icon: "alert" },
  skipped: { word: "已跳过", icon: "minus" },
  done: { word: "已完成", icon: "check" },
  finished: { word: "已完成", icon: "check" },
};

/** How a case was closed. */
export const OUTCOME = { refunded: "已退款", cancelled: "已停下" };

export const PURPOSE = { own: "自己用", resale: "进货转卖" };

export const DUE_TYPE = {
  statutory: "法定",
  judicial: "司法解释",
  rule: "规章",
  platform_contract: "平台规则",
  practice: "惯例",
};

export const STAGE = {
  intake: "了解情况",
  evidence: "收集证据",
  step: "办理中",
  waiting: "等待答复",
  closed: "已结案",
};

export const TRACK = { refund_delayed: "退款迟迟不到" };

export const PAY_METHOD = { order: "下单付给商户", personal: "转账给个人" };

/**
 * A value as it may be shown: codes that have no Chinese name yet stay off the screen.
 * @param {unknown} value
 * @returns {string | null}
 */
export function chineseOnly(value) {
  return typeof value === "string" && /\p{Script=Han}/u.test(value) ? value : null;
}

const day = format({ year: "numeric", month: "long", day: "numeric", weekday: "short" });
const shortDay = format({ month: "long", day: "numeric" });
const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const key = format({ year: "numeric", month: "2-digit", day: "2-digit" });

function format(options) {
  const formatter = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", ...options });
  return (date) => formatter.format(date);
}

/**
 * "2026-11-18" as 2026年11月18日.
 * @param {string} iso
 * @returns {string}
 */
export function chineseDate(iso) {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  return year ? `${year}年${Number(month)}月${Number(date)}日` : iso;
}

/**
 * A due date with its weekday, and the minute where the API gives one: 2026年11月25日周三 18:00.
 * @param {string} iso
 * @returns {string}
 */
export function chineseDue(iso) {
  const date = new Date(iso.length === 10 ? `${iso}T12:00:00+08:00` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  return iso.length === 10 || endOfDay(clock(date)) ? day(date) : `${day(date)} ${clock(date)}`;
}

function endOfDay(time) {
  return time === "23:59" || time === "00:00";
}

/**
 * When a message was sent, as short as it is clear: 18:20, or 11月18日 18:20.
 * @param {Date} date
 * @param {Date} [now]
 * @returns {string}
 */
export function chineseMoment(date, now = new Date()) {
  return key(date) === key(now) ? clock(date) : `${shortDay(date)} ${clock(date)}`;
}

/**
 * @param {number} bytes
 * @returns {string}
 */
export function fileSize(bytes) {
  return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
