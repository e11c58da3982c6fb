// Locks the screen: at once here, and on the server, which then refuses everything but the pad.
const pad = document.querySelector("[data-pad]");
const EVERY = 60000, LOOK = 2000;
const after = Number(pad.dataset.after) * 1000;
const others = "BroadcastChannel" in window ? new BroadcastChannel("lock") : null;
const title = document.title;
let touched = Date.now(), told = Date.now(), locking = null;

const send = (url) => fetch(url, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: pad.dataset.token }), headers: { Accept: "application/json" }, redirect: "manual" });

function show() {
  if (pad.open) return;
  document.querySelectorAll("dialog:modal").forEach((dialog) => dialog.close());
  document.documentElement.classList.add("is-locked");
  document.title = pad.querySelector("h2").textContent.trim();
  pad.showModal();
  document.dispatchEvent(new Event("locked"));
}

function hide() {
  pad.close();
  pad.querySelectorAll("input[type=password]").forEach((input) => { input.value = ""; });
  pad.querySelectorAll("[role=alert]").forEach((said) => { said.hidden = true; });
  document.documentElement.classList.remove("is-locked");
  document.title = title;
  touched = told = Date.now();
  document.dispatchEvent(new Event("unlocked"));
}

async function lock() {
  show();
  others?.postMessage("locked");
  // Nothing to open it with any more, or nobody signed in: the page must go.
  locking = send(pad.dataset.lock);
  try { if ((await locking).status !== 204) location.reload(); } catch { /* no network: it is shut here, and by itself there */ }
}

// Only what a hand does counts; and what it does on a page that asks nothing is told once a minute.
function touch(event) {
  if (!event.isTrusted || pad.open) return;
  touched = Date.now();
  if (touched - told < EVERY) return;
  told = touched;
  send(pad.dataset.here).then((said) => { if (said.headers.get("X-Locked") || said.type === "opaqueredirect") show(); }).catch(() => {});
}

for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) document.addEventListener(kind, touch, { passive: true, capture: true });
if (after) setInterval(() => { if (!pad.open && Date.now() - touched >= after) lock(); }, LOOK);
pad.addEventListener("cancel", (event) => event.preventDefault());
// Escape twice closes a dialog whatever it says.
pad.addEventListener("close", () => { if (document.documentElement.classList.contains("is-locked")) pad.showModal(); });
document.addEventListener("locked", show);
// Whatever this page sends by itself: refused because it is locked there already.
document.addEventListener("htmx:before:response", (event) => { if (event.detail?.ctx?.response?.raw.headers.get("X-Locked")) { event.preventDefault(); show(); } });
others?.addEventListener("message", ({ data }) => (data === "locked" ? show() : pad.open && hide()));
document.querySelector("[data-lock-now]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  delete event.target.dataset.sent;
  lock();
});
pad.querySelectorAll("[data-unlock]").forEach((form) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const failed = form.querySelector("[role=alert]");
  let said;
  // Never before the server has heard that it is locked: it would find nothing to open.
  await locking?.catch(() => {});
  try { said = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }); } catch { said = { status: 0 }; }
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  if (said.status === 204) { hide(); others?.postMessage("unlocked"); return; }
  if (said.status === 401 || said.redirected) { location.reload(); return; }
  failed.hidden = false;
  const pin = form.querySelector("input[type=password]");
  if (pin) { pin.value = ""; pin.focus(); }
}));
