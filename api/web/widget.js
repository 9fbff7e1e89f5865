/** The one script a site needs: it puts the assistant on the page. Its data- attributes are the options. */
(() => {
  const { src, dataset } = document.currentScript;
  const { origin } = new URL(src);

  async function start() {
    const own = document.querySelector("tuikuan-chat");
    const folder = (own?.getAttribute("locale") ?? dataset.locale) === "zh-Hant" ? "hant/" : "";
    const { define } = await import(`${origin}/static/${folder}js/element.js`);
    define(origin, folder);
    if (own) return;
    const chat = document.createElement("tuikuan-chat");
    for (const name in dataset) chat.setAttribute(name, dataset[name]);
    document.body.append(chat);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
