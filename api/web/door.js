/** The door: takes the ticket out of the address and, when the person says so, goes on in the conversation it opens. */

const SESSION = "tuikuan.session"; // where the chat keeps its token
const QUEUE = "tuikuan"; // and its unsent messages
const ticket = location.pathname.split("/").pop();
const find = (id) => document.getElementById(id);

/** Asked by a browser that was in a conversation that is gone: opened, and not yet entered. */
let opened = null;

function tokenHere() {
  try {
    return JSON.parse(localStorage.getItem(SESSION))?.token ?? null;
  } catch {
    return null;
  }
}

/** The status of the answer, 0 if none came, and what it holds. */
async function request(token) {
  const headers = { "Content-Type": "application/json", "Accept-Language": "zh-Hans", ...(token && { Authorization: `Bearer ${token}` }) };
  try {
    const body = JSON.stringify({ ticket });
    const response = await fetch("/api/chat/sessions/door", { method: "POST", headers, body, credentials: "omit", cache: "no-store" });
    return { status: response.status, ...(response.status === 204 ? {} : await response.json()) };
  } catch {
    return { status: 0, error: { message: "网络不通，请检查网络后再试。" } };
  }
}

function show(section, message = "") {
  for (const id of ["ask", "choose"]) find(id).hidden = id !== section;
  find("status").textContent = message;
}

const home = () => location.replace("/");

/** What was left to be sent in the other conversation is not meant for this one. */
function emptyQueue() {
  return new Promise((resolve) => {
    const deleting = indexedDB.deleteDatabase(QUEUE);
    deleting.onsuccess = deleting.onerror = deleting.onblocked = resolve;
  });
}

async function enter(token) {
  try {
    if (tokenHere()) await emptyQueue();
    localStorage.setItem(SESSION, JSON.stringify({ token }));
  } catch {
    return show("ask", "这个浏览器不让网页保存内容，换一个浏览器再打开。");
  }
  home();
}

/** Leave what is here, if anything is, and open the door. */
async function open({ currentTarget: pressed }) {
  pressed.disabled = true;
  const answer = opened ?? await request(null);
  pressed.disabled = false;
  if (answer.status === 201) await enter(answer.token);
  else show(answer.status === 401 ? null : pressed.closest("section").id, answer.error.message);
}

async function look() {
  const token = tokenHere();
  if (!token) return show("ask");
  const answer = await request(token);
  if (answer.status === 204) return home();
  if (answer.status === 201) opened = answer;
  if (answer.error?.code === "other_conversation") return show("choose");
  show(answer.status === 401 ? null : "ask", answer.error?.message);
}

find("open").addEventListener("click", open);
find("leave").addEventListener("click", open);
find("stay").addEventListener("click", home);
look();
