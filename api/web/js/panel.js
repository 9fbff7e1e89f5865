/** The case beside the conversation: its facts, evidence, steps and documents. On a phone it opens as a sheet. */

import { byId, copyButton, el, icon, saveButton } from "./dom.js";
import * as labels from "./labels.js";

/**
 * @param {(kind: string) => Promise<string>} readDocument
 * @param {(path: string) => Promise<Blob>} fetchFile a file of the case, by its path below the case's
 */
export function createPanel(readDocument, fetchFile) {
  const root = byId("case");
  const bar = byId("case-bar");
  const sheet = byId("sheet");
  const opened = new Set();
  let shown;

  function render(data) {
    const next = JSON.stringify(data);
    if (next === shown) return;
    shown = next;
    renderBar(bar, data);
    root.replaceChildren(...(data ? sections(data) : [placeholder()]));
    if (!data && sheet.open) sheet.close();
  }

  function sections(data) {
    return [heading(data), nextStep(data), facts(data), evidence(data), steps(data, fetchFile), options(data), documents(data, { readDocument, fetchFile, opened })].filter(Boolean);
  }

  wireSheet(sheet, bar, root);
  render(null);
  return { /** @param {any} data the case, or null */ render };
}

/** One panel, two places: beside the chat on a wide screen, in a sheet on a phone. */
function wireSheet(sheet, bar, root) {
  const wide = matchMedia("(min-width: 900px)");
  const settle = () => {
    if (wide.matches && sheet.open) sheet.close();
    byId(wide.matches ? "side" : "sheet-body").append(root);
  };
  bar.addEventListener("click", () => {
    sheet.showModal();
    bar.setAttribute("aria-expanded", "true");
  });
  sheet.addEventListener("close", () => bar.setAttribute("aria-expanded", "false"));
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  byId("sheet-close").addEventListener("click", () => sheet.close());
  wide.addEventListener("change", settle);
  settle();
}

/** What carries the case is what is required; the rest only strengthens it. */
function progress({ evidence = [] }) {
  const required = evidence.filter(({ level }) => level === "required");
  const counted = required.length ? required : evidence;
  return { done: counted.filter(({ status }) => status === "provided").length, all: counted.length };
}

function meter({ done, all }) {
  return el("progress", { max: all, value: done, "aria-hidden": "true" });
}

function kindName(data) {
  return labels.chineseOnly(data.dispute_name) ?? labels.TRACK[data.track] ?? "了解情况中";
}

function renderBar(bar, data) {
  bar.hidden = !data;
  if (!data) return bar.replaceChildren();
  const count = progress(data);
  const proof = count.all > 0 && el("span", { class: "case-bar-proof" }, meter(count), el("span", { text: `证据 ${count.done}/${count.all}` }));
  bar.replaceChildren(
    el("span", { class: "case-bar-title" }, el("b", { text: kindName(data) }), " ", el("span", { class: "number", text: `案子 ${data.number}` })),
    ...(proof ? [proof] : []),
    icon("down"),
    el("span", { class: "hidden", text: "，查看案子" }),
  );
}

function placeholder() {
  return el("div", { class: "case-empty" },
    el("h2", { text: "还没有案子" }),
    el("p", { text: "把经过告诉助手后，案子资料、证据清单、每一步的期限和写好的材料都会整理在这里。" }));
}

function heading(data) {
  const stage = labels.STAGE[data.stage] ?? labels.chineseOnly(data.stage);
  const track = data.dispute_kind && labels.TRACK[data.track];
  return el("header", { class: "case-head" },
    el("p", { class: "number", text: `案子 ${data.number}` }),
    el("h2", { text: kindName(data) }),
    el("p", { class: "tags" }, ...[stage, labels.OUTCOME[data.outcome], track].filter(Boolean).map((text) => el("span", { class: "tag", text }))));
}

function nextStep({ next, why }) {
  if (!next?.text) return null;
  const reason = next.kind === "step" && why;
  return el("section", { class: "next" }, el("h3", { text: "下一步" }), el("p", { text: next.text }), reason && el("p", { class: "row-note", text: reason }));
}

function section(title, aside, ...children) {
  return el("section", {}, el("h3", {}, title, aside && el("span", { class: "aside", text: aside })), ...children);
}

function facts(data) {
  const rows = [
    ["情形", labels.chineseOnly(data.subkind)],
    ["平台", data.platform],
    ["商家", data.merchant],
    ["商品", data.product],
    ["金额", data.amount && `¥${data.amount}`],
    ["实际到账", data.delivered_amount && `¥${data.delivered_amount}`],
    ["已退", data.recovered_amount && `¥${data.recovered_amount}`],
    ["付款日期", data.paid_at && labels.chineseDate(data.paid_at)],
    ["付款渠道", data.pay_channel_name ?? labels.chineseOnly(data.pay_channel)],
    ["收款方类型", labels.PAY_METHOD[data.pay_method] ?? labels.chineseOnly(data.pay_method)],
    ["订单号", data.order_no],
    ["用途", labels.PURPOSE[data.purpose]],
    ["对方名称", data.operator],
    ["对方地址", data.operator_address],
    ["申请退款", data.refund_requested_at && labels.chineseDate(data.refund_requested_at)],
    ["诉求", labels.chineseOnly(data.claim)],
  ].filter(([, value]) => value);
  const list = el("dl", { class: "facts" });
  for (const [term, value] of rows) list.append(el("div", {}, el("dt", { text: term }), el("dd", { text: value })));
  return rows.length > 0 && section("案子资料", null, list);
}

function evidence(data) {
  const items = data.evidence ?? [];
  if (!items.length) return null;
  const count = progress(data);
  return section("证据清单", `${count.done}/${count.all}`, meter(count), el("ul", { class: "rows" }, ...items.map(evidenceRow)));
}

function evidenceRow(item) {
  const status = labels.EVIDENCE_STATUS[item.status] ?? labels.EVIDENCE_STATUS.open;
  const level = item.level === "strengthens" ? "补强" : "必需";
  const [digest] = item.status === "provided" ? [item.sha256 ?? []].flat() : [];
  return el("li", { class: `row ${item.status}` },
    icon(status.icon),
    el("div", { class: "row-body" },
      el("span", { class: "row-name", text: item.name }),
      el("span", { class: "row-note" }, level, digest && el("span", { class: "digest", title: `SHA-256 ${digest}`, text: `校验码 ${digest.slice(0, 8)}` }))),
    el("span", { class: "row-state", text: status.word }));
}

function steps(data, fetchFile) {
  const items = data.steps ?? [];
  if (!items.length) return null;
  const dated = items.some((step) => step.due_at && !step.outcome);
  const calendar = dated && saveButton("把日子加到日历", `${data.number}.ics`, () => fetchFile(".ics"));
  return section("办理进度", null, el("ol", { class: "rows" }, ...items.map(stepRow)), calendar);
}

/** What else may be done, and what keeps the rest from it. */
function options({ alternatives = [] }) {
  const free = alternatives.filter((option) => !option.closed && !option.lacks.length);
  if (!free.length) return null;
  return section("也可以做", null, el("ul", { class: "rows" }, ...free.map(({ name }) => el("li", { class: "row" }, icon("circle"), el("span", { class: "row-name", text: name })))));
}

function stepRow(step) {
  const status = stepStatus(step);
  const lost = ["refused", "no_reply"].includes(step.outcome);
  return el("li", { class: `row step ${lost ? "lost" : status.icon}` },
    icon(status.icon),
    el("div", { class: "row-body" }, el("span", { class: "row-name", text: step.name }), dueLine(step), reference(step)),
    el("span", { class: "row-state", text: step.outcome_name ?? status.word }));
}

function stepStatus(step) {
  if (labels.STEP_STATUS[step.status]) return labels.STEP_STATUS[step.status];
  if (step.outcome) return labels.STEP_STATUS.done;
  return step.due_at ? labels.STEP_STATUS.waiting : labels.STEP_STATUS.open;
}

function reference(step) {
  return step.reference_no && el("span", { class: "row-note", text: `编号 ${step.reference_no}` });
}

function dueLine(step) {
  if (!step.due_at || step.outcome) return null;
  const type = labels.DUE_TYPE[step.due_type];
  return el("span", { class: "row-note" },
    el("time", { datetime: step.due_at, text: `期限 ${labels.chineseDue(step.due_at)}` }),
    type && el("span", { class: "tag", text: type }),
    step.provisional && el("span", { class: "tag warn", text: "暂定" }));
}

function documents(data, files) {
  const items = data.documents ?? [];
  return items.length > 0 && section("写好的材料", null, el("ul", { class: "rows" }, ...items.map((item) => documentRow(item, data.number, files))));
}

function documentRow(item, number, { readDocument, fetchFile, opened }) {
  const body = el("div", { class: "document", tabindex: "0", role: "region", "aria-label": item.name, hidden: true });
  const toggle = el("button", { class: "chip-button", type: "button", text: "查看", "aria-expanded": "false" });

  async function show(open) {
    opened[open ? "add" : "delete"](item.kind);
    body.hidden = !open;
    toggle.textContent = open ? "收起" : "查看";
    toggle.setAttribute("aria-expanded", String(open));
    if (!open) return;
    body.textContent = "正在打开";
    body.textContent = await readDocument(item.kind).catch((error) => error.message);
  }

  toggle.addEventListener("click", () => show(body.hidden));
  if (opened.has(item.kind)) show(true);
  const as = (title, form) => saveButton(title, `${item.name}-${number}.${form}`, () => fetchFile(`/documents/${item.kind}.${form}`));
  return el("li", { class: "row document-row" },
    el("div", { class: "row-body" },
      el("span", { class: "row-name", text: item.name }),
      el("span", { class: "row-note", text: `第 ${item.version} 版${item.confirmed ? "，已核对" : ""}${item.stale ? "，有改动，下载的是新的一版" : ""}` })),
    el("span", { class: "row-tools" }, toggle, copyButton(() => readDocument(item.kind), item.name), as("Word", "docx"), as("PDF", "pdf")),
    body);
}
