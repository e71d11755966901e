// Counts down how long a place is kept, to the minute, and speaks up only near the end.

export default function holdClock(hold) {
  const expires = Date.parse(hold.dataset.expires);
  const left = hold.querySelector(".hold-left");
  let timer = 0;

  function show() {
    const seconds = Math.floor((expires - Date.now()) / 1000);
    const text = wording(hold.dataset, seconds);
    if (left.textContent !== text) left.textContent = text;
    hold.toggleAttribute("data-urgent", seconds < 180);
    if (seconds <= 0) clearInterval(timer);
  }

  left.setAttribute("aria-live", "off");
  show();
  timer = setInterval(show, 5000);
}

function wording(words, seconds) {
  if (seconds > 7200) return "";
  if (seconds <= 0) return words.over;
  return seconds < 60 ? words.last : words.left.replace("{minutes}", Math.ceil(seconds / 60));
}
