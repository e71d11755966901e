// Sessions are dragged, or moved with the arrows, to another time and room: each drop posts the form that the session's own page has,
// and the answer takes the place of what is shown. Whatever the answer is (a day, a refusal, somebody who was faster), it is read.
import { attachAll } from "../site.js";
import { isTyping } from "../keys.js";

const STEP = 5;
const DAY = 24 * 60;
const LAST_START = 28 * 60 - STEP; // what begins at four in the morning or later is of the next day

export default function timetable(area) {
  const grid = area.querySelector(".timetable");
  area.querySelector(".timetable-keys").hidden = false;
  dragging(area, grid);
  area.addEventListener("keydown", (event) => {
    const slot = event.target.closest?.(".slot");
    if (slot && !isTyping(event)) press(area, grid, slot, event);
  });
  area.addEventListener("focusout", (event) => restore(event.target.closest(".slot")));
}

function press(area, grid, slot, event) {
  const [later, aside] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
  if (later || aside) {
    event.preventDefault();
    nudge(area, grid, slot, later * (event.shiftKey ? 60 : STEP), aside);
  } else if (event.key === "Enter" && slot.dataset.moving) {
    event.preventDefault();
    send(area, slot, slot.target);
  } else if (event.key === "Escape" && slot.dataset.moving) {
    event.preventDefault();
    restore(slot);
  } else if (event.key === "p" && slot.dataset.clock) {
    event.preventDefault();
    pool(area, slot);
  }
}

// One step further; a session of the pool begins at the first hour that is shown.
function nudge(area, grid, slot, minutes, aside) {
  const rooms = roomsOf(grid);
  const first = Number(grid.dataset.first) * 60;
  const last = (Number(grid.dataset.first) + Number(grid.dataset.hours)) * 60 - STEP;
  const target = slot.target ?? { start: slot.dataset.h ? startOf(slot) : first, room: slot.dataset.room };
  const at = rooms.findIndex((room) => room.dataset.id === target.room);
  const room = aside ? rooms[Math.min(Math.max(at + aside, 0), rooms.length - 1)]?.dataset.id ?? "" : target.room;
  slot.target = { start: Math.min(Math.max(target.start + minutes, first), last, LAST_START), room };
  show(area, grid, slot);
}

function show(area, grid, slot) {
  if (!slot.dataset.moving) {
    slot.before = { h: slot.dataset.h, m: slot.dataset.m, column: slot.dataset.column, across: slot.dataset.across };
    area.querySelector(".timetable-says").textContent = area.dataset.moving;
  }
  const { start, room } = slot.target;
  const header = roomsOf(grid).find((each) => each.dataset.id === room);
  slot.dataset.moving = "true";
  if (slot.dataset.h) {
    Object.assign(slot.dataset, { h: Math.floor(start / 60), m: Math.floor((start % 60) / STEP) * STEP });
    if (header) {
      delete slot.dataset.across;
      slot.dataset.column = header.dataset.column;
    }
  }
  const words = area.dataset.place.replace("{clock}", clock(start)).replace("{room}", header?.textContent ?? area.dataset.all);
  slot.querySelector(".slot-time").dataset.was ??= slot.querySelector(".slot-time").textContent;
  slot.querySelector(".slot-time").textContent = words;
  area.querySelector(".timetable-says").textContent = words;
}

function restore(slot) {
  if (!slot?.dataset.moving) return;
  for (const [name, value] of Object.entries(slot.before)) {
    if (value === undefined) delete slot.dataset[name];
    else slot.dataset[name] = value;
  }
  const time = slot.querySelector(".slot-time");
  time.textContent = time.dataset.was;
  delete slot.dataset.moving;
  delete slot.target;
}

function dragging(area, grid) {
  let dragged = null;
  let grip = 0;
  const poolArea = area.querySelector(".timetable-pool");
  area.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".slot");
    if (!dragged) return;
    grip = dragged.dataset.h ? event.clientY - dragged.getBoundingClientRect().top : 0;
    event.dataTransfer.clearData(); // a link would be dragged as an address
    event.dataTransfer.setData("text/plain", dragged.querySelector(".slot-title").textContent);
    event.dataTransfer.effectAllowed = "move";
  });
  grid.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    const target = under(grid, event.clientX, event.clientY - grip, dragged);
    if (!target || (dragged.target?.start === target.start && dragged.target?.room === target.room)) return;
    dragged.target = target;
    show(area, grid, dragged);
  });
  grid.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged?.target) send(area, dragged, dragged.target);
    dragged = null;
  });
  poolArea.addEventListener("dragover", (event) => {
    if (!dragged?.dataset.clock) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  poolArea.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged?.dataset.clock) pool(area, dragged);
    dragged = null;
  });
  area.addEventListener("dragend", () => {
    if (dragged) restore(dragged);
    dragged = null;
  });
}

// The time and room under the pointer; a session across all rooms stays so.
function under(grid, x, y, slot) {
  const hours = [...grid.querySelectorAll(".timetable-hour")].map((each) => each.getBoundingClientRect());
  const room = roomsOf(grid).find((each) => {
    const box = each.getBoundingClientRect();
    return box.left <= x && x < box.right;
  });
  if (!hours.length || (!room && !("across" in slot.dataset))) return null;
  const steps = Math.round(((y - hours[0].top) / hours[0].height) * (60 / STEP));
  const length = hours.length * (60 / STEP);
  const start = Number(grid.dataset.first) * 60 + Math.min(Math.max(steps, 0), length - 1) * STEP;
  const isAcross = slot.before ? slot.before.across !== undefined : "across" in slot.dataset;
  return { start: Math.min(start, LAST_START), room: isAcross ? "" : room.dataset.id };
}

function send(area, slot, { start, room }) {
  const { number, version, minutes } = slot.dataset;
  post(area, `${area.dataset.base}/${number}`, { day: area.dataset.day, clock: clock(start), minutes, room, version }, number);
}

function pool(area, slot) {
  post(area, `${area.dataset.base}/${slot.dataset.number}/pool`, { version: slot.dataset.version }, slot.dataset.number);
}

async function post(area, address, fields, number) {
  if (area.getAttribute("aria-busy")) return;
  area.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (!main) throw new Error(`answer ${answer.status}`);
    take(main, answer, number);
  } catch {
    location.reload(); // what stands is what the server says
  }
}

// The answer in place of the page, at the same place of it.
function take(main, answer, number) {
  const [left, top] = [document.querySelector(".timetable-scroll")?.scrollLeft ?? 0, scrollY];
  const now = document.adoptNode(main);
  document.querySelector("main").replaceWith(now);
  if (answer.redirected) history.replaceState(null, "", answer.url);
  attachAll(now);
  const slot = now.querySelector(`.slot[data-number="${number}"] .slot-link`);
  if (!slot) {
    scrollTo(0, 0);
    (now.querySelector("[role=alert]") ?? now).scrollIntoView();
    now.focus();
    return;
  }
  slot.focus({ preventScroll: true });
  scrollTo(0, top);
  now.querySelector(".timetable-scroll").scrollLeft = left;
}

function roomsOf(grid) {
  return [...grid.querySelectorAll(".timetable-room")];
}

function startOf(slot) {
  return Number(slot.dataset.h) * 60 + Number(slot.dataset.m);
}

function clock(minutes) {
  const of = minutes % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}
