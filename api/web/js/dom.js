/** Elements without markup and without inline styles, icons, and dates as they are in Shanghai. */

const SAID_MS = 2500;

/** An element by its tag and classes; a first plain object is attributes and listeners, what is falsy is left out. */
export function el(spec, ...parts) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  node.className = classes.join(" ");
  if (parts[0]?.constructor === Object) setProps(node, parts.shift());
  node.append(...parts.flat(9).filter(Boolean));
  return node;
}

function setProps(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value || value === 0 || value === "") node.setAttribute(name, value === true ? "" : value);
  }
}

export function button(look, content, click, props = {}) {
  return el("button", { class: look, type: "button", click, ...props }, content);
}

export function iconButton(name, label, click, props = {}) {
  return button("icon-button", icon(name), click, { "aria-label": label, title: label, ...props });
}

export function closeButton(label) {
  return iconButton("close", label, ({ target }) => target.closest("dialog").close());
}

export function openDialog(root, look, label, ...content) {
  const dialog = el(`dialog.${look}`, { "aria-label": label, close: () => dialog.remove() }, content);
  root.getElementById("app").append(dialog);
  dialog.showModal();
  return dialog;
}

/** What is closed by Escape, before the dialog around it is. */
export function onEscape(node, act) {
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

export function workButton(title, work, props = {}, before) {
  const label = el("span", title);
  const live = el("span.hidden", { role: "status" });
  let timer;
  const say = (text) => {
    clearTimeout(timer);
    label.textContent = text || title;
    live.textContent = text;
    if (text) timer = setTimeout(say, SAID_MS, "");
  };
  const node = button("chip-button", [before, label], async (event) => {
    say("");
    try {
      say(await work(event) ?? "");
    } catch (error) {
      say(error.message);
    }
  }, props);
  return el("span.work", node, live);
}

export function copyButton(read, what) {
  const work = (event) => copy(read(), event.target.getRootNode()).then(() => "已复制", () => "复制失败");
  return workButton("复制", work, {}, [icon("copy"), el("span.hidden", what)]);
}

export function saveButton(title, name, fetchFile) {
  return workButton(title, async () => save(await fetchFile(), name), { "aria-label": `${title}：下载 ${name}` });
}

export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(URL.revokeObjectURL, 60_000, url);
}

async function copy(text, root) {
  const clipboard = navigator.clipboard;
  if (typeof text !== "string" && window.ClipboardItem) {
    // Safari only allows a write that begins inside the tap, so the promise itself is handed over.
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    if (await tried(() => clipboard.write([new ClipboardItem({ "text/plain": blob })]))) return;
  }
  const value = await text;
  if (!(await tried(() => clipboard.writeText(value))) && !copyOldWay(value, root)) throw new Error();
}

async function tried(write) {
  try {
    await write();
    return true;
  } catch {
    return false;
  }
}

function copyOldWay(value, root) {
  const area = el("textarea.hidden", { readonly: true });
  const before = root.activeElement;
  area.value = value;
  (before?.closest("dialog") ?? root).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}

const NS = "http://www.w3.org/2000/svg";
const ROUND = "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17z";
const PATHS = {
  clip: "m20 11.5-8.1 8.1a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.5-2.4l7.7-7.7",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10.3a3 3 0 1 1 0 6 3 3 0 1 1 0-6z",
  send: "M12 19V5m-6.5 6.5L12 5l6.5 6.5",
  close: "m6 6 12 12M18 6 6 18",
  down: "m6 9.5 6 6 6-6",
  more: "M5 12h.5M12 12h.5M19 12h.5",
  chat: "M4 5h16v11.5H11l-4.5 3.5v-3.5H4z",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  check: ROUND + "m-3.7 8.8 2.6 2.6 4.9-5.4",
  circle: ROUND,
  now: ROUND + "m0 7.5a1 1 0 1 1 0 2 1 1 0 1 1 0-2z",
  clock: ROUND + "m0 3.8v4.7l3.2 2",
  minus: ROUND + "m-3.5 8.5h7",
  alert: ROUND + "m0 4.3v5m0 3.2v.1",
};

export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(NS, tag);
  for (const name in attributes) node.setAttribute(name, String(attributes[name]));
  node.append(...children);
  return node;
}

export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

const ROW = 22;

export function sketch(rows) {
  const height = rows * ROW + 34;
  const lines = Array.from({ length: rows }, (_, i) => {
    const y = 32 + i * ROW;
    const number = svg("text", { x: 17, y: y + 4 });
    number.textContent = String(i + 1);
    return svg("g", {}, svg("circle", { cx: 17, cy: y, r: 8 }), number, svg("path", { d: `M32 ${y}h${i % 2 ? 30 : 44}` }));
  });
  return svg("svg", { class: "sketch", viewBox: `0 0 92 ${height}`, "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 90, height: height - 2, rx: 10 }), svg("path", { d: "M34 10h24" }), ...lines);
}

const day = format({ year: "numeric", month: "long", day: "numeric", weekday: "short" });
const shortDay = format({ month: "long", day: "numeric" });
const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const isoDay = format({}, "sv-SE");

function format(options, locale = "zh-CN") {
  const formatter = new Intl.DateTimeFormat(locale, { timeZone: "Asia/Shanghai", ...options });
  return (date) => formatter.format(date);
}

export function dueDay(iso) {
  const date = new Date(iso);
  const time = clock(date);
  return time === "23:59" || time === "00:00" ? day(date) : `${day(date)} ${time}`;
}

export function moment(date, now = new Date()) {
  return isoDay(date) === isoDay(now) ? clock(date) : `${shortDay(date)} ${clock(date)}`;
}
