// De beoordelingspagina: filteren, zoeken, van blok naar blok gaan, een link kopiëren. Elke zin staat in het sjabloon.
"use strict";

const find = (selector) => document.querySelector(selector);
const bar = find(".balk"), search = find("#zoek"), ministry = find("#ministerie"), changed = find("#gewijzigd");
const count = find("#telling"), reported = find("#gemeld"), shortcuts = find("#toetsen");
const blocks = [...document.querySelectorAll(".blok")];
const sections = [...document.querySelectorAll("#brief section")].reverse(); // inner ones first
const flags = [...bar.querySelectorAll("input[name]")];

// As people type it: without case or accents.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new Map();
const textOf = (block) => {
  if (!texts.has(block)) texts.set(block, plain(block.textContent));
  return texts.get(block);
};

function wanted(block, words) {
  const data = block.dataset;
  return (!ministry.value || data.ministerie === ministry.value)
    && (!changed.value || changed.value in data)
    && flags.every((flag) => !flag.checked || flag.name in data)
    && words.every((word) => textOf(block).includes(word));
}

function filter() {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  const narrowed = words.length > 0 || ministry.value || changed.value || flags.some((flag) => flag.checked);
  let shown = 0;
  for (const block of blocks) {
    block.hidden = !wanted(block, words);
    shown += !block.hidden;
  }
  // What has no block, such as a table, is shown only while nothing is filtered.
  for (const section of sections) section.hidden = narrowed && !section.querySelector(".blok:not([hidden])");
  find("#niets").hidden = shown > 0;
  const text = narrowed ? count.dataset.deel : count.dataset.alles;
  const numbers = narrowed ? [shown, blocks.length] : [blocks.length];
  count.textContent = text.replace(/\{\}/g, () => numbers.shift());
  mark(words);
}

// Marks at most a thousand places: more help nobody.
function mark(words) {
  if (!window.Highlight) return;
  const ranges = [];
  for (const block of words.length ? blocks : []) {
    if (block.hidden) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && ranges.length < 1000; node = walker.nextNode()) {
      const text = node.data.toLowerCase();
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, Math.min(at + word.length, node.length));
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set("zoek", new Highlight(...ranges));
}

function showAll() {
  const kept = shortcuts.checked;
  bar.reset();
  shortcuts.checked = kept;
  filter();
}

// Twice: blocks that come into view get the height that they have, which moves what is below.
function reveal(target) {
  target.scrollIntoView();
  requestAnimationFrame(() => target.scrollIntoView());
}

// The block of the address, also where a filter hides it.
function follow() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]")) showAll();
  const block = target.closest(".blok");
  if (block === target) block.focus({ preventScroll: true });
  reveal(target);
}

function go(step) {
  const shown = blocks.filter((block) => !block.hidden);
  const here = document.activeElement.closest(".blok");
  const top = bar.getBoundingClientRect().bottom;
  // Where no block has the focus, the one that is read now counts as the one before the next.
  const next = here ? shown.indexOf(here) + step : shown.findIndex((block) => block.getBoundingClientRect().bottom > top + 1);
  const block = shown[Math.max(0, Math.min(next, shown.length - 1))];
  if (!block) return;
  block.focus({ preventScroll: true });
  reveal(block);
}

async function copy(block) {
  const link = new URL(`#${block.id}`, location.href);
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link.href);
    reported.textContent = reported.dataset.gelukt;
  } catch {
    reported.textContent = reported.dataset.mislukt;
  }
  setTimeout(() => { reported.textContent = ""; }, 4000);
}

const measure = () => document.documentElement.style.setProperty(
  "--balk", getComputedStyle(bar).position === "sticky" ? `${bar.offsetHeight}px` : "0px");

let pause;
search.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(filter, 120); });
bar.addEventListener("change", (event) => { if (event.target !== search) filter(); });
bar.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
find("#wis").addEventListener("click", showAll);
find("main").addEventListener("click", (event) => {
  const button = event.target.closest(".kopieer");
  if (button) copy(button.closest(".blok"));
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches("input:not([type=checkbox]), select");
  if (event.key === "Escape" && (typing || shortcuts.checked)) {
    showAll();
    if (typing) event.target.blur();
  } else if (typing || !shortcuts.checked) {
    return;
  } else if (event.key === "j") {
    go(1);
  } else if (event.key === "k") {
    go(-1);
  } else if (event.key === "/") {
    event.preventDefault();
    search.focus();
    search.select();
  }
});
window.addEventListener("hashchange", follow);
new ResizeObserver(measure).observe(bar);
// On paper everything that can be unfolded is.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

bar.hidden = false;
for (const button of document.querySelectorAll(".kopieer")) button.hidden = false;
filter();
measure();
follow();
