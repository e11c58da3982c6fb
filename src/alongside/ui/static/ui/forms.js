// Nothing typed is lost, nothing is sent twice.
const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const shared = document.documentElement.classList.contains("kiosk");
const SECRET = /^(csrfmiddlewaretoken|key|next)$/;
const nameOf = (form) => `typed:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const fields = (form) => [...form.elements].filter((f) => f.name && !SECRET.test(f.name) && !/^(password|file|hidden|submit|button)$/.test(f.type));
const untouched = (f) => (f.type === "checkbox" || f.type === "radio" ? f.checked === f.defaultChecked : f.matches("select") ? true : f.value === f.defaultValue);

function fillKeys(root) {
  root.querySelectorAll('form input[name="key"]').forEach((input) => { if (!input.value) input.value = newKey(); });
}

function store(form) {
  if (shared) return;
  const typed = fields(form).map((f) => [f.name, f.value, f.checked]);
  try { sessionStorage.setItem(nameOf(form), JSON.stringify(typed)); } catch { /* full or forbidden: the page still works */ }
}

function restore(form) {
  // A page that came back with errors already shows what was typed.
  if (shared || form.querySelector("[aria-invalid=true]")) return;
  const kept = JSON.parse(sessionStorage.getItem(nameOf(form)) ?? "[]");
  for (const [name, value, checked] of kept) {
    for (const f of fields(form).filter((one) => one.name === name && untouched(one))) {
      if (f.type === "checkbox" || f.type === "radio") { if (f.value === value) f.checked = checked; } else f.value = value;
    }
  }
}

const forget = (form) => sessionStorage.removeItem(nameOf(form));
const release = (form) => { delete form.dataset.sent; form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled")); };

document.addEventListener("input", ({ target }) => { const form = target.form; if (form?.matches("[data-keep]")) store(form); });
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.matches("[data-forget]")) sessionStorage.clear();
  if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sent = "1";
  sessionStorage.setItem("sent", form.matches("[data-keep]") ? nameOf(form) : "");
  // Not `disabled`: the pressed button's own name and value must still be sent.
  setTimeout(() => { if (form.dataset.sent) form.querySelectorAll("button").forEach((b) => b.setAttribute("aria-disabled", "true")); });
  // A server that never answers must not lock the form for ever.
  setTimeout(() => release(form), 10000);
}, true);
document.addEventListener("htmx:finally:request", ({ detail }) => {
  const form = detail.ctx.request?.form;
  if (!form || /GET/i.test(detail.ctx.request.method)) return;
  release(form);
  if (detail.ctx.response?.raw.ok) {
    forget(form);
    const key = form.querySelector('input[name="key"]');
    if (key && form.isConnected && key.value === detail.ctx.request.body?.get?.("key")) key.value = newKey();
  }
});
document.addEventListener("htmx:after:swap", () => fillKeys(document));
document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  const dialog = opens && document.getElementById(opens.dataset.opens);
  if (dialog) { event.preventDefault(); dialog.showModal(); }
});

const kind = performance.getEntriesByType("navigation")[0]?.type;
const sent = sessionStorage.getItem("sent");
// We got somewhere after sending: what was typed has arrived. "Back" and "reload" prove nothing.
if (sent && kind === "navigate" && !document.querySelector("[data-errors]")) sessionStorage.removeItem(sent);
sessionStorage.removeItem("sent");
fillKeys(document);
document.querySelectorAll("form[data-keep]").forEach(restore);
document.querySelector("[data-errors]")?.focus();
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) document.querySelectorAll("form[data-sent]").forEach(release); });
