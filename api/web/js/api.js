/** The HTTP client: one function per route, one kind of error. Knows nothing of the page. */

const ANSWER_MS = 45_000;
const UPLOAD_MS = 180_000;
const BROKEN = "服务暂时出错，请稍后再试。";

/** What went wrong, in Chinese. `status` 0 means that no answer came. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status >= 500;
  }
}

/**
 * @typedef {{title: string, payload: string}} Choice
 * @typedef {{text: string, buttons?: Choice[]}} Reply
 * @typedef {{messages: Reply[], case: object | null}} Answer
 * @typedef {{id: number, author: "person" | "bot" | "staff", text: string, buttons?: Choice[],
 *   attachments?: {id: string, name: string, size: number}[], sent_at: string}} Message
 * @typedef {{id: string, at: number, text?: string, payload?: string, title?: string, file?: File, failed?: string}} Item
 */

/**
 * @param {{token: () => string | null, begin: (token: string, greeting: Reply[]) => void}} session
 * @param {(greeting: Reply[]) => void} onRenewed called when an expired session was replaced
 */
export function createApi(session, onRenewed) {
  let renewing = null;

  /** @returns {Promise<Reply[]>} the greeting */
  async function begin() {
    const answer = await call("POST", "/api/chat/sessions");
    session.begin(answer.token, answer.messages ?? []);
    return answer.messages ?? [];
  }

  /** Several requests may meet the same expiry: one new session serves them all. */
  function renew(staleToken) {
    if (session.token() !== staleToken) return Promise.resolve();
    renewing ??= begin().then(onRenewed).finally(() => { renewing = null; });
    return renewing;
  }

  async function withSession(request) {
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

  return {
    begin,

    /** @returns {Promise<Message[]>} oldest first */
    async history() {
      const answer = await withSession((token) => call("GET", "/api/chat/messages", { token }));
      return answer.messages ?? [];
    },

    /** @returns {Promise<object | null>} */
    async currentCase() {
      try {
        return await withSession((token) => call("GET", "/api/chat/case", { token }));
      } catch (error) {
        if (error.status === 404) return null;
        throw error;
      }
    },

    /**
     * @param {string} kind
     * @returns {Promise<string>}
     */
    document(kind) {
      const path = `/api/chat/case/documents/${encodeURIComponent(kind)}.txt`;
      return withSession((token) => call("GET", path, { token, as: "text" }));
    },

    /**
     * @param {string} path below /api/chat/case
     * @returns {Promise<Blob>}
     */
    file(path) {
      return withSession((token) => call("GET", `/api/chat/case${path}`, { token, as: "blob" }));
    },

    /**
     * Sends one queued message. Its id makes repeating harmless.
     * @param {Item} item
     * @returns {Promise<Answer>}
     */
    send(item) {
      return withSession((token) => (item.file ? upload(item, token) : say(item, token)));
    },
  };
}

function say({ id, text, payload }, token) {
  const body = payload === undefined ? { text } : { payload };
  return call("POST", "/api/chat/messages", { token, json: { ...body, client_msg_id: id } });
}

function upload({ id, file }, token) {
  const form = new FormData();
  form.append("client_msg_id", id);
  form.append("file", file, file.name);
  return call("POST", "/api/chat/attachments", { token, form, timeout: UPLOAD_MS });
}

async function call(method, path, { token, json, form, timeout = ANSWER_MS, as = "json" } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json) headers["Content-Type"] = "application/json";
  const body = json ? JSON.stringify(json) : form;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  try {
    const response = await fetch(path, { method, headers, body, signal: stop.signal, credentials: "omit", cache: "no-store" });
    if (!response.ok) throw await failure(response);
    return await response[as]();
  } catch (error) {
    // Also an answer that is not ours, such as the sign-in page of a public network.
    throw error instanceof ApiError ? error : new ApiError(0, "network", "网络不通，请检查网络后再试。");
  } finally {
    clearTimeout(timer);
  }
}

async function failure(response) {
  const body = await response.json().catch(() => null);
  const { code = "unknown", message = BROKEN } = body?.error ?? {};
  return new ApiError(response.status, code, message);
}
