/** The service: routes, changes, the session, the queue of what waits to be sent. Types: types.js. */

const ANSWER_MS = 45_000;
const UPLOAD_MS = 300_000;

/** What went wrong, in Chinese. `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(status, { code, message = "服务暂时出错，请稍后再试。" } = {}) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get passing() {
    return this.status === 0 || this.status === 408 || this.status >= 500;
  }
}

const offline = () => new ApiError(0, { message: "网络不通，请检查网络后再试。" });

export function createApi({ base, locale }, session, onRenewed) {
  let renewing = null;

  const headersFor = (token) => ({ "Accept-Language": locale, ...(token && { Authorization: `Bearer ${token}` }) });

  async function call(method, path, { token, json, as = "json", stop = new AbortController(), timeout = ANSWER_MS } = {}) {
    const headers = { ...headersFor(token), ...(json && { "Content-Type": "application/json" }) };
    const timer = timeout && setTimeout(() => stop.abort(), timeout);
    try {
      const body = JSON.stringify(json);
      const response = await fetch(base + path, { method, headers, body, signal: stop.signal, credentials: "omit", cache: "no-store" });
      if (!response.ok) throw new ApiError(response.status, (await response.json().catch(() => null))?.error);
      return as ? await response[as]() : response;
    } catch (error) {
      // Also an answer that is not ours, such as the sign-in page of a public network.
      throw error instanceof ApiError ? error : offline();
    } finally {
      clearTimeout(timer);
    }
  }

  async function begin() {
    const { token, messages } = await call("POST", "/api/chat/sessions");
    session.begin(token);
    return messages;
  }

  async function renew(stale) {
    if (session.token() === stale) await (renewing ??= begin().then(onRenewed).finally(() => { renewing = null; }));
  }

  async function own(request) {
    if (!session.token()) await renew(session.token());
    const token = session.token();
    try {
      return await request(token);
    } catch (error) {
      if (error.status !== 401) throw error;
      await renew(token);
      return request(session.token());
    }
  }

  const ask = (method, path, rest) => own((token) => call(method, `/api/chat${path}`, { ...rest, token }));

  /** fetch cannot say how far an upload is. */
  function upload({ id, file }, token, { progress, signal }) {
    return new Promise((resolve, reject) => {
      const form = new FormData();
      form.append("client_msg_id", id);
      form.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", `${base}/api/chat/attachments`);
      for (const [name, value] of Object.entries(headersFor(token))) request.setRequestHeader(name, value);
      request.responseType = "json";
      request.timeout = UPLOAD_MS;
      request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
      request.onload = () => {
        const { status, response } = request;
        if (status < 400 && response) resolve(response);
        else reject(status < 400 ? offline() : new ApiError(status, response?.error));
      };
      request.onerror = request.ontimeout = request.onabort = () => reject(offline());
      signal.addEventListener("abort", () => request.abort());
      request.send(form);
    });
  }

  const api = {
    begin,
    history: (after = 0) => ask("GET", `/messages?after=${after}`),
    currentCase: () => ask("GET", "/case"),
    file: (path, as = "blob") => ask("GET", `/case${path}`, { as }),
    send: ({ id, file, text, payload, undo, fact }, watch) => (file
      ? own((token) => upload({ id, file }, token, watch))
      : ask("POST", "/messages", { json: { text, payload, undo, fact, client_msg_id: id } })),
    async copy(file, variant) {
      try {
        return await call("GET", file.links[variant], { as: "blob" });
      } catch (error) {
        if (error.status !== 404) throw error;
        const { messages } = await api.history();
        Object.assign(file, messages.flatMap(({ attachments }) => attachments).find(({ id }) => id === file.id));
        return call("GET", file.links[variant], { as: "blob" });
      }
    },
    redaction: (id) => ask("GET", `/attachments/${id}/redaction`),
    redact: (id, boxes) => ask("PUT", `/attachments/${id}/redaction`, { json: { boxes } }),
    exported: () => ask("GET", "/me", { as: "blob", timeout: UPLOAD_MS }),
    erase: () => ask("DELETE", "/me", { json: { confirm: "ERASE" }, as: "" }),
    events: (stop) => ask("GET", "/events", { as: "", stop, timeout: 0 }),
  };
  return api;
}

const POLL_MS = 10_000;
const SILENCE_MS = 40_000;

export function createLive(open, changed) {
  let current;

  async function listen(stop) {
    const reader = (await open(stop)).body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const silence = setTimeout(() => reader.cancel(), SILENCE_MS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) if (event.includes("changed")) changed(JSON.parse(event.slice(event.indexOf("{"))));
    }
  }

  async function run(stop) {
    while (!stop.signal.aborted) {
      await listen(stop).catch(() => {});
      if (!stop.signal.aborted) changed();
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return function start() {
    current?.abort();
    if (!document.hidden) run(current = new AbortController());
  };
}

const KEY = "tuikuan.session";
const OPEN_MS = 1500;

export function createSession() {
  let current = read();
  return {
    token: () => current?.token ?? null,
    begin(token) {
      current = { token };
      try {
        localStorage.setItem(KEY, JSON.stringify(current));
      } catch {
      }
    },
    follow(changed) {
      window.addEventListener("storage", ({ key, newValue }) => {
        const token = current?.token;
        if (key !== KEY || !newValue) return;
        current = read() ?? current;
        if (current?.token !== token) changed();
      });
    },
  };
}

function read() {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY));
    return typeof saved?.token === "string" ? saved : null;
  } catch {
    return null;
  }
}

/** The unanswered messages, in order. IndexedDB holds them because files are among them. */
export async function openQueue() {
  const db = await openDatabase().catch(() => null);
  const saved = db ? await settled(items(db, "readonly").getAll()).catch(() => []) : [];
  return queueOver(db, saved.sort((a, b) => a.at - b.at));
}

function queueOver(db, list) {
  const write = (change) => {
    try {
      if (db) change(items(db, "readwrite"));
    } catch {
    }
  };
  return {
    all: () => [...list],
    next: () => list.find((item) => !item.failed),
    has: (item) => list.includes(item),
    add(content) {
      const at = Math.max(Date.now(), (list[list.length - 1]?.at ?? 0) + 1);
      const item = { id: uuid(), at, ...content };
      list.push(item);
      write((table) => table.put(item));
      return item;
    },
    fail(item, reason) {
      item.failed = reason;
      write((table) => table.put(item));
    },
    remove(item) {
      if (list.includes(item)) list.splice(list.indexOf(item), 1);
      write((table) => table.delete(item.id));
    },
    clear() {
      list.length = 0;
      write((table) => table.clear());
    },
  };
}

function items(db, mode) {
  return db.transaction("queue", mode).objectStore("queue");
}

async function openDatabase() {
  const opening = indexedDB.open("tuikuan", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("queue", { keyPath: "id" });
  const late = new Promise((_, reject) => setTimeout(reject, OPEN_MS));
  return Promise.race([settled(opening), late]);
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function uuid() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const SERVER_TRIES = 8;

export async function patiently(request, onTrouble, wanted = () => true) {
  for (let tries = 0, broken = 0; ; tries += 1) {
    try {
      const answer = await request();
      onTrouble(false);
      return answer;
    } catch (error) {
      if (error.status >= 500) broken += 1;
      const hopeless = !error.passing || broken >= SERVER_TRIES || !wanted();
      onTrouble(!hopeless);
      if (hopeless) throw error;
      await pause(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]);
    }
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms * (.8 + Math.random() * .4));
    window.addEventListener("online", done);
  });
}

export function createOutbox(queue, send, on) {
  let draining = null;

  async function deliver(item) {
    on.sending(item);
    const wanted = () => queue.has(item);
    try {
      const answer = await patiently(() => send(item), on.troubled, wanted);
      if (!wanted()) return;
      queue.remove(item);
      on.answered(item, answer);
    } catch (error) {
      if (!wanted()) return;
      queue.fail(item, error.message);
      await on.refused(item, error);
    }
  }

  async function drainAll() {
    for (let item = queue.next(); item; item = queue.next()) await deliver(item);
  }

  return {
    drain: () => (draining ??= drainAll().finally(() => { draining = null; })),
    idle: () => !draining && !queue.next(),
  };
}
