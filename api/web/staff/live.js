/** Keeps the page true: when something changes, its parts are fetched again. */

import "./forms.js";
import { addressOf, load, parts, show, toEnds } from "./parts.js";

const EVENTS = "/staff/events";
// The service need not take this for somebody who works here.
const BY_ITSELF = { headers: { "Staff-Live": "1" } };
const REST_MS = 1000;
const RETRY_MS = 5000;
const WORRY_MS = 4000;

const title = document.title;
let source;
let isReplaced = false;
let next;
let again;
let worry;
let refreshedAt = -REST_MS;

/** Fetch every live part again; those of one address once. */
export async function refresh() {
  const addresses = new Set(parts().map(addressOf));
  await Promise.all([...addresses].map(async (address) => {
    const answer = await load(address, BY_ITSELF);
    if (answer?.isGood) show(answer.page, parts().filter((part) => addressOf(part) === address));
  }));
}

function changed({ data }) {
  waiting(JSON.parse(data).waiting);
  // Whoever does not look is told by the title; the page is made true when they come back.
  if (document.hidden || next) return;
  next = setTimeout(async () => {
    refreshedAt = performance.now();
    next = undefined;
    await refresh();
  }, Math.max(0, refreshedAt + REST_MS - performance.now()));
}

function waiting(count) {
  const badge = document.getElementById("waiting");
  if (!badge || count === undefined) return;
  badge.hidden = !count;
  badge.firstElementChild.textContent = count;
  document.title = count ? `(${count}) ${title}` : title;
}

function listen() {
  source?.close();
  clearTimeout(again);
  isReplaced = false;
  source = new EventSource(EVENTS);
  source.addEventListener("changed", changed);
  // Another window of ours listens instead: a browser has few connections to give.
  source.addEventListener("replaced", () => { source.close(); isReplaced = true; });
  source.addEventListener("open", () => offline(false));
  source.addEventListener("error", () => {
    offline(true);
    if (source.readyState === EventSource.CLOSED) again = setTimeout(() => { listen(); refresh(); }, RETRY_MS);
  });
}

/** Said only if it lasts: a service that starts anew is back at once. */
function offline(is) {
  clearTimeout(worry);
  const sign = document.getElementById("offline");
  if (is) worry = setTimeout(() => { sign.hidden = false; }, WORRY_MS);
  else sign.hidden = true;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  refresh();
  if (isReplaced) listen();
});

addEventListener("pagehide", () => source.close());
addEventListener("pageshow", ({ persisted }) => { if (persisted) { listen(); refresh(); } });

toEnds();
listen();
