// A phone that loses the network keeps what was sent and sends it when it can: form[data-resend].
// The form carries its own key, so the clinic counts it once however often it arrives. Where the page
// has a changing piece, the answer is that piece, put in its place: one round trip, no page to load again.
const STORE = "to-send", KEEP = 12 * 3600 * 1000;
const note = document.querySelector("[data-resend-note]");
const read = () => { try { return JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((one) => Date.now() - one.at < KEEP); } catch { return []; } };
const write = (all) => { if (all.length) localStorage.setItem(STORE, JSON.stringify(all)); else localStorage.removeItem(STORE); };
const drop = (one) => write(read().filter((other) => other.key !== one.key));
// The changing piece that this was sent from; nothing when another page sends what an earlier one kept.
const place = (one) => [...document.querySelectorAll("form[data-resend]")].find((form) => form.action === one.action)?.closest("[hx-get]");
let sending = false, tries = 0, timer;

function say(which) {
  if (!note) return;
  note.hidden = !which;
  note.textContent = which ? note.dataset[which] : "";
}

// Gives the response, or null when it did not arrive or nobody was there to take it.
async function post(one) {
  const patience = new AbortController();
  const out = setTimeout(() => patience.abort(), 15000);
  try {
    const headers = window.htmx && place(one) ? { "HX-Request": "true" } : {};
    const answer = await fetch(one.action, { method: "POST", headers, body: new URLSearchParams(one.body), credentials: "same-origin", signal: patience.signal });
    return answer.status >= 502 && answer.status <= 504 ? null : answer;
  } catch { return null; } finally { clearTimeout(out); }
}

async function show(one, answer) {
  const target = place(one);
  const text = await answer.text();
  if (!target || !text.trimStart().startsWith("<div")) { location.reload(); return; }
  await window.htmx.swap({ text, target, sourceElement: target, swap: "outerMorph" });
  say("");
  // The button that was pressed is gone: whoever reads on hears, or sees, what came in its place.
  document.getElementById("main")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

async function arrived(one, answer) {
  drop(one);
  say("sent");
  if (answer.redirected) { location.assign(answer.url); return; }
  if (answer.ok && window.htmx && place(one)) { await show(one, answer).catch(() => location.reload()); return; }
  if (answer.ok) { location.reload(); return; }
  // The clinic looked at it and said something: let the browser show that page.
  const form = document.querySelector("form[data-resend]");
  if (form?.querySelector('input[name="key"]')?.value === one.key) form.submit();
  else say("refused");
}

async function send() {
  const [one] = read();
  if (!one || sending) return;
  sending = true;
  const answer = await post(one);
  sending = false;
  if (answer) { tries = 0; arrived(one, answer); return; }
  say("saved");
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(20000, 1500 * 2 ** tries++) * (0.75 + Math.random() / 2));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-resend]") || event.defaultPrevented) return;
  event.preventDefault();
  const body = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
  const one = { action: form.action, body, key: form.querySelector('input[name="key"]')?.value ?? String(Date.now()), at: Date.now() };
  try { write([...read().filter((other) => other.key !== one.key), one]); } catch { form.submit(); return; }
  say("sending");
  tries = 0;
  send();
});
window.addEventListener("online", () => { tries = 0; send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
if (read().length) { say("saved"); send(); }
