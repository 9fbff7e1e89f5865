/** The conversation on the screen. Texts are only ever set as text. */

import { byId, copyButton, el, icon } from "./dom.js";
import { chineseMoment, fileSize } from "./labels.js";
import { createFollower } from "./scroll.js";

const RULE = /^\s*[─—━═]{2,}\s*$/;
const SEPARATOR = " · ";
const LONG = 300;
const STAMP_GAP_MS = 10 * 60_000;
const THUMB = { width: 220, height: 260 };
const NAMES = { person: "我", bot: "助手", staff: "人工客服" };

/**
 * @param {{choose: (choice: import("./api.js").Choice) => void, retry: (item: any) => void,
 *   withdraw: (item: any) => void}} on
 */
export function createView(on) {
  const log = byId("log");
  const list = byId("messages");
  const scroll = createFollower(log, list);
  const bubbles = new Map();
  const pictures = new Map();
  let typing = null;
  let replies = null;
  let lastStamp = 0;

  /* -- placing ----------------------------------------------------------- */

  function place(node, after) {
    if (after) after.after(node);
    else list.append(node);
    return node;
  }

  function stamp(date) {
    const gap = date.getTime() - lastStamp;
    lastStamp = date.getTime();
    if (gap < STAMP_GAP_MS) return;
    place(el("li", { class: "stamp" }, el("time", { datetime: date.toISOString(), text: chineseMoment(date) })));
  }

  /* -- quick replies ----------------------------------------------------- */

  function offer(buttons) {
    dropReplies();
    if (!buttons.length) return;
    const group = el("div", { class: "replies", role: "group", "aria-label": "快捷回复" });
    for (const choice of buttons) {
      group.append(el("button", { class: "reply", type: "button", text: choice.title, click: (event) => tap(event.target, choice) }));
    }
    replies = place(el("li", {}, group));
  }

  function tap(button, choice) {
    button.classList.add("chosen");
    on.choose(choice);
  }

  function enableReplies(enabled) {
    for (const button of replies?.querySelectorAll("button") ?? []) {
      button.disabled = !enabled;
      if (enabled) button.classList.remove("chosen");
    }
  }

  function dropReplies() {
    replies?.remove();
    replies = null;
  }

  /* -- messages ---------------------------------------------------------- */

  function setTyping(after) {
    typing?.remove();
    typing = after ? place(el("li", { class: "message bot typing", "aria-hidden": "true" }, dots()), after) : null;
  }

  function thumbnailOf(attachment) {
    const file = pictures.get(pictureKey(attachment));
    return file ? thumbnail(file) : fileChip(attachment);
  }

  function clear() {
    list.replaceChildren();
    bubbles.clear();
    typing = replies = null;
    lastStamp = 0;
  }

  function fromHistory(message) {
    stamp(new Date(message.sent_at));
    const media = (message.attachments ?? []).map(thumbnailOf);
    place(messageNode(message.author, message.text, media));
  }

  function actionsFor(item) {
    const again = el("button", { class: "link", type: "button", text: "重新发送", click: () => on.retry(item) });
    const word = item.text === undefined ? "删除" : "修改";
    return [again, el("button", { class: "link", type: "button", text: word, click: () => on.withdraw(item) })];
  }

  return {
    /**
     * Replaces everything by the stored conversation.
     * @param {import("./api.js").Message[]} messages
     */
    showHistory(messages) {
      // A screen reader shall not read the whole conversation again.
      log.setAttribute("aria-live", "off");
      scroll.around(() => {
        clear();
        messages.forEach(fromHistory);
        offer(lastOffer(sinceLastPerson(messages)));
        byId("intro").hidden = messages.some(({ author }) => author === "person");
      });
      setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
    },

    /** @param {import("./api.js").Reply[]} messages the first words of a new session */
    showGreeting(messages) {
      byId("intro").hidden = false;
      messages.forEach(({ text }) => place(messageNode("bot", text)));
      offer(lastOffer(messages));
    },

    /**
     * The person's own message, at once and before it is sent.
     * The quick replies wait with it: they go when it is answered, and work again when it is refused.
     * @param {import("./api.js").Item} item
     */
    addOwn(item) {
      enableReplies(false);
      stamp(new Date());
      if (item.file) pictures.set(pictureKey(item.file), item.file);
      const media = item.file ? [thumbnail(item.file)] : [];
      const node = messageNode("person", item.title ?? item.text ?? "", media);
      node.classList.add("pending", "fresh");
      bubbles.set(item.id, place(node));
      scroll.toEnd();
    },

    /** @param {import("./api.js").Item} item */
    showSending(item) {
      const node = bubbles.get(item.id);
      if (!node) return;
      node.classList.remove("failed");
      node.classList.add("pending");
      node.querySelector(".problem")?.remove();
      setTyping(node);
      scroll.follow();
    },

    /**
     * @param {import("./api.js").Item} item
     * @param {import("./api.js").Reply[]} messages
     * @param {boolean} more whether further messages of the person wait: then no choice is offered
     */
    showAnswer(item, messages, more) {
      const own = bubbles.get(item.id);
      setTyping(null);
      dropReplies();
      own?.classList.remove("pending");
      bubbles.delete(item.id);
      if (!messages.length) own?.append(el("p", { class: "note", text: "已送达，请等候人工回复" }));
      const nodes = messages.map(({ text }) => messageNode("bot", text));
      nodes.forEach((node) => node.classList.add("fresh"));
      own?.after(...nodes);
      if (!more) offer(lastOffer(messages));
      scroll.reveal(nodes[0] ?? own ?? list);
      lastStamp = Date.now();
    },

    /**
     * @param {import("./api.js").Item} item
     * @param {string} reason
     */
    showRefused(item, reason) {
      const node = bubbles.get(item.id);
      setTyping(null);
      enableReplies(true);
      node?.classList.remove("pending");
      node?.classList.add("failed");
      node?.querySelector(".problem")?.remove();
      node?.append(el("p", { class: "problem" }, icon("alert"), el("span", {}, `未发送：${reason} `, ...actionsFor(item))));
      scroll.follow();
    },

    /** @param {import("./api.js").Item} item */
    removeOwn(item) {
      bubbles.get(item.id)?.remove();
      bubbles.delete(item.id);
    },

    /**
     * Says that an expired session was replaced, above the messages that still wait.
     * @param {import("./api.js").Reply[]} greeting
     */
    showRenewed(greeting) {
      dropReplies();
      const words = el("li", { class: "stamp", text: "上次的会话已过期，已为你开始新的会话" });
      const nodes = [words, ...greeting.map(({ text }) => messageNode("bot", text))];
      const waiting = bubbles.values().next().value;
      if (waiting) waiting.before(...nodes);
      else list.append(...nodes);
    },

    focus: () => log.focus({ preventScroll: true }),
  };

}

function sinceLastPerson(messages) {
  const last = messages.map(({ author }) => author).lastIndexOf("person");
  return messages.slice(last + 1);
}

function lastOffer(messages) {
  const offers = messages.map(({ buttons }) => buttons ?? []).filter((buttons) => buttons.length);
  return offers[offers.length - 1] ?? [];
}

function messageNode(author, text, media = []) {
  const node = el("li", { class: `message ${author}` }, el("span", { class: author === "staff" ? "name" : "hidden", text: NAMES[author] }));
  node.append(...media);
  if (text) node.append(textBubble(text));
  return node;
}

function textBubble(text) {
  const lines = text.split("\n");
  const letter = text.length > LONG || lines.some((line) => RULE.test(line));
  const bubble = el("div", { class: letter ? "bubble letter" : "bubble" }, ...paragraphs(lines));
  if (letter) bubble.append(el("div", { class: "letter-foot" }, copyButton(() => text, "这段文字")));
  return bubble;
}

/** Lines made of ── only become rules, which fit any width. */
function paragraphs(lines) {
  const nodes = [];
  let open = [];
  const close = () => {
    const text = open.join("\n").replace(/^\n+|\s+$/g, "");
    if (text) nodes.push(el("p", {}, ...itemised(text)));
    open = [];
  };
  for (const line of lines) {
    if (!RULE.test(line)) open.push(line);
    else {
      close();
      nodes.push(el("hr"));
    }
  }
  close();
  return nodes;
}

/** In a list like 平台 甲 · 金额 200 元 a line breaks between the items and not inside one that fits. */
function itemised(text) {
  return text.split("\n").flatMap((line, row) => {
    const items = line.split(SEPARATOR);
    const last = items.pop();
    const nodes = items.flatMap((item) => [el("span", { class: "item", text: `${item} ·` }), " "]);
    return [row > 0 && "\n", ...nodes, items.length ? el("span", { class: "item", text: last }) : last];
  });
}

function dots() {
  return el("div", { class: "bubble dots" }, el("i"), el("i"), el("i"));
}

function pictureKey({ name, size }) {
  return `${name}|${size}`;
}

function fileChip({ name, size }) {
  return el("div", { class: "file" }, icon("image"), el("span", { class: "file-name", text: name }), el("span", { class: "file-size", text: fileSize(size) }));
}

/** A small drawing of the picture: no blob address, so the strictest img-src allows it. */
function thumbnail(file) {
  const box = el("div", { class: "thumb" }, fileChip(file));
  drawing(file).then((canvas) => box.replaceChildren(canvas)).catch(() => {});
  return box;
}

async function drawing(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, THUMB.width / bitmap.width, THUMB.height / bitmap.height);
  const density = Math.min(2, window.devicePixelRatio || 1);
  const canvas = el("canvas", { role: "img", "aria-label": `图片 ${file.name}` });
  canvas.width = Math.max(1, Math.round(bitmap.width * Math.min(1, scale * density)));
  canvas.height = Math.max(1, Math.round(bitmap.height * Math.min(1, scale * density)));
  canvas.style.width = `${Math.max(48, Math.round(bitmap.width * scale))}px`;
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}
