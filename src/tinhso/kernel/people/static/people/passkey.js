// Asks the device for a passkey.
//
//   <form data-passkey="get|create" data-options="<address>" | data-json="<id of a JSON block>"
//         data-stopped="…" data-unsupported="…" data-failed="…">
//     <input name="credential" type="hidden"> <button type="button" data-passkey-go> <p data-passkey-problem hidden><span>
(() => {
  const toBytes = (text) => {
    const padded = text.replace(/-/g, "+").replace(/_/g, "/") + "===".slice((text.length + 3) % 4);
    return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const withBytes = (entries) => (entries ?? []).map((entry) => ({ ...entry, id: toBytes(entry.id) }));

  function decode({ publicKey }) {
    const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
    if (publicKey.user) options.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
    if (publicKey.allowCredentials) options.allowCredentials = withBytes(publicKey.allowCredentials);
    if (publicKey.excludeCredentials) options.excludeCredentials = withBytes(publicKey.excludeCredentials);
    return options;
  }

  function encode(credential) {
    const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      const value = credential.response[name];
      if (value) response[name] = toText(value);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function readOptions(form) {
    if (form.dataset.json) return JSON.parse(document.getElementById(form.dataset.json).textContent);
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return (await answer.json()).request_options;
  }

  async function ask(form) {
    const publicKey = decode(await readOptions(form));
    if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
    // A key that opens the account by itself has to know whose it is, and to ask for a finger or a PIN.
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({ publicKey });
  }

  function tell(form, sentence) {
    const place = form.querySelector("[data-passkey-problem]");
    place.querySelector("span").textContent = sentence;
    place.hidden = !sentence;
  }

  async function run(form, button) {
    if (!window.PublicKeyCredential) return tell(form, form.dataset.unsupported);
    tell(form, "");
    button.setAttribute("aria-busy", "true");
    try {
      form.elements.credential.value = JSON.stringify(encode(await ask(form)));
      form.submit();
    } catch (error) {
      tell(form, error.name === "NotAllowedError" ? form.dataset.stopped : form.dataset.failed);
      button.removeAttribute("aria-busy");
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("[data-passkey-go]");
    button.addEventListener("click", () => run(form, button));
  }
})();
