// Filters stand open on wide screens in browsers that cannot do that by style alone.

export default function filterFold(details) {
  if (CSS.supports("selector(::details-content)")) return;
  details.open = matchMedia("(width >= 48rem)").matches;
}
