/** The parts of the chat that are always there, the menu, and the place to write. */

import { button, closeButton, el, icon, iconButton, onEscape, openDialog, save, workButton } from "./dom.js";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,video/mp4,.heic,.heif";
const MAX_BYTES = 20 * 1024 * 1024;

export function createFrame({ page, title, greeting, locale }, closer) {
  const skip = page && button("skip", "跳到输入框", null, { id: "skip" });
  const menu = el("div.menu-box", iconButton("more", "更多", null, { id: "menu-button", "aria-expanded": "false", "aria-controls": "menu" }),
    el("div.menu", { id: "menu", hidden: true }));
  const top = el("header.top", skip, el("span.mark", { "aria-hidden": "true" }, "退"),
    el("div.top-words", el(page ? "h1" : "h2", title), el("p", "信息，不是法律意见")), menu, closer);
  const bar = button("case-bar", "", null, { id: "case-bar", "aria-haspopup": "dialog", "aria-expanded": "false" });
  const log = el("div.log", { id: "log", role: "log", "aria-live": "polite", "aria-label": "对话", tabindex: "0" },
    el("div.column", el("div.intro", { id: "intro" }, el("slot", el("h2", greeting || "说说经过，一步一步来"))), el("ol.messages", { id: "messages" })));
  const side = el("aside.side", { id: "side", "aria-label": "我的案子" });
  const sheet = el("dialog.sheet", { id: "sheet", "aria-label": "我的案子" },
    el("div.sheet-top", el("h2", "我的案子"), closeButton("关闭")),
    el("div.sheet-body", { id: "sheet-body" }, el("div.case", { id: "case" })));
  return el(page ? "div.app.page" : "div.app", { id: "app", lang: locale }, top, bar, el(page ? "main.chat" : "div.chat", log, dock()), side, sheet, el("div.drop", { "aria-hidden": "true" }, "松开，把图发给助手"));
}

function dock() {
  const picker = (id, props) => el("input.hidden", { type: "file", id, tabindex: "-1", "aria-hidden": "true", ...props });
  const camera = matchMedia("(any-pointer: coarse)").matches;
  return el("div.dock", el("div.column",
    el("p.status", { id: "status", role: "status" }), el("div.notice", { id: "notice", role: "alert" }),
    el("form.composer", { id: "composer" }, picker("files", { accept: ACCEPTED, multiple: true }), picker("photo", { accept: "image/*", capture: "environment" }),
      iconButton("clip", "发送图片或文件", null, { id: "files-button" }), iconButton("camera", "拍照", null, { id: "photo-button", hidden: !camera }),
      el("label.hidden", { for: "text" }, "输入消息"),
      el("textarea", { id: "text", rows: "1", placeholder: "说说发生了什么", autocomplete: "off", enterkeyhint: "send" }),
      el("button.icon-button.send", { id: "send", "aria-label": "发送", title: "发送", disabled: true }, icon("send")))));
}

export function createMenu(root, on) {
  const opener = root.getElementById("menu-button");
  const menu = root.getElementById("menu");
  const box = menu.parentNode;
  const set = (open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  const item = (word, act) => button("", word, () => { set(false); act(); });
  const ask = item("转人工", on.ask);
  const take = workButton("导出我的资料", async () => { save(await on.exported(), "我的资料.zip"); return "已下载"; });
  menu.append(ask, take, item("删除我的资料", () => confirmErasing(root, on.erase)));

  opener.addEventListener("click", () => {
    set(menu.hidden);
    if (!menu.hidden) ask.focus();
  });
  onEscape(menu, () => { set(false); opener.focus(); });
  box.addEventListener("focusout", ({ relatedTarget: to }) => to && !box.contains(to) && set(false));
  root.addEventListener("pointerdown", ({ target }) => box.contains(target) || set(false));
}

function confirmErasing(root, erase) {
  const sure = button("chip-button danger", "删除", () => {
    sure.replaceWith(really);
    really.firstChild.focus();
  });
  const really = workButton("真的删除，不留了", () => erase().then(() => dialog.close()));
  really.firstChild.classList.add("danger");
  const dialog = openDialog(root, "confirm", "删除我的资料", el("h2", "删除我的资料"),
    el("p", "对话、案子、发来的图片和写好的材料都会从服务器上删掉，找不回来。需要的话，先在菜单里导出一份。"),
    el("div.row-tools", button("chip-button", "不删了", () => dialog.close()), sure));
}

export function createComposer(root, area, on) {
  const find = (id) => root.getElementById(id);
  const app = find("app");
  const text = find("text");
  const send = find("send");

  function fit() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
    send.disabled = !text.value.trim();
  }

  function submit() {
    const words = text.value.trim();
    if (!words) return;
    text.value = "";
    fit();
    on.text(words);
  }

  function take(files) {
    on.complain([...files].map((file) => problemOf(file) ?? void on.file(file)).filter(Boolean).join("\n"));
  }

  find("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    text.focus();
  });
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  for (const id of ["files", "photo"]) {
    const picker = find(id);
    picker.addEventListener("change", () => {
      take(picker.files);
      picker.value = "";
    });
    find(`${id}-button`).addEventListener("click", () => picker.click());
  }
  area.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  const drag = (kind, act) => area.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    app.classList.toggle("dropping", act(event));
  });
  // Without this, a file dropped beside the composer would replace the page.
  drag("dragover", () => true);
  drag("dragleave", ({ relatedTarget }) => area.contains(relatedTarget));
  drag("drop", ({ dataTransfer }) => void take(dataTransfer.files) || false);
  find("skip")?.addEventListener("click", () => text.focus());
  fit();

  return {
    edit(words) {
      text.value = text.value ? `${words}\n${text.value}` : words;
      fit();
      text.focus();
    },
    focus: () => text.focus(),
    pick: () => find("files").click(),
  };
}

/** Some browsers do not know the type of a HEIC file. */
function problemOf({ name, type, size }) {
  if (!ACCEPTED.split(",").some((kind) => kind === type || (!type && name.toLowerCase().endsWith(kind)))) return `「${name}」发不了。可以发图片（JPG、PNG、WebP、HEIC）、PDF 和 MP4 视频。`;
  if (size > MAX_BYTES) return `「${name}」超过 20 MB，请压缩或截取需要的部分再发。`;
  return size ? null : `「${name}」是空文件，请重新选择。`;
}
