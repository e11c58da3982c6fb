// A passkey: the page asks for a question, the device answers it, the form carries the answer.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function ask(form) {
  const said = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error" });
  if (!said.ok) throw new Error(said.status);
  return (await said.json()).publicKey;
}

const carried = (made, response) => ({ id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(), response });

async function make(question) {
  const publicKey = { ...question, challenge: bytes(question.challenge), user: { ...question.user, id: bytes(question.user.id) }, excludeCredentials: ids(question.excludeCredentials) };
  const made = await navigator.credentials.create({ publicKey });
  return carried(made, { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject), transports: made.response.getTransports?.() ?? [] });
}

async function show(question) {
  const publicKey = { ...question, challenge: bytes(question.challenge), allowCredentials: ids(question.allowCredentials) };
  const shown = await navigator.credentials.get({ publicKey });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return carried(shown, { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : null });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // Only where the browser can, and only over a connection that nobody can listen to.
  if (!window.PublicKeyCredential || !window.isSecureContext) continue;
  form.hidden = false;
  document.querySelectorAll("[data-passkey-none]").forEach((element) => { element.hidden = true; });
  const button = form.querySelector("[data-passkey-go]"), failed = form.querySelector("[data-passkey-failed]");
  button.addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    failed.hidden = true;
    try {
      const question = await ask(form);
      form.elements.credential.value = JSON.stringify(await ("passkeyNew" in form.dataset ? make : show)(question));
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}
