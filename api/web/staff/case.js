/** The conversation page: replies kept ready go into the box without loading the page again. */

const GAP = /【[^【】\n]{1,20}？】/;

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-reply]");
  const box = document.getElementById("reply");
  if (!chosen || !box) return;
  event.preventDefault();
  chosen.closest("[popover]")?.hidePopover();
  box.value = box.value.trim() ? `${box.value.trimEnd()}\n${chosen.dataset.reply}` : chosen.dataset.reply;
  box.focus();
  select(box);
});

/** Select the first gap, so that typing fills it. */
function select(box) {
  const gap = GAP.exec(box.value);
  if (gap) box.setSelectionRange(gap.index, gap.index + gap[0].length);
  else box.setSelectionRange(box.value.length, box.value.length);
}
