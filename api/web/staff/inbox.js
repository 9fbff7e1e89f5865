/** Who comes back to the list goes on where they left it: the row they opened has the focus again. */

const OPENED = "staff.inbox.opened";

document.getElementById("inbox").addEventListener("click", ({ target }) => {
  const row = target.closest("[data-row]");
  if (row) sessionStorage.setItem(OPENED, row.getAttribute("href"));
});

// `pageshow` also when the browser has kept the whole page.
addEventListener("pageshow", () => {
  const opened = sessionStorage.getItem(OPENED);
  sessionStorage.removeItem(OPENED);
  if (opened) document.querySelector(`[data-row][href="${CSS.escape(opened)}"]`)?.focus();
});
