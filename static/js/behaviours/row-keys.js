// j and k walk the rows of a table by their first link, Enter (the browser's own) opens it.
import { isTyping } from "../keys.js";

export default function rowKeys(table) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !["j", "k"].includes(event.key)) return;
    const links = firstLinks(table);
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = links[event.key === "j" ? here + 1 : Math.max(0, here - 1)];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}

function firstLinks(table) {
  return [...table.tBodies[0].rows].map((row) => row.querySelector("a[href]")).filter(Boolean);
}
