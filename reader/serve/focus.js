// The terminal takes keys only while its hidden field has the focus: give it that with the first
// bytes of the app, so that nobody has to click.
window.addEventListener("load", () => {
  new MutationObserver(() => {
    document.querySelector(".xterm-helper-textarea")?.focus();
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
});
