/* Ease, nothing more: every page works without this file. */
(() => {
  const alle = (keuze, waar = document) => waar.querySelectorAll(keuze);

  // On a phone the filters start closed.
  if (matchMedia("(max-width: 40rem)").matches) alle(".wmo-filterdetails").forEach((d) => (d.open = false));

  // Focus goes to what asks for it: the error summary, the head of a panel.
  const focus = (waar) => alle("[data-focus]", waar)[0]?.focus();
  focus(document);
  document.addEventListener("htmx:afterSettle", (e) => focus(e.target));

  // Menus close with Escape or a click elsewhere.
  const sluit = (behalve) => alle(".wmo-menu[open]").forEach((m) => m.contains(behalve) || (m.open = false));
  document.addEventListener("click", (e) => {
    sluit(e.target);
    const dialoog = document.getElementById(e.target.closest?.("[data-dialoog]")?.dataset.dialoog);
    if (dialoog) { e.preventDefault(); dialoog.showModal(); }
  });

  // One submit is enough; the button says that it works.
  document.addEventListener("submit", (e) => {
    const knop = e.submitter;
    if (e.defaultPrevented || !knop || knop.formMethod === "dialog") return;
    if (knop.getAttribute("aria-disabled")) return e.preventDefault();
    knop.setAttribute("aria-disabled", "true");
    setTimeout(() => knop.removeAttribute("aria-disabled"), 5000);
  });

  // "Kies alle" ticks the boxes of its own form.
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-kies-alle]")) alle(".wmo-check:enabled", e.target.form).forEach((v) => (v.checked = e.target.checked));
  });

  // The clock renews [data-ververs="30"] blocks, never one that somebody is typing in.
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

  // One-letter keys, only for who turned them on (WCAG 2.1.4), never inside a field.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") sluit();
    if (!("sneltoetsen" in document.body.dataset) || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
    const rijen = [...alle("tbody th a")], hier = rijen.indexOf(document.activeElement);
    const doel = { "/": alle("#zoek")[0], j: rijen[hier + 1], k: rijen[Math.max(0, hier - 1)] }[e.key];
    if (doel) { e.preventDefault(); doel.focus(); }
  });
})();
