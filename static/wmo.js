/* Ease only: every page works without this file. */
(() => {
  const alle = (keuze, waar = document) => waar.querySelectorAll(keuze);

  // On a phone the filters start closed; a screen that turns wide has no button for them.
  const smal = matchMedia("(max-width: 40rem)");
  const filters = () => alle(".wmo-filterdetails").forEach((d) => (d.open = !smal.matches));
  filters();
  smal.addEventListener("change", filters);

  // The chosen tab is in sight.
  alle(".wmo-tabs [aria-current]").forEach((a) => (a.closest("ul").scrollLeft = a.offsetLeft - 20));

  // Focus goes to what asks for it.
  const focus = (waar) => alle("[data-focus]", waar)[0]?.focus();
  focus(document);
  document.addEventListener("htmx:afterSettle", (e) => focus(e.target));

  alle("[data-toon]").forEach((knop) => {
    knop.hidden = false;
    knop.onclick = () => {
      const veld = document.getElementById(knop.dataset.toon), zichtbaar = veld.type === "text";
      veld.type = zichtbaar ? "password" : "text";
      knop.setAttribute("aria-pressed", !zichtbaar);
    };
  });

  // Menus close with Escape or a click elsewhere.
  const sluit = (behalve) => alle(".wmo-menu[open]").forEach((m) => m.contains(behalve) || (m.open = false));
  document.addEventListener("click", (e) => {
    sluit(e.target);
    const opener = e.target.closest("[data-dialoog]");
    if (opener) { e.preventDefault(); document.getElementById(opener.dataset.dialoog).showModal(); }
  });

  // One submit is enough.
  document.addEventListener("submit", (e) => {
    const knop = e.submitter;
    if (!knop || knop.formMethod === "dialog") return;
    if (knop.ariaDisabled) return e.preventDefault();
    knop.ariaDisabled = "true";
    setTimeout(() => (knop.ariaDisabled = null), 5000);
  });

  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-kies-alle]")) alle(".wmo-check:enabled", e.target.form).forEach((v) => (v.checked = e.target.checked));
  });

  // Renew [data-ververs] blocks, never one that somebody is typing in.
  const bezig = (blok) => blok.contains(document.activeElement) ||
    [...alle("input, textarea, select", blok)].some((v) => v.type !== "hidden" && (v.options
      ? [...v.options].some((o) => o.selected !== o.defaultSelected) : v.value !== v.defaultValue || v.checked !== v.defaultChecked));
  let tel = 0;
  setInterval(() => {
    tel += 1;
    if (document.visibilityState === "visible") alle("[data-ververs]").forEach((blok) => {
      if (tel % blok.dataset.ververs === 0 && !bezig(blok)) htmx.trigger(blok, "ververs");
    });
  }, 1000);
  document.addEventListener("htmx:configRequest", (e) => {
    if (e.detail.triggeringEvent?.type === "ververs") e.detail.headers["X-Verversen"] = "1";
  });

  // Keys only for who turned them on (WCAG 2.1.4).
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") sluit();
    if (!("sneltoetsen" in document.body.dataset) || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
    const rijen = [...alle("tbody th a")], hier = rijen.indexOf(document.activeElement);
    const doel = { "/": alle("#zoek")[0], j: rijen[hier + 1], k: rijen[Math.max(0, hier - 1)] }[e.key];
    if (doel) { e.preventDefault(); doel.focus(); }
  });
})();
