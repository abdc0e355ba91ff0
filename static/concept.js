/* Drafts and the end of the session: ease only. Without this file a form that arrives too late is kept as well. */
(() => {
  const sessie = document.getElementById("sessie");
  if (!sessie) return;
  const DUUR = sessie.dataset.duur * 1000, VOORAF = 120000, SLEUTEL = "wmo-actief";
  const actief = () => localStorage.setItem(SLEUTEL, Date.now()); // shared by all tabs: they share the session
  const uit = () => location.assign(`${sessie.dataset.inloggen}?next=${encodeURIComponent(location.pathname + location.search)}`);
  const post = async (url, inhoud) => {
    const antwoord = await fetch(url, { method: "POST", body: new URLSearchParams(inhoud), redirect: "manual" });
    if (antwoord.type === "opaqueredirect") uit(); // the session had ended; the server kept what was sent
    if (antwoord.ok) actief();
    return antwoord;
  };

  // A draft goes when a field is left and every twenty seconds, and only when something was typed.
  const vuil = new Set();
  const bewaar = async (form) => {
    if (!vuil.delete(form)) return;
    const veld = form.elements.concept, plek = form.querySelector("[data-bewaard]");
    try {
      const antwoord = await post(veld.dataset.concept, new FormData(form));
      if (!antwoord.ok) vuil.add(form);
      plek.innerHTML = await antwoord.text();
    } catch {
      vuil.add(form);
      plek.textContent = "Niet bewaard. Uw tekst staat nog op dit scherm. Probeer opnieuw.";
    }
  };
  const lang = (e) => e.target.form?.elements.concept?.dataset?.concept && e.target.form;
  document.addEventListener("input", (e) => lang(e) && vuil.add(lang(e)));
  document.addEventListener("focusout", (e) => lang(e) && bewaar(lang(e)));
  document.addEventListener("submit", (e) => vuil.delete(e.target));
  setInterval(() => vuil.forEach(bewaar), 20000);

  // Two minutes before the end somebody is asked; after the end the page is left, to come back to it.
  actief();
  document.addEventListener("htmx:afterRequest", (e) => "X-Verversen" in e.detail.requestConfig.headers || actief());
  const blijf = async (e) => {
    if (e.submitter && "uit" in e.submitter.dataset) return;
    e.preventDefault();
    const form = sessie.querySelector("form");
    if ((await post(form.action, new FormData(form))).ok) sessie.close();
  };
  sessie.addEventListener("submit", blijf);
  sessie.addEventListener("cancel", blijf);
  setInterval(() => {
    const rest = Number(localStorage.getItem(SLEUTEL)) + DUUR - Date.now();
    if (rest < -2000) uit();
    else if (rest < VOORAF && !sessie.open) sessie.showModal();
    else if (rest >= VOORAF && sessie.open) sessie.close(); // another tab was used
  }, 1000);
})();
