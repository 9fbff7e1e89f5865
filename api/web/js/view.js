/** The conversation on the screen. Texts are only ever set as text. */

import { button, copyButton, el, icon, iconButton, moment } from "./dom.js";

const STAMP_GAP_MS = 10 * 60_000;
const SLOW_MS = 3000;

export function createView(root, tools, on) {
  const log = root.getElementById("log");
  const list = root.getElementById("messages");
  const intro = root.getElementById("intro");
  const talked = (yes) => root.getElementById("app").classList.toggle("talked", yes);
  const scroll = createFollower(log, list);
  const bubbles = new Map();
  /** What is shown, in order; `id` is null until the service has told it. */
  let entries = [];
  let typing = null;
  let tail = null;
  let offers = [];
  let undo = null;
  let lastStamp = 0;

  const place = (node) => {
    list.append(node);
    return node;
  };

  function stamp(date) {
    const gap = date.getTime() - lastStamp;
    lastStamp = date.getTime();
    if (gap >= STAMP_GAP_MS) place(el("li.stamp", el("time", { datetime: date.toISOString() }, moment(date))));
  }

  function setTail(buttons, card) {
    tail?.remove();
    offers = buttons;
    tail = buttons.length || card ? place(el("li.tail")) : null;
    if (card) tail.append(card);
    if (!buttons.length) return;
    const reply = (choice) => button("reply", choice.title, () => on.choose(choice));
    tail.append(el("div.replies", { role: "group", "aria-label": "快捷回复" }, buttons.map(reply)));
  }

  const entry = (author, text, media, id = null) => ({ id, author, text, node: messageNode(author, text, media) });
  const bot = ({ text }) => entry("bot", text);

  function say(...what) {
    const said = entry(...what);
    entries.push(said);
    return place(said.node);
  }

  function fromService(line) {
    if (line.author === "person") talked(true);
    stamp(new Date(line.sent_at));
    const media = (line.attachments ?? []).map((file) => filePicture(file, tools));
    return say(line.author, line.text, media, line.id);
  }

  function clear() {
    list.replaceChildren();
    bubbles.clear();
    typing?.end();
    entries = [];
    typing = tail = null;
    lastStamp = 0;
  }

  function settle(entry, line) {
    entry.id = line.id;
    const thumb = entry.node.querySelector(".thumb");
    const [file] = line.attachments ?? [];
    if (thumb && file) thumb.replaceWith(filePicture(file, tools, thumb.querySelector("canvas")));
  }

  function clearTyping() {
    typing?.end();
    typing = null;
  }

  const view = {
    last: () => Math.max(0, ...entries.map(({ id }) => id ?? 0)),

    showHistory(lines, card) {
      log.setAttribute("aria-live", "off");
      scroll.around(() => {
        clear();
        lines.forEach(fromService);
        setTail(lastOffer(lines), card);
        talked(intro.hidden = lines.some(({ author }) => author === "person"));
      });
      setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
    },

    showGreeting(messages) {
      view.showHistory([]);
      messages.forEach(({ text }) => say("bot", text));
      setTail(lastOffer(messages));
    },

    /** Adds what is new. Lines shown ahead are recognised by their words; false if they do not fit. */
    join(lines, card) {
      const open = entries.filter(({ id }) => id === null);
      const ahead = open.slice(0, lines.length);
      if (bubbles.size || !ahead.every(({ author, text }, i) => lines[i].author === author && lines[i].text === text)) return false;
      ahead.forEach((entry, i) => settle(entry, lines[i]));
      const more = lines.slice(open.length);
      if (!more.length) return true;
      tail?.remove();
      const nodes = more.map(fromService);
      nodes.forEach((node) => node.classList.add("fresh"));
      setTail(more.some(({ author, buttons }) => author === "person" || buttons?.length) ? lastOffer(more) : offers, card);
      scroll.reveal(nodes[0]);
      return true;
    },

    addOwn(item) {
      if (tail) tail.hidden = true;
      view.setUndo(false);
      stamp(new Date());
      const media = item.file ? [sendingPicture(item.file, () => on.withdraw(item))] : [];
      const node = say("person", item.title ?? item.text ?? "", media);
      node.classList.add("pending", "fresh");
      bubbles.set(item.id, node);
      talked(true);
      scroll.toEnd();
    },

    showSending(item) {
      const node = bubbles.get(item.id);
      if (!node) return;
      node.classList.remove("failed");
      node.classList.add("pending");
      node.querySelector(".problem")?.remove();
      clearTyping();
      typing = typingNode(SLOW_MS);
      node.after(typing.node);
      scroll.follow();
    },

    progress: (item, part) => showProgress(bubbles.get(item.id), part),

    showAnswer(item, messages, { more, card }) {
      const own = bubbles.get(item.id);
      clearTyping();
      bubbles.delete(item.id);
      showProgress(own);
      own?.classList.remove("pending");
      if (!messages.length) own?.append(el("p.note", "已送达，请等候人工回复"));
      const at = entries.findIndex(({ node }) => node === own) + 1;
      const told = messages.map(bot);
      const nodes = told.map(({ node }) => node);
      entries.splice(at, 0, ...told);
      nodes.forEach((node) => node.classList.add("fresh"));
      own?.after(...nodes);
      setTail(more ? [] : lastOffer(messages), more ? null : card);
      scroll.reveal(nodes[0] ?? own ?? list);
      lastStamp = Date.now();
    },

    showRefused(item, reason) {
      const node = bubbles.get(item.id);
      clearTyping();
      if (tail) {
        tail.hidden = false;
        list.append(tail);
      }
      showProgress(node);
      node?.classList.replace("pending", "failed");
      node?.querySelector(".problem")?.remove();
      node?.append(el("p.problem", icon("alert"), el("span", `未发送：${reason} `,
        button("link", "重新发送", () => on.retry(item)), button("link", item.text === undefined ? "删除" : "修改", () => on.withdraw(item)))));
      scroll.follow();
    },

    removeOwn(item) {
      const node = bubbles.get(item.id);
      bubbles.delete(item.id);
      entries = entries.filter((entry) => entry.node !== node);
      node?.remove();
      if (bubbles.size) return;
      clearTyping();
      if (tail) tail.hidden = false;
    },

    showRenewed(greeting) {
      tail?.remove();
      entries = entries.filter(({ node }) => [...bubbles.values()].includes(node));
      const waiting = entries[0]?.node;
      const told = greeting.map(bot);
      const nodes = [el("li.stamp", "上次的会话已过期，已为你开始新的会话"), ...told.map(({ node }) => node)];
      entries.unshift(...told);
      if (waiting) waiting.before(...nodes);
      else list.append(...nodes);
    },

    setUndo(possible) {
      undo?.remove();
      const own = entries.filter(({ author }) => author === "person").pop();
      if (!possible || !own || bubbles.size) return;
      undo = button("undo", "撤回", on.undo, { "aria-label": "撤回这一条" });
      own.node.append(undo);
    },

    setCard(card) {
      if (bubbles.size) return;
      tail?.querySelector(".card")?.remove();
      if (!card) return;
      if (tail) tail.prepend(card);
      else setTail([], card);
    },

    focus: () => log.focus({ preventScroll: true }),
  };
  return view;
}

function lastOffer(lines) {
  const since = lines.slice(lines.map(({ author }) => author).lastIndexOf("person") + 1);
  return since.map(({ buttons }) => buttons ?? []).filter((buttons) => buttons.length).pop() ?? [];
}

function createFollower(log, list) {
  let following = true;
  let placed = 0;

  const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 24;

  function moveTo(top) {
    log.scrollTop = top;
    placed = log.scrollTop;
    following = nearEnd();
  }

  const follower = {
    toEnd: () => moveTo(log.scrollHeight),
    follow: () => following && follower.toEnd(),
    reveal(first) {
      if (following) moveTo(log.scrollTop + first.getBoundingClientRect().top - log.getBoundingClientRect().top - 12);
    },
    around(change) {
      const top = following ? null : log.scrollTop;
      change();
      moveTo(top ?? log.scrollHeight);
    },
  };
  log.addEventListener("scroll", () => {
    const up = log.scrollTop < placed - 1;
    placed = log.scrollTop;
    if (nearEnd()) following = true;
    else if (up) following = false;
  }, { passive: true });
  const observer = new ResizeObserver(follower.follow);
  observer.observe(log);
  observer.observe(list);
  return follower;
}

const RULE = /^\s*[─—━═]{2,}\s*$/;
const SEPARATOR = " · ";
const LONG = 300;
const NAMES = { person: "我", bot: "助手", staff: "人工客服" };

function messageNode(author, text, media = []) {
  const name = el("span", { class: author === "staff" ? "name" : "hidden" }, NAMES[author]);
  return el(`li.message.${author}`, name, media, text && textBubble(text));
}

function textBubble(text) {
  const lines = text.split("\n");
  const letter = text.length > LONG || lines.some((line) => RULE.test(line));
  const foot = letter && el("div.letter-foot", copyButton(() => text, "这段文字"));
  return el("div", { class: letter ? "bubble letter" : "bubble" }, paragraphs(lines), foot);
}

function paragraphs(lines) {
  const nodes = [];
  let open = [];
  const close = () => {
    const text = open.join("\n").replace(/^\n+|\s+$/g, "");
    if (text) nodes.push(el("p", itemised(text)));
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

function itemised(text) {
  return text.split("\n").flatMap((line, row) => {
    const items = line.split(SEPARATOR);
    const last = items.pop();
    const nodes = items.flatMap((item) => [el("span.item", `${item} ·`), " "]);
    return [row > 0 && "\n", ...nodes, items.length ? el("span.item", last) : last];
  });
}

function typingNode(after) {
  const word = el("span.note");
  const timer = setTimeout(() => { word.textContent = "还在看…"; }, after);
  const node = el("li.message.bot.typing", el("div.bubble.dots", el("i"), el("i"), el("i"), word));
  return { node, end: () => { clearTimeout(timer); node.remove(); } };
}

const SIDE = 132;
const MAX_BYTES = 12 * 1024 * 1024;

/** It never changes its size; the picture comes over the name, on a canvas, which every img-src allows. */
function square(tag, name, props) {
  return el(tag, { class: "thumb", ...props }, icon("file"), el("span.file-name", name));
}

function draw(box, name, source) {
  Promise.resolve(source).then(createImageBitmap).then((bitmap) => {
    const canvas = el("canvas", { role: "img", "aria-label": `图片 ${name}` });
    const scale = SIDE * Math.min(2, window.devicePixelRatio) / Math.min(bitmap.width, bitmap.height);
    canvas.width = canvas.height = Math.round(SIDE * Math.min(2, window.devicePixelRatio));
    canvas.getContext("2d").drawImage(bitmap, (canvas.width - bitmap.width * scale) / 2, 0, bitmap.width * scale, bitmap.height * scale);
    bitmap.close();
    box.prepend(canvas);
  }).catch(() => {});
  return box;
}

function sendingPicture(file, cancel) {
  const box = square("div", file.name);
  const meter = el("progress", { max: 1, value: 0, "aria-label": `上传 ${file.name}` });
  box.append(meter, iconButton("close", `取消上传 ${file.name}`, cancel));
  return file.type.startsWith("image/") && file.size < MAX_BYTES ? draw(box, file.name, file) : box;
}

function showProgress(node, part) {
  const meter = node?.querySelector(".thumb progress");
  if (part !== undefined) {
    if (meter) meter.value = part;
    return;
  }
  meter?.remove();
  node?.querySelector(".thumb .icon-button")?.remove();
}

export function filePicture(file, { open, api }, drawn) {
  const box = square("button", file.name, { type: "button", "aria-label": `查看 ${file.name}`, click: () => open(file) });
  if (drawn) box.append(drawn);
  else if (file.links?.thumb) draw(box, file.name, api.copy(file, "thumb"));
  return box;
}
