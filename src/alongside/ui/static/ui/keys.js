// The desk without a mouse: a control says its own key (data-key), rows are walked (data-row).
const dialog = document.getElementById("keys");
const list = document.querySelector("[data-keys-list]");
const opener = document.querySelector("[data-keys-open]");
const choice = document.querySelector("[data-keys-on]");
const OFF = "single-keys-off";
const on = () => localStorage.getItem(OFF) !== "1";
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
const seen = (element) => element.getClientRects().length > 0 && element.getAttribute("aria-disabled") !== "true" && !element.disabled;
const typing = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

function find(key) {
  const same = `[data-key="${CSS.escape(key)}"]`;
  const row = document.activeElement?.closest("[data-row]");
  const within = row && [...row.querySelectorAll(same)].find(seen);
  // Outside every row first; then the first row that can: the one at the top is the most pressing.
  const all = [...document.querySelectorAll(same)].filter(seen);
  return within ?? all.find((element) => !element.closest("[data-row]")) ?? all[0];
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement?.closest("[data-row]"));
  const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  to.focus();
  to.scrollIntoView({ block: "nearest" });
  return true;
}

const cell = (tag, ...content) => { const element = document.createElement(tag); element.append(...content); return element; };
const cap = (text) => cell("kbd", text);

function help() {
  const known = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const name = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? [...element.childNodes].filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join("");
    if (!known.has(element.dataset.key)) known.set(element.dataset.key, name.trim());
  }
  for (const fixed of document.querySelector("[data-keys-fixed]").content.children) {
    if (fixed.dataset.keyName !== "/" || document.querySelector("[data-search]")) known.set(fixed.dataset.keyName, fixed.textContent);
  }
  list.replaceChildren(...[...known].map(([key, name]) => cell("tr", cell("td", ...key.split(" ").flatMap((k, n) => (n ? [" ", cap(k)] : [cap(k)]))), cell("td", name))));
  dialog.showModal();
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog:modal")) return;
  if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
  const down = event.key === "ArrowDown" || event.key === "j", arrow = event.key.startsWith("Arrow");
  // Arrows scroll the page as ever, until somebody has stepped into the rows.
  if ((down || event.key === "ArrowUp" || event.key === "k") && (!arrow || event.target.closest("[data-row]"))) {
    if ((arrow || on()) && walk(down ? 1 : -1)) event.preventDefault();
    return;
  }
  if (event.key === "Enter" && event.target.matches("[data-row]")) { event.target.querySelector("[data-row-open], a[href]")?.click(); return; }
  if (!on() || event.repeat) return;
  if (event.key === "?") { event.preventDefault(); help(); return; }
  const target = event.key === "/" ? document.querySelector("[data-search]") : find(event.key);
  if (!target) return;
  event.preventDefault();
  if (typing(target)) { target.focus(); target.select?.(); } else target.click();
}

// When the row in focus leaves the list, the one that took its place gets the focus.
let place = -1;
document.addEventListener("htmx:before:swap", () => { place = rows().indexOf(document.activeElement?.closest("[data-row]")); });
document.addEventListener("htmx:after:swap", () => {
  if (place < 0 || (document.activeElement && document.activeElement !== document.body)) return;
  const all = rows();
  all[Math.min(place, all.length - 1)]?.focus({ preventScroll: true });
});

document.addEventListener("keydown", press);
if (dialog && opener) {
  opener.hidden = false;
  opener.addEventListener("click", help);
  choice.checked = on();
  choice.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "0" : "1"));
}
// A narrow ribbon opens at now, not at eight in the morning.
document.querySelectorAll(".ribbon").forEach((ribbon) => {
  const now = ribbon.querySelector("[data-now]");
  if (now) ribbon.scrollLeft += now.getBoundingClientRect().left - ribbon.getBoundingClientRect().left - ribbon.clientWidth * 0.45;
});
