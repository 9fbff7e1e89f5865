/** Turns what is on the page into what the service says now, touching only what differs. */

// What whoever looks has changed: it is theirs.
const THEIRS = { DETAILS: ["open"], DIALOG: ["open"], INPUT: ["value", "checked"] };

/** Elements keep their identity, and so focus, scroll, selection and what is typed; by `id` also when they move. */
export function morph(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeType !== Node.ELEMENT_NODE) {
    now.nodeValue = next.nodeValue;
    return;
  }
  attributes(now, next);
  children(now, next);
}

function attributes(now, next) {
  const theirs = now.type === "hidden" ? [] : THEIRS[now.tagName] ?? [];
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !theirs.includes(name)) now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (!theirs.includes(name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
}

function children(now, next) {
  const known = new Map([...now.children].filter(({ id }) => id).map((child) => [child.id, child]));
  let place = now.firstChild;
  for (const fresh of [...next.childNodes]) {
    const kept = known.get(fresh.id) ?? (alike(place, fresh) ? place : null);
    if (kept && kept === place) place = place.nextSibling;
    else now.insertBefore(kept ?? document.importNode(fresh, true), place);
    if (kept) morph(kept, fresh);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

const alike = (now, fresh) => now?.nodeName === fresh.nodeName && !now.id && !fresh.id;
