/** What outlives a reload: the session token and greeting, and every message that has not been answered yet. */

const SESSION_KEY = "tuikuan.session";
const OPEN_MS = 1500;

/**
 * The session, in localStorage where there is one and in memory where there is none.
 */
export function createSession() {
  let current = readSession();
  return {
    /** @returns {string | null} */
    token: () => current?.token ?? null,
    /** @returns {import("./api.js").Reply[]} */
    greeting: () => current?.greeting ?? [],
    /**
     * @param {string} token
     * @param {import("./api.js").Reply[]} greeting
     */
    begin(token, greeting) {
      current = { token, greeting };
      try {
        localStorage.setItem(SESSION_KEY, JSON.stringify(current));
      } catch {
        // Storage is off or full: the session lives as long as the page.
      }
    },
  };
}

function readSession() {
  try {
    const saved = JSON.parse(localStorage.getItem(SESSION_KEY));
    return typeof saved?.token === "string" ? saved : null;
  } catch {
    return null;
  }
}

/**
 * The queue of unanswered messages, in order. IndexedDB holds it because pictures belong to it.
 * @returns {Promise<ReturnType<typeof queueOver>>}
 */
export async function openQueue() {
  const db = await openDatabase().catch(() => null);
  const saved = db ? await request(items(db, "readonly").getAll()).catch(() => []) : [];
  return queueOver(db, saved.sort((a, b) => a.at - b.at));
}

function queueOver(db, list) {
  const write = (change) => {
    try {
      if (db) change(items(db, "readwrite"));
    } catch {
      // No room: the message is still in memory and on its way.
    }
  };
  return {
    /** @returns {import("./api.js").Item[]} */
    all: () => [...list],
    /** @returns {import("./api.js").Item | undefined} the next one to send */
    next: () => list.find((item) => !item.failed),
    /**
     * @param {{text?: string, payload?: string, title?: string, file?: File}} content
     * @returns {import("./api.js").Item}
     */
    add(content) {
      const at = Math.max(Date.now(), (list[list.length - 1]?.at ?? 0) + 1);
      const item = { id: uuid(), at, ...content };
      list.push(item);
      write((table) => table.put(item));
      return item;
    },
    /** Marks an item as refused, or with no reason as to be tried again. */
    fail(item, reason) {
      item.failed = reason;
      write((table) => table.put(item));
    },
    remove(item) {
      list.splice(list.indexOf(item), 1);
      write((table) => table.delete(item.id));
    },
  };
}

function items(db, mode) {
  return db.transaction("queue", mode).objectStore("queue");
}

async function openDatabase() {
  const opening = indexedDB.open("tuikuan", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("queue", { keyPath: "id" });
  const late = new Promise((_, reject) => setTimeout(reject, OPEN_MS, new Error("storage does not answer")));
  return Promise.race([request(opening), late]);
}

function request(pending) {
  return new Promise((resolve, reject) => {
    pending.onsuccess = () => resolve(pending.result);
    pending.onerror = () => reject(pending.error);
  });
}

/** crypto.randomUUID exists only on https and localhost. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
