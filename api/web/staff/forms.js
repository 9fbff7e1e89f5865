/** Forms with `data-send` are posted without leaving the page. Without this they are plain forms. */

import { load, problem, show, toEnds } from "./parts.js";

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-send]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const answer = await load(form.action, { method: "POST", body: contentOf(form, submitter) });
  form.ariaBusy = null;
  if (!answer) return say(problem("网络不通，没有发出去，请再试一次。"));
  if (answer.isGood && answer.isElsewhere) return location.assign(answer.href);
  say(answer.page);
  if (answer.isGood) done(form, answer.page);
});

/** As a plain form sends it, so that the service sees no difference. */
function contentOf(form, submitter) {
  const data = new FormData(form, submitter);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

function done(form, page) {
  form.closest(":popover-open")?.hidePopover();
  form.reset();
  show(page);
  if (form.matches(".composer")) toEnds();
}

function say(page) {
  const words = page.getElementById("said");
  // New elements, so that the same words are read out again.
  if (words) document.getElementById("said").replaceChildren(...words.childNodes);
}
