/** The place to write: a text that grows, pictures picked, pasted or dropped. */

import { byId } from "./dom.js";

const MAX_BYTES = 20 * 1024 * 1024;
const TYPES = ["image/jpeg", "image/png", "image/webp"];

/**
 * @param {{text: (text: string) => void, file: (file: File) => void, complain: (message: string) => void}} on
 */
export function createComposer(on) {
  const form = byId("composer");
  const area = byId("text");
  const picker = byId("files");
  const send = byId("send");

  function fit() {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
    send.disabled = !area.value.trim();
  }

  function submit() {
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    fit();
    on.text(text);
  }

  function take(files) {
    const problems = files.map((file) => problemOf(file) ?? void on.file(file)).filter(Boolean);
    on.complain(problems.join("\n"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    area.focus();
  });
  area.addEventListener("input", fit);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
    event.preventDefault();
    submit();
  });
  area.addEventListener("paste", (event) => {
    const files = imagesIn(event.clipboardData);
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  byId("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    take([...picker.files]);
    picker.value = "";
  });
  acceptDrops(take);
  fit();

  return {
    /** Puts a text back to be changed. @param {string} text */
    edit(text) {
      area.value = area.value ? `${text}\n${area.value}` : text;
      fit();
      area.focus();
    },
    focus: () => area.focus(),
  };
}

/** While an input method is open, Enter belongs to it; Safari says so only by the key code. */
function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function imagesIn(data) {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

function problemOf(file) {
  if (!TYPES.includes(file.type)) return `「${file.name}」不是可用的图片，请发 JPG、PNG 或 WebP。`;
  if (file.size > MAX_BYTES) return `「${file.name}」超过 20 MB，请压缩或截取需要的部分再发。`;
  if (file.size === 0) return `「${file.name}」是空文件，请重新选择。`;
  return null;
}

/** Without this, a picture dropped beside the composer would replace the page. */
function acceptDrops(take) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  window.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}
