/** Wiring: the session, the queue, the conversation, the case and what is heard of changes. */

import { askedCard, createPanel, paperCard } from "./case.js";
import { button, el } from "./dom.js";
import { createComposer, createFrame, createMenu } from "./frame.js";
import { createApi, createLive, createOutbox, createSession, openQueue, patiently, uuid } from "./service.js";
import { createView } from "./view.js";
import { openViewer } from "./viewer.js";

export function createApp(root, within, options, closer) {
  within.append(createFrame(options, closer));
  const find = (id) => root.getElementById(id);
  const session = createSession();
  const api = createApi(options, session, renewed);
  const tools = { api, opened: new Set(), pick: () => composer.pick(), open: (file) => openViewer(root, api, file), edit };
  const view = createView(root, tools, { choose, retry, withdraw, undo: () => add({ undo: true, title: "撤回上一条" }) });
  const renderCase = createPanel(root, tools);
  const composer = createComposer(root, options.page ? document : within, { text: (text) => add({ text }), file: (file) => add({ file }), complain: notice });
  const tabs = new BroadcastChannel("tuikuan");
  const listen = createLive(api.events, heard);
  const uploads = new Map();
  const early = [];

  /** Until the stored conversation is shown, answers are not shown one by one: the history will hold them. */
  let ready = false;
  let missed = false;
  let erasing = false;
  let refreshing = null;
  let current = null;
  let marker;
  let queue;
  let outbox;

  function add(content) {
    if (!queue) return void early.push(content);
    const item = queue.add(content);
    if (!content.file) notice("");
    view.addOwn(item);
    if (ready) deliver();
  }

  const deliver = () => outbox.drain().then(() => missed && refresh());

  function choose({ title, payload }) {
    add({ payload, title });
    focus();
  }

  /** A finger shall not open the keyboard. */
  function focus() {
    if (matchMedia("(pointer: fine)").matches) composer.focus();
    else view.focus();
  }

  function retry(item) {
    queue.fail(item, undefined);
    view.showSending(item);
    deliver();
  }

  function withdraw(item) {
    queue.remove(item);
    uploads.get(item.id)?.abort();
    view.removeOwn(item);
    if (item.text === undefined) composer.focus();
    else composer.edit(item.text);
  }

  async function edit(name, value) {
    const answer = await api.send({ id: uuid(), fact: { name, value } });
    showCase(answer.case);
    tabs.postMessage(false);
    refresh();
  }

  function send(item) {
    const stop = new AbortController();
    uploads.set(item.id, stop);
    return api.send(item, { signal: stop.signal, progress: (part) => view.progress(item, part) }).finally(() => uploads.delete(item.id));
  }

  function answered(item, answer) {
    tabs.postMessage(false);
    if (!ready) return;
    current = answer.case;
    view.showAnswer(item, answer.messages, { more: Boolean(queue.next()), card: cardOf(current) });
    view.setUndo(answer.undo);
    renderCase(current);
  }

  /** A choice that is gone, taken in another tab perhaps, cannot be repaired: what is on offer now is shown. */
  async function refused(item, error) {
    view.showRefused(item, error.message);
    if (error.code !== "choice_expired") return;
    queue.remove(item);
    notice(error.message);
    if (ready) await showStored().catch(() => {});
  }

  const cardOf = (data) => data && (askedCard(data, tools) ?? paperCard(data, tools));

  function showCase(data) {
    current = data;
    if (renderCase(data)) view.setCard(cardOf(data));
  }

  function renewed(greeting) {
    current = null;
    marker = undefined;
    if (!ready) return;
    view.showRenewed(greeting);
    renderCase(null);
    listen();
  }

  function troubled(on) {
    const why = navigator.onLine ? "正在重连" : "离线";
    find("status").textContent = on ? `${why}，已保存，有网就自动发出，不会丢失` : "";
  }

  function notice(text, again) {
    const retrying = again && button("link", "重试", () => { notice(""); again(); });
    find("notice").replaceChildren(...[text && el("span", text), retrying].filter(Boolean));
  }

  async function showStored() {
    const { messages, undo } = await patiently(() => api.history(), troubled);
    current = messages.some(({ author }) => author === "person") ? await api.currentCase().catch(() => null) : null;
    view.showHistory(messages, cardOf(current));
    renderCase(current);
    view.setUndo(undo);
    showQueue();
  }

  function showQueue() {
    for (const item of queue.all()) {
      view.addOwn(item);
      if (item.failed) view.showRefused(item, item.failed);
    }
  }

  function heard(state) {
    if (state && state.last === view.last() && state.case === marker) return;
    marker = state?.case;
    refresh();
  }

  function refresh() {
    missed = true;
    refreshing ??= catchUp().catch(() => {}).finally(() => { refreshing = null; });
  }

  async function catchUp() {
    while (missed && ready && !erasing && outbox.idle() && !queue.all().length) {
      missed = false;
      const { messages, undo } = await api.history(view.last());
      const data = marker !== null && (current || messages.some(({ author }) => author === "person")) ? await api.currentCase().catch(() => current) : null;
      if (!outbox.idle() || queue.all().length) missed = true;
      else if (view.join(messages, cardOf(data))) {
        showCase(data);
        view.setUndo(undo);
      } else await showStored();
    }
  }

  async function open() {
    try {
      if (session.token()) {
        // What an earlier visit could not send goes first; then the history holds it and its answer, once.
        await outbox.drain();
        await showStored();
      } else {
        view.showGreeting(await patiently(api.begin, troubled));
        showQueue();
      }
      ready = true;
      deliver();
      listen();
    } catch (error) {
      notice(error.message, open);
    }
  }

  async function eraseAll() {
    tabs.postMessage(erasing = true);
    try {
      await api.erase();
    } catch (error) {
      tabs.postMessage(erasing = false);
      throw error;
    }
    queue.clear();
    showCase(null);
    view.showGreeting(await patiently(api.begin, troubled));
    erasing = false;
    listen();
  }

  async function main() {
    if (options.page) followKeyboard(root.host);
    queue = await openQueue();
    outbox = createOutbox(queue, send, { sending: view.showSending, answered, refused, troubled });
    find("intro").hidden = Boolean(session.token());
    showQueue();
    early.forEach(add);
    document.addEventListener("visibilitychange", () => ready && listen());
    window.addEventListener("online", () => ready && listen());
    session.follow(() => {
      erasing = false;
      if (ready) showStored().then(listen, () => {});
    });
    tabs.onmessage = ({ data }) => {
      erasing = data;
      refresh();
    };
    createMenu(root, { ask: () => add({ text: "转人工" }), exported: api.exported, erase: eraseAll });
    await open();
  }

  main();
  return { focus };
}

/** Where the browser does not shrink the page for the keyboard (iOS), the page follows the visible part. */
function followKeyboard(host) {
  const visible = window.visualViewport;
  const fit = () => {
    if (visible.scale > 1.01) return;
    host.style.setProperty("--app-height", `${visible.height}px`);
    window.scrollTo(0, 0);
  };
  visible?.addEventListener("resize", fit);
  visible?.addEventListener("scroll", fit);
}
