// The tablet at the door forgets: 30 s without a touch and it is as new for the next person.
const home = document.body.dataset.home;
const box = document.querySelector("[data-idle]");
const left = document.querySelector("[data-idle-left]");
const REST = Number(document.body.dataset.rest ?? 30), WARN = 10;
const atHome = () => location.pathname === new URL(home, location).pathname;
const USED = "kiosk-used";
const touched = () => [...document.querySelectorAll("input:not([type=hidden]), textarea")].some((f) => f.value !== f.defaultValue || f.checked !== f.defaultChecked);
let until = 0, back = null;

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
  location.replace(home);
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
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, () => { sessionStorage.setItem(USED, "1"); if (!box?.open) reset(); }, { passive: true });
  document.querySelector("[data-idle-more]")?.addEventListener("click", reset);
  box?.addEventListener("cancel", reset);
  setInterval(tick, 250);

  // No way back to another person: links replace, and "back" always means home.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.hash || event.defaultPrevented) return;
    event.preventDefault();
    location.replace(link.href);
  });
  history.pushState(null, "");
  window.addEventListener("popstate", () => location.replace(home));
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.replace(home); });
}
