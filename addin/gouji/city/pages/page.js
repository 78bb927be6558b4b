// Without it the page is read just as well: it only opens what a link leads to, and filters.
"use strict";
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", openTarget);
for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
for (const button of document.querySelectorAll("button[data-open]"))
  button.addEventListener("click", () => {
    for (const d of document.querySelectorAll("details.source")) d.open = button.dataset.open === "1";
  });
for (const input of document.querySelectorAll("input[data-filter]"))
  input.addEventListener("input", () => {
    for (const row of document.querySelectorAll("#" + input.dataset.filter + " tbody tr"))
      row.hidden = !row.textContent.includes(input.value.trim());
  });
openTarget();
