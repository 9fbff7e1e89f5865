/** Small helpers for building the page without innerHTML or inline styles. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Creates an element. `text` and `class` are properties, functions are event listeners, the rest are attributes.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.filter((child) => child));
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "text") node.textContent = value;
  else if (name === "class") node.className = value;
  else if (typeof value === "function") node.addEventListener(name, value);
  else node.setAttribute(name, value === true ? "" : value);
}

/**
 * An icon of the sprite in index.html; decoration only, its meaning always stands beside it in words.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Finds an element that index.html is known to hold.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A button that copies a text, and says in its own words whether it did.
 * @param {() => string | Promise<string>} read
 * @param {string} [what] what is copied, for people who do not see the button's surroundings
 * @returns {HTMLElement}
 */
export function copyButton(read, what) {
  const label = el("span", { text: "复制" });
  const button = el("button", { class: "chip-button", type: "button" }, icon("copy"), label, what && el("span", { class: "hidden", text: what }));
  const live = el("span", { class: "hidden", role: "status" });
  const say = (text) => {
    label.textContent = text;
    live.textContent = text;
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = String(setTimeout(() => { label.textContent = "复制"; live.textContent = ""; }, 2500));
  };
  button.addEventListener("click", () => copy(read()).then(() => say("已复制"), () => say("复制失败")));
  return el("span", { class: "copy" }, button, live);
}

/**
 * A button that fetches a file and saves it under a name.
 * @param {string} title
 * @param {string} name
 * @param {() => Promise<Blob>} fetchFile
 * @returns {HTMLElement}
 */
export function saveButton(title, name, fetchFile) {
  const label = el("span", { text: title });
  const button = el("button", { class: "chip-button", type: "button", "aria-label": `下载 ${name}` }, label);
  button.addEventListener("click", async () => {
    try {
      save(await fetchFile(), name);
    } catch (error) {
      label.textContent = "没下载成";
      button.title = error.message;
      setTimeout(() => { label.textContent = title; }, 2500);
    }
  });
  return button;
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function copy(text) {
  if (typeof text !== "string" && navigator.clipboard?.write && window.ClipboardItem) {
    // Safari only allows a write that begins inside the tap, so the promise itself is handed over.
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    const written = await tryWrite(() => navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]));
    if (written) return;
  }
  const value = await text;
  const written = navigator.clipboard && (await tryWrite(() => navigator.clipboard.writeText(value)));
  if (!written && !copyOldWay(value)) throw new Error("clipboard refused");
}

async function tryWrite(write) {
  try {
    await write();
    return true;
  } catch {
    return false;
  }
}

/** The clipboard API needs https; a plain http address in a local network gets this. */
function copyOldWay(value) {
  const area = el("textarea", { class: "hidden", readonly: true });
  const host = document.querySelector("dialog[open]") ?? document.body;
  const before = document.activeElement;
  area.value = value;
  host.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
