// The tablet at the door forgets: 30 s without a touch and it is as new for the next person.
const home = document.body.dataset.home;
const box = document.querySelector("[data-idle]");
const left = document.querySelector("[data-idle-left]");
const REST = Number(document.body.dataset.rest ?? 30), WARN = 10;
const atHome = () => location.pathname === new URL(home, location).pathname;
const USED = "kiosk-used";
const touched = () => [...document.querySelectorAll("input:not([type=hidden]), textarea")].some((f) => f.value !== f.defaultValue || f.checked !== f.defaultChecked);
const EMPTY = "kiosk-empty";
const main = document.querySelector("main");
let until = 0, back = null;

// Nobody may be left before a browser's own error page, which has no way back: ask first.
async function answers() {
  try { return (await fetch(`${home}?on`, { cache: "no-store", signal: AbortSignal.timeout(4000) })).ok; } catch { return false; }
}

function banner(away) {
  const said = document.querySelector("[data-offline]");
  if (said) said.hidden = !away;
}

async function go(address) {
  if (await answers()) { banner(false); location.replace(address); return; }
  banner(true);
  // No page to be had: at least what the last person wrote and read goes, now.
  if (address === home) empty();
}

function empty() {
  const kept = sessionStorage.getItem(EMPTY);
  sessionStorage.removeItem(USED);
  if (!kept) return;
  main.innerHTML = kept;
  history.replaceState(null, "", home);
  document.dispatchEvent(new CustomEvent("kiosk:empty"));
  reset();
}

function reset() {
  if (box?.open) box.close();
  until = Date.now() + REST * 1000;
  back?.focus?.();
  back = null;
}

function leave() {
  // The choices of the last person (print, language) go with them: data-home forgets them.
  if (atHome() && !touched() && !sessionStorage.getItem(USED)) { reset(); return; }
  sessionStorage.removeItem(USED);
  until = Date.now() + REST * 1000;
  go(home);
}

function tick() {
  const seconds = Math.ceil((until - Date.now()) / 1000);
  if (seconds <= 0) { leave(); return; }
  const idle = !atHome() || touched();
  if (seconds > WARN || !idle || !box) return;
  if (!box.open) { back = document.activeElement; box.showModal(); }
  left.textContent = seconds;
}

if (home) {
  reset();
  // As it came from the clinic: nobody has touched it.
  if (atHome() && !location.search && main && !touched()) sessionStorage.setItem(EMPTY, main.innerHTML);
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, () => { sessionStorage.setItem(USED, "1"); if (!box?.open) reset(); }, { passive: true });
  document.querySelector("[data-idle-more]")?.addEventListener("click", reset);
  box?.addEventListener("cancel", reset);
  setInterval(tick, 250);

  // No way back to another person: links replace, and "back" always means home.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.hash || event.defaultPrevented) return;
    event.preventDefault();
    go(link.href);
  });
  // Other forms wait until the clinic answers; the one that must never be lost has kiosk_send.js.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.matches("[data-send]") || form.method === "dialog" || form.dataset.asked) return;
    event.preventDefault();
    const there = await answers();
    delete form.dataset.sent;
    banner(!there);
    if (there) { form.dataset.asked = "1"; form.requestSubmit(event.submitter); return; }
    form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
    if (form.matches("[data-leave]")) empty();
  });
  history.pushState(null, "");
  window.addEventListener("popstate", () => { history.pushState(null, ""); go(home); });
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) go(home); });
}
