/** `<tuikuan-chat>`: the assistant in a shadow tree, as a whole page or behind a button in a corner. */

import { button, closeButton, el, icon } from "./dom.js";

const PHONE = "(max-width: 600px), (max-height: 480px)";
let base, folder, sheet;

export function define(origin, script) {
  base ??= origin;
  folder ??= script;
  if (!customElements.get("tuikuan-chat")) customElements.define("tuikuan-chat", TuikuanChat);
}

async function styles() {
  const response = await fetch(`${base}/static/${folder}chat.css`);
  return new CSSStyleSheet().replace(await response.text());
}

class TuikuanChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    const given = (name) => this.getAttribute(name);
    this.options = { base, locale: folder ? "zh-Hant" : "zh-Hans", page: given("mode") === "page", title: given("title") || "退款助手", greeting: given("greeting") };
    this.removeAttribute("title");
    const root = this.attachShadow({ mode: "open" });
    this.addEventListener("keydown", (event) => event.stopPropagation());
    root.adoptedStyleSheets = [await (sheet ??= styles())];
    if (given("color")) this.style.setProperty("--brand", given("color"));
    if (this.options.page) return this.#start(root);
    this.#launcher = button("launcher", [icon("chat"), el("span", this.options.title)], () => (this.#panel?.open ? this.close() : this.open()), { "aria-haspopup": "dialog", "aria-expanded": "false" });
    root.append(this.#launcher);
    if (this.hasAttribute("open")) this.open();
  }

  #launcher;
  #panel;
  #app;

  async #start(within, props) {
    const { createApp } = await import("./app.js");
    return createApp(this.shadowRoot, within, this.options, props);
  }

  async open() {
    if (!this.#panel) {
      this.#panel = el("dialog.panel", { "aria-label": this.options.title, close: () => this.#closed(), keydown: (event) => this.#key(event) });
      this.shadowRoot.append(this.#panel);
      this.#app = this.#start(this.#panel, closeButton("关闭对话"));
    }
    if (this.#panel.open) return;
    // On a phone it covers the page, and what is behind it is out of reach.
    if (matchMedia(PHONE).matches) this.#panel.showModal();
    else this.#panel.show();
    this.#launcher.setAttribute("aria-expanded", "true");
    (await this.#app).focus();
  }

  close() {
    this.#panel?.close();
  }

  #key(event) {
    if (event.key === "Escape" && !event.isComposing && event.target.closest("dialog") === this.#panel) this.close();
  }

  #closed() {
    this.#launcher.setAttribute("aria-expanded", "false");
    this.#launcher.focus();
  }
}
