// j and k, or the arrows once one is in the table, walk its rows by their first link; Enter (the browser's own) opens, x ticks.
import { isTyping } from "../keys.js";

export default function rowKeys(table) {
  document.addEventListener("keydown", (event) => {
    const row = document.activeElement.closest?.("tr");
    const isInside = Boolean(row) && table.contains(row);
    if (isTyping(event)) return;
    if (event.key === "x" && isInside) row.querySelector("input.tick")?.click();
    const step = { j: 1, k: -1, ...(isInside ? { ArrowDown: 1, ArrowUp: -1 } : {}) }[event.key];
    if (!step) return;
    const links = firstLinks(table);
    const here = isInside ? links.findIndex((link) => link.closest("tr") === row) : -1;
    const next = links[Math.max(0, here + step)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}

function firstLinks(table) {
  return [...table.tBodies[0].rows].map((row) => row.querySelector("a[href]")).filter(Boolean);
}
