/** Wiring: the stored session, the queue, the conversation and the case panel. */

import { createApi } from "./api.js";
import { createComposer } from "./composer.js";
import { byId, el } from "./dom.js";
import { createOutbox, patiently } from "./outbox.js";
import { createPanel } from "./panel.js";
import { createSession, openQueue } from "./store.js";
import { createView } from "./view.js";

const session = createSession();
const api = createApi(session, renewed);
const view = createView({ choose, retry, withdraw });
const panel = createPanel((kind) => api.document(kind), (path) => api.file(path));
const composer = createComposer({ text: (text) => add({ text }), file: (file) => add({ file }), complain: notice });

/** Until the stored conversation is on the screen, answers are not shown one by one: the history will hold them. */
let ready = false;
let answers = 0;
let queue;
let outbox;

const early = [];

function add(content) {
  if (!queue) return void early.push(content);
  const item = queue.add(content);
  if (!content.file) notice("");
  view.addOwn(item);
  if (ready) outbox.drain();
}

function choose({ title, payload }) {
  add({ payload, title });
  // The tapped button works no more: a mouse goes on to the text, a finger shall not open the keyboard.
  if (matchMedia("(pointer: fine)").matches) composer.focus();
  else view.focus();
}

function retry(item) {
  queue.fail(item, undefined);
  view.showSending(item);
  outbox.drain();
}

function withdraw(item) {
  queue.remove(item);
  view.removeOwn(item);
  if (item.text === undefined) composer.focus();
  else composer.edit(item.text);
}

function renewed(greeting) {
  if (!ready) return;
  view.showRenewed(greeting);
  panel.render(null);
}

function troubled(on) {
  byId("status").textContent = on ? "正在重连，消息已保存，不会丢失" : "";
}

/** @param {string} text @param {() => void} [again] */
function notice(text, again) {
  const button = again && el("button", { class: "link", type: "button", text: "重试", click: () => { notice(""); again(); } });
  byId("notice").replaceChildren(...(text ? [el("span", { text })] : []), ...(button ? [button] : []));
}

function startOutbox() {
  outbox = createOutbox(queue, (item) => api.send(item), {
    sending: view.showSending,
    answered(item, answer) {
      answers += 1;
      if (!ready) return;
      view.showAnswer(item, answer.messages ?? [], Boolean(queue.next()));
      panel.render(answer.case ?? null);
    },
    refused,
    troubled,
  });
}

/** A choice that was taken back meanwhile, in another tab perhaps, cannot be repaired: what is on offer now is shown. */
async function refused(item, error) {
  view.showRefused(item, error.message);
  if (error.code !== "choice_expired") return;
  queue.remove(item);
  notice(error.message);
  if (!ready) return;
  await showStored().catch(() => {});
}

/** Shows the stored conversation, with the messages that are still in the queue below it. */
async function showStored() {
  const messages = await patiently(() => api.history(), troubled);
  showCase(messages);
  if (messages.length) view.showHistory(messages);
  else {
    view.showHistory([]);
    view.showGreeting(session.greeting());
  }
  for (const item of queue.all()) {
    view.addOwn(item);
    if (item.failed) view.showRefused(item, item.failed);
  }
}

/** Shows the case, unless an answer with a newer one was faster. Who has said nothing has none. */
async function showCase(messages) {
  if (!messages.some(({ author }) => author === "person")) return;
  const before = answers;
  const current = await api.currentCase().catch(() => null);
  if (before === answers) panel.render(current);
}

async function open() {
  try {
    if (session.token()) {
      // What an earlier visit could not send goes first; then the history holds it and its answer, once.
      await outbox.drain();
      await showStored();
    } else {
      const greeting = await patiently(() => api.begin(), troubled);
      view.showHistory([]);
      view.showGreeting(greeting);
      queue.all().forEach((item) => view.addOwn(item));
    }
    ready = true;
    outbox.drain();
  } catch (error) {
    notice(error.message, open);
  }
}

/** Coming back to the page shows what was said meanwhile: by staff, or in another tab. */
async function refresh() {
  if (document.hidden || !ready || !outbox.idle() || queue.all().length) return;
  try {
    const messages = await api.history();
    if (!outbox.idle() || !messages.length) return;
    view.showHistory(messages);
    showCase(messages);
  } catch {
    // The next message will say so.
  }
}

/** Where the browser does not shrink the page for the keyboard (iOS), the page follows the visible part. */
function followKeyboard() {
  const visible = window.visualViewport;
  if (!visible) return;
  const fit = () => {
    if (visible.scale > 1.01) return;
    document.documentElement.style.setProperty("--app-height", `${visible.height}px`);
    window.scrollTo(0, 0);
  };
  visible.addEventListener("resize", fit);
  visible.addEventListener("scroll", fit);
}

async function main() {
  followKeyboard();
  queue = await openQueue();
  startOutbox();
  if (!session.token()) view.showGreeting([]);
  queue.all().forEach((item) => view.addOwn(item));
  early.forEach((content) => add(content));
  document.addEventListener("visibilitychange", refresh);
  await open();
}

main();
