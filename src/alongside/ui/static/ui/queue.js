// A phone that loses the network keeps what was sent and sends it when it can: form[data-resend].
// The form carries its own key, so the clinic counts it once however often it arrives.
// The answer is the page's changing piece, where it has one: no page to load again.
const STORE = "to-send", KEEP = 12 * 3600 * 1000;
const note = document.querySelector("[data-resend-note]");
const read = () => { try { return JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((one) => Date.now() - one.at < KEEP); } catch { return []; } };
const write = (all) => { if (all.length) localStorage.setItem(STORE, JSON.stringify(all)); else localStorage.removeItem(STORE); };
const drop = (one) => write(read().filter((other) => other.key !== one.key));
const ours = () => document.querySelector("form[data-resend]");
// The changing piece that it was sent from; nothing where another page sends what was kept.
const place = (one) => window.htmx && ours()?.action === one.action && ours().closest("[hx-get]");
let sending = false, tries = 0, timer;

function say(which) {
  if (!note) return;
  note.hidden = !which;
  note.textContent = which ? note.dataset[which] : "";
}

// Null when it did not arrive, or nobody was there to take it.
async function post(one) {
  const patience = new AbortController();
  const out = setTimeout(() => patience.abort(), 15000);
  try {
    const headers = place(one) ? { "HX-Request": "true" } : {};
    const answer = await fetch(one.action, { method: "POST", headers, body: new URLSearchParams(one.body), signal: patience.signal });
    return answer.status >= 502 && answer.status <= 504 ? null : answer;
  } catch { return null; } finally { clearTimeout(out); }
}

async function arrived(one, answer) {
  drop(one);
  say("sent");
  const target = place(one);
  if (answer.redirected) location.assign(answer.url);
  else if (answer.ok && target) {
    await window.htmx.swap({ text: await answer.text(), target, sourceElement: target, swap: "outerMorph" });
    say("");
    // The button is gone: whoever reads on meets what came in its place.
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo(0, 0);
  } else if (answer.ok) location.reload();
  // The clinic said something else: let the browser show that page.
  else if (ours()?.elements.key?.value === one.key) ours().submit();
  else say("refused");
}

async function send() {
  const [one] = read();
  if (!one || sending) return;
  sending = true;
  const answer = await post(one);
  sending = false;
  if (answer) { tries = 0; arrived(one, answer).catch(() => location.reload()); return; }
  say("saved");
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(20000, 1500 * 2 ** tries++) * (0.75 + Math.random() / 2));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-resend]") || event.defaultPrevented) return;
  event.preventDefault();
  const body = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
  const one = { action: form.action, body, key: form.elements.key?.value ?? String(Date.now()), at: Date.now() };
  try { drop(one); write([...read(), one]); } catch { form.submit(); return; }
  say("sending");
  tries = 0;
  send();
});
window.addEventListener("online", () => { tries = 0; send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
if (read().length) { say("saved"); send(); }
