/** Pages as documents, and the parts of this page that they bring up to date: what has `data-live` and an id. */

import { morph } from "./morph.js";

const SIGN_IN = "/staff/sign-in";
const END_PX = 40;

export const parts = () => [...document.querySelectorAll("[data-live][id]")];
export const addressOf = ({ dataset }) => new URL(dataset.live || location.href, location.href).href;

/** An answer of the service; nothing if none came. Who is signed out goes to sign in. */
export async function load(address, options) {
  const response = await fetch(address, { cache: "no-store", ...options }).catch(() => null);
  if (!response) return null;
  const { pathname, href } = new URL(response.url);
  if (response.status === 401 || pathname === SIGN_IN) {
    location.assign(`${SIGN_IN}?next=${encodeURIComponent(location.pathname + location.search)}`);
    return null;
  }
  const text = await response.text();
  const isPage = response.headers.get("content-type")?.startsWith("text/html");
  const page = isPage ? new DOMParser().parseFromString(text, "text/html") : problem(wordsIn(text));
  return { page, isGood: response.ok, href, isElsewhere: response.redirected && pathname !== location.pathname };
}

function wordsIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}

/** A page that says only what went wrong. */
export function problem(words = "没有做成，请再试一次。") {
  const page = document.implementation.createHTMLDocument();
  const line = page.createElement("p");
  line.className = "notice bad";
  line.setAttribute("role", "alert");
  line.append(words);
  const said = page.createElement("div");
  said.id = "said";
  said.append(line);
  page.body.append(said);
  return page;
}

/** Put what a page has newer into the parts of this one. Focus stays, and so does who looks at the end of something. */
export function show(page, among = parts()) {
  const focused = document.activeElement;
  const ends = [...document.querySelectorAll("[data-end]")].filter(isAtEnd);
  for (const part of among) {
    const next = page.getElementById(part.id);
    if (next) morph(part, next);
  }
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  ends.forEach(toEnd);
}

export const toEnds = () => document.querySelectorAll("[data-end]").forEach(toEnd);

const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
const toEnd = (box) => { box.scrollTop = box.scrollHeight; };
