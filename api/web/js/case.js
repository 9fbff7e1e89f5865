/** The case: beside the conversation, in a sheet where there is no room, and as the card of what is due now. */

import { filePicture } from "./view.js";
import { button, copyButton, dueDay, el, icon, isoDay, onEscape, saveButton, sketch } from "./dom.js";

/** Each status of evidence and of steps, as a word and an icon. */
const STATUS = {
  open: ["待准备", "circle"],
  asked: ["请发来", "now"],
  provided: ["已收到", "check"],
  unavailable: ["没有", "minus"],
  later: ["稍后补", "clock"],
  not_accepted: ["需重发", "alert"],
  proposed: ["待办", "now"],
  submitted: ["等待答复", "clock"],
  finished: ["已完成", "check"],
};

const WORDS = {
  intake: "了解情况",
  evidence: "收集证据",
  step: "办理中",
  waiting: "等待答复",
  closed: "已结案",
  refunded: "已退款",
  replaced: "补发解决",
  cancelled: "已停下",
  statutory: "法定",
  judicial: "司法解释",
  rule: "规章",
  platform_contract: "平台规则",
  practice: "惯例",
};

const WIDE_PX = 900;

export function createPanel(root, tools) {
  const find = (id) => root.getElementById(id);
  const panel = find("case");
  const bar = find("case-bar");
  const sheet = find("sheet");
  let shown;
  let waiting = null;
  let editing = false;
  const within = { ...tools, editing: (on) => { editing = on; if (!on && waiting) render(...waiting); } };

  /** While a fact is being edited, nothing is taken from under the hand. */
  function render(data) {
    waiting = editing ? [data] : null;
    const next = JSON.stringify(data, (key, value) => (key === "links" ? undefined : value));
    if (editing || next === shown) return false;
    shown = next;
    renderBar(data);
    const at = root.activeElement?.closest("#case") && root.activeElement.getAttribute("aria-label");
    panel.replaceChildren(...(data ? sections(data) : [placeholder()]).filter(Boolean));
    if (at) panel.querySelector(`[aria-label="${CSS.escape(at)}"]`)?.focus();
    if (!data) sheet.close();
    return true;
  }

  const sections = (data) => [heading, nextStep, facts, checklist, steps, options, papers, exhibits].map((part) => part(data, within));

  function renderBar(data) {
    bar.disabled = !data;
    if (!data) return bar.replaceChildren("还没有案子");
    const count = progress(data);
    bar.replaceChildren(
      el("span.case-bar-title", el("b", data.dispute_name), " ", el("span.number", `案子 ${data.number}`)),
      count.all ? el("span.case-bar-proof", meter(count), `证据 ${count.done}/${count.all}`) : "",
      icon("down"), el("span.hidden", "，查看案子"));
  }

  wireSheet(find, bar, sheet, panel);
  render(null);
  return render;
}

function wireSheet(find, bar, sheet, panel) {
  const said = (open) => bar.setAttribute("aria-expanded", String(open));
  new ResizeObserver(([{ contentRect }]) => {
    const wide = contentRect.width >= WIDE_PX;
    if (wide) sheet.close();
    const place = find(wide ? "side" : "sheet-body");
    if (panel.parentNode !== place) place.append(panel);
  }).observe(find("app"));
  find("sheet-body").append(panel);
  bar.addEventListener("click", () => {
    sheet.showModal();
    said(true);
  });
  sheet.addEventListener("close", () => said(false));
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
}

function placeholder() {
  return el("div", el("h2", "还没有案子"),
    el("p", "把经过告诉助手后，案子资料、证据清单、每一步的期限和写好的材料都会整理在这里。"));
}

function heading({ number, dispute_name: name, stage, outcome }) {
  return el("div.case-head", el("p.number", `案子 ${number}`), el("h2", name),
    el("p.tags", [stage, outcome].map((code) => code && el("span.tag", WORDS[code]))));
}

function nextStep({ next, why }) {
  return next.text && el("section.next", el("h3", "下一步"), el("p", next.text),
    next.kind === "step" && why && el("p.row-note", why));
}

const FIELDS = { money: { inputmode: "decimal" }, count: { inputmode: "numeric" }, date: { type: "date" }, text: { maxlength: 200 } };

function facts(data, tools) {
  const rows = data.facts.map((fact) => factRow(fact, tools));
  if (data.claim) rows.push(plain("诉求", data.claim));
  return section("案子资料", el("dl.facts", rows));
}

function plain(name, value, ...more) {
  return el("div", el("dt", name), el("dd", el(value ? "span" : "span.note", value || "还不知道"), more));
}

function factRow(fact, tools) {
  const open = () => {
    const form = editor(fact, tools, close);
    row.lastChild.replaceChildren(form);
    tools.editing(true);
    form.elements[0].focus();
  };
  const close = () => {
    const again = factRow(fact, tools);
    row.replaceWith(again);
    again.querySelector("button").focus();
    tools.editing(false);
  };
  const change = fact.editable && button("link", fact.shown ? "改" : "填写", open, { "aria-label": `${fact.shown ? "修改" : "填写"}${fact.name}` });
  const row = plain(fact.name, fact.shown, change);
  return row;
}

function editor(fact, tools, close) {
  const field = fieldOf(fact);
  const problem = el("p.problem", { role: "alert" });
  const save = el("button.chip-button", "保存");
  const form = el("form.edit", { novalidate: true }, field, save, button("chip-button", "取消", close), problem);
  onEscape(form, close);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    save.disabled = true;
    try {
      await tools.edit(fact.id, field.value.trim());
      close();
    } catch (error) {
      problem.textContent = error.message;
      save.disabled = false;
      field.focus();
    }
  });
  return form;
}

function fieldOf({ kind, name, value, choices }) {
  const named = { "aria-label": name };
  if (kind === "choice") {
    const first = !value && el("option", { value: "" }, "请选择");
    return el("select", named, first, choices.map((choice) => el("option", { value: choice.value, selected: choice.value === value }, choice.title)));
  }
  const limits = kind === "date" && { max: isoDay(new Date()) };
  return el("input", { ...named, ...FIELDS[kind], ...limits, value, autocomplete: "off" });
}

/** What carries the case is what is required. */
function progress({ evidence }) {
  const required = evidence.filter(({ level }) => level === "required");
  const counted = required.length ? required : evidence;
  return { done: counted.filter(({ status }) => status === "provided").length, all: counted.length };
}

function meter({ done, all }) {
  return el("progress", { max: all, value: done, "aria-hidden": "true" });
}

function checklist(data, tools) {
  const count = progress(data);
  return section(["证据清单", el("span.aside", `${count.done}/${count.all}`)], meter(count), el("ul", data.evidence.map((item) => row(item, tools))));
}

function row(item, tools) {
  const [word, sign] = STATUS[item.status];
  const digest = item.status === "provided" && item.files[item.files.length - 1]?.sha256;
  const note = [item.level === "required" ? "必需" : "补强", digest && el("span", { title: `SHA-256 ${digest}` }, `校验码 ${digest.slice(0, 8)}`)];
  return el(`li.row.${item.status}`, icon(sign),
    el("div.row-body", el("span", item.name), el("span.row-note", note)),
    el("span.row-state", word),
    item.files.length > 0 && el("div.files", item.files.map((file) => filePicture(file, tools))),
    item.status !== "provided" && help(item, tools.opened));
}

/** What can be opened, and is again when the case is drawn anew. */
function fold(title, key, opened, content, show) {
  const box = el("details", { open: opened.has(key), toggle: () => {
    opened[box.open ? "add" : "delete"](key);
    if (box.open) show?.();
  } }, el("summary", title), content);
  return box;
}

function help({ id, why, how, must_show: shows }, opened) {
  const about = (title, key, ...content) => fold(title, `${key} ${id}`, opened, content);
  const list = shows.length > 0 && el("div.shows", sketch(shows.length),
    el("div", el("p", "图里要能看到："), el("ol", shows.map((text) => el("li", text)))));
  return el("div.help",
    why && about("为什么要这个", "why", el("p", why)),
    how && about("怎么截图", "how", el("p", how), list));
}

export function askedCard(data, tools) {
  const item = data.next.kind === "evidence" && data.evidence.find(({ id }) => id === data.next.id);
  if (!item) return null;
  const count = progress(data);
  return el("section.card", { "aria-label": `要准备：${item.name}` },
    el("h2", item.name, el("span.aside", `证据 ${count.done}/${count.all}`)), meter(count), help(item, tools.opened),
    button("chip-button", [icon("clip"), "选图片或文件"], tools.pick));
}

function section(title, ...children) {
  return el("section", el("h3", title), children);
}

/** Nothing, if there is nothing to list. */
function listing(title, items, row, ...after) {
  return items.length > 0 && section(title, el("ul", items.map(row)), after);
}

function steps(data, { api }) {
  return listing("办理进度", data.steps, stepRow, calendar(data, api));
}

function calendar(data, api) {
  return data.steps.some((step) => step.due_at && !step.outcome) && saveButton("把日子加到日历", `${data.number}.ics`, () => api.file(".ics"));
}

function stepRow(step) {
  const [word, sign] = STATUS[step.status];
  const lost = ["refused", "no_reply"].includes(step.outcome);
  return el(`li.row.step.${lost ? "lost" : sign}`, icon(sign),
    el("div.row-body", el("span", step.name), due(step), step.reference_no && el("span.row-note", `编号 ${step.reference_no}`)),
    el("span.row-state", step.outcome_name ?? word));
}

function due(step) {
  if (!step.due_at || step.outcome) return null;
  const type = WORDS[step.due_type];
  return el("span.row-note", el("time", { datetime: step.due_at }, `期限 ${dueDay(step.due_at)}`),
    type && el("span.tag", type), step.provisional && el("span.tag.warn", "暂定"));
}

function options({ alternatives }) {
  return listing("也可以做", alternatives.filter(({ closed, lacks }) => !closed && !lacks.length), ({ name }) => el("li.row", icon("circle"), el("span", name)));
}

function papers(data, tools) {
  return listing("写好的材料", data.documents, (item) => paper("li", item, data, tools));
}

function exhibits(data, { api }) {
  if (!data.evidence.some(({ files }) => files.length)) return null;
  const save = (title, query) => saveButton(title, `${title}-${data.number}.pdf`, () => api.file(`/exhibits.pdf${query}`));
  return section("证据册", el("p.row-note", "封面、清单和每张图，合成一个 PDF。发给别人请用打码的。"),
    el("div.row-tools", save("打码证据册", "?redacted=true"), save("原图证据册", "")));
}

function paper(tag, item, data, { api, opened }) {
  const read = () => api.file(`/documents/${item.kind}.txt`, "text");
  const body = el("div.document", { tabindex: "0", role: "region", "aria-label": item.name });
  const show = async () => { body.textContent = await read().catch((error) => error.message); };
  const as = (title, form) => saveButton(title, `${item.name}-${data.number}.${form}`, () => api.file(`/documents/${item.kind}.${form}`));
  const state = `第 ${item.version} 版${item.confirmed ? "，已核对" : ""}${item.stale ? "，有改动，下载的是新的一版" : ""}`;
  return el(`${tag}.row.paper`, el("div.row-body", el("span", item.name), el("span.row-note", state)),
    el("div.row-tools", copyButton(read, item.name), as("Word", "docx"), as("PDF", "pdf")), fold("查看", `paper ${item.kind}`, opened, body, show));
}

export function paperCard(data, tools) {
  const item = data.documents[data.documents.length - 1];
  const running = data.steps.filter((step) => step.due_at && !step.outcome).pop();
  if (!["step", "outcome"].includes(data.next.kind) || !(item || running)) return null;
  return el("section.card", { "aria-label": "材料和期限" }, item && paper("div", item, data, tools),
    running && el("ul", stepRow(running)), calendar(data, tools.api));
}
