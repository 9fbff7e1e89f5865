/** One file, large: looked at, covered where others need not see, taken along. */

import { button, closeButton, el, openDialog, saveButton, workButton } from "./dom.js";

const BOX_KIND = { phone: "电话号码", id_card: "身份证号", bank_card: "银行卡号", card_key: "卡密", manual: "自己画的" };

export async function openViewer(root, api, file) {
  const stage = el("div.stage");
  const body = el("div.viewer-body", { tabindex: "0", role: "group", "aria-label": "图片" }, el("p.note", { role: "status" }, "正在打开…"));
  const tools = el("div.viewer-tools");
  openDialog(root, "viewer", file.name, el("div.sheet-top", el("h2.file-name", file.name), closeButton("关闭")), body, tools);
  tools.append(el("div.row-tools", saveButton("下载原件", file.name, () => api.copy(file, "original"))));
  if (!file.links.preview) return void body.firstChild.replaceWith(el("p.note", "这个文件在这里打不开，可以下载来看。"));
  try {
    stage.append(await drawn(api, file));
    body.replaceChildren(stage);
    if (file.media_type.startsWith("image/")) await offerCovering(stage, tools, api, file);
  } catch (error) {
    body.replaceChildren(el("p.note", error.message));
  }
}

async function drawn(api, file) {
  const bitmap = await createImageBitmap(await api.copy(file, "preview"));
  const canvas = el("canvas", { role: "img", "aria-label": `图片 ${file.name}` });
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}

/** The original stays as it is; a copy is covered, and that one is handed on. */
async function offerCovering(stage, tools, api, file) {
  const found = await api.redaction(file.id).catch(() => null);
  if (!found) return;
  const fresh = !file.links.redacted;
  const hint = el("p.note", { role: "status" });
  const boxes = createBoxes(stage, fresh ? found.suggested : found.boxes, (count) => {
    take.hidden = true;
    hint.textContent = count ? `盖住 ${count} 处。点一下黑块就去掉。` : "在图上拖一下，或点两个角，盖住不想给人看的地方。";
  });
  const keep = workButton("保存打码版", async () => {
    Object.assign(file, await api.redact(file.id, boxes.all()));
    take.hidden = false;
    return "已保存";
  });
  keep.firstChild.classList.add("primary");
  const take = saveButton("下载打码版", `打码-${file.name.replace(/\.\w+$/, "")}.jpg`, () => api.copy(file, "redacted"));
  const suggested = found.suggested.length ? button("chip-button", "用找到的", () => boxes.reset(found.suggested)) : "";
  tools.prepend(hint, boxes.list);
  tools.lastChild.prepend(keep, take, button("chip-button", "加一块", boxes.add), suggested);
  boxes.start();
  take.hidden = fresh;
}

const SMALLEST = .012;
const STEP = .01;
const clamp = (value, top = 1) => Math.min(top, Math.max(0, value));

function createBoxes(stage, given, changed) {
  const list = el("ul.boxes");
  const ghost = el("span.box.ghost", { hidden: true });
  let boxes = [];
  let corner = null;

  const at = ({ clientX, clientY }) => {
    const area = stage.getBoundingClientRect();
    return { x: clamp((clientX - area.left) / area.width), y: clamp((clientY - area.top) / area.height) };
  };
  const between = (a, b) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });

  function lay(node, { x, y, width, height }) {
    const sides = { left: x, top: y, width, height };
    for (const side in sides) node.style[side] = `${sides[side] * 100}%`;
  }

  function render() {
    const names = boxes.map(({ kind }, i) => `第 ${i + 1} 块，${BOX_KIND[kind] ?? BOX_KIND.manual}`);
    const remove = (i) => () => { boxes.splice(i, 1); render(); };
    const nodes = boxes.map((box, i) => {
      const node = button("box", "", remove(i), { "aria-label": `${names[i]}；方向键移动，按住 Shift 改大小，回车去掉`, keydown: (event) => move(event, box, node) });
      lay(node, box);
      return node;
    });
    stage.querySelectorAll(".box").forEach((node) => node.remove());
    stage.append(...nodes, ghost);
    list.replaceChildren(...names.map((name, i) => el("li", name, button("link", "去掉", remove(i), { "aria-label": `去掉${name}` }))));
    changed(boxes.length);
  }

  function move(event, box, node) {
    const [x, y] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [];
    if (x === undefined) return;
    event.preventDefault();
    if (event.shiftKey) {
      box.width = Math.max(SMALLEST, clamp(box.width + x, 1 - box.x));
      box.height = Math.max(SMALLEST, clamp(box.height + y, 1 - box.y));
    } else {
      box.x = clamp(box.x + x, 1 - box.width);
      box.y = clamp(box.y + y, 1 - box.height);
    }
    lay(node, box);
    changed(boxes.length);
  }

  function add(area) {
    boxes.push({ page: 1, kind: "manual", ...area });
    render();
  }

  function end(event) {
    if (ghost.hidden || !corner) return;
    const area = between(corner, at(event));
    const drawn = area.width > SMALLEST && area.height > SMALLEST;
    if (drawn) {
      corner = null;
      ghost.hidden = true;
      add(area);
    } else lay(ghost, { ...corner, width: SMALLEST, height: SMALLEST });
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.target.matches(".box") || event.button) return;
    corner ??= at(event);
    ghost.hidden = false;
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (corner && stage.hasPointerCapture(event.pointerId)) lay(ghost, between(corner, at(event)));
  });
  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", () => { corner = null; ghost.hidden = true; });

  return {
    list,
    start: () => { stage.classList.add("covering"); boxes = given.map((box) => ({ ...box })); render(); },
    reset: (others) => { boxes = others.map((box) => ({ ...box })); render(); },
    add: () => { add({ x: .3, y: .45, width: .4, height: .06 }); stage.querySelectorAll(".box:not(.ghost)")[boxes.length - 1].focus(); },
    all: () => boxes,
  };
}
