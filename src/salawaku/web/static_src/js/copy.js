// Buttons with data-copy put the text of a field on the clipboard; without a script they stay hidden, and the field
// itself can be selected. A page without HTTPS may not write the clipboard: then the text is selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard?.writeText(field.value);
  });
}
