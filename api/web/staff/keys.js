/** The keyboard: what has `data-key` is pressed by it, `j` and `k` go from row to row. Types of pages: macros.html. */

const OFF = "staff.keys.off";
const SECOND_MS = 1500;
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

let first = "";
let timer;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") return leave(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isOff() || event.target.closest(TYPED)) return;
  const act = actionOf(event.key);
  if (!act) return;
  event.preventDefault();
  act();
});

function send(event) {
  const form = event.target.closest("textarea")?.form;
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

/** What a key does here: also as the second one of two, such as `g i`. */
function actionOf(key) {
  const keys = first ? `${first} ${key}` : key;
  expect("");
  if (keys === "j") return () => step(1);
  if (keys === "k") return () => step(-1);
  const target = visible(`[data-key="${CSS.escape(keys)}"]`);
  if (target) return () => press(target);
  return visible(`[data-key^="${CSS.escape(keys)} "]`) && (() => expect(keys));
}

function expect(key) {
  first = key;
  clearTimeout(timer);
  if (key) timer = setTimeout(expect, SECOND_MS, "");
}

/** The one that can be seen: inside what is open on top, if anything is. */
function visible(selector) {
  const open = [...document.querySelectorAll(":popover-open, dialog[open]")].at(-1);
  return [...(open ?? document).querySelectorAll(selector)].find((node) => node.checkVisibility() && !node.disabled);
}

function press(target) {
  if (target.matches(TYPED)) target.focus();
  else target.click();
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const at = rows.indexOf(document.activeElement.closest("[data-row]"));
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function leave({ target }) {
  const menu = document.querySelector("details[data-closes][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (target.matches(TYPED) && !target.closest(":popover-open")) {
    target.blur();
  }
}

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) if (!menu.contains(target)) menu.open = false;
});

// Whoever speaks to the computer, or whose hands shake, can do without (WCAG 2.1.4).
function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

const choice = document.getElementById("keys-on");
if (choice) {
  choice.checked = !isOff();
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}
