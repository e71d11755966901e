// On a narrow screen with many days the chosen one is scrolled into sight.

export default function dayBar(bar) {
  const list = bar.querySelector("ul");
  const current = list.querySelector("[aria-current]");
  if (current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.clientWidth) / 2;
}
