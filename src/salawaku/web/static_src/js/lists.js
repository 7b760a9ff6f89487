// Sending lists: files dropped anywhere on the frame, their names, and how much has been sent. Everything works
// without this; it only adds the drop and the bar.
const form = document.querySelector("form[data-upload]");
const show = (element, shown) => element?.toggleAttribute("hidden", !shown);

if (form) {
  const drop = form.querySelector("[data-drop]");
  const input = drop.querySelector("input[type=file]");
  const names = drop.querySelector("[data-names]");
  const progress = form.querySelector("[data-progress]");
  const percent = form.querySelector("[data-percent]");
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button[type=submit]");

  form.classList.add("is-live");
  const list = () => {
    names.replaceChildren(...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
    show(names, input.files.length > 0);
  };
  const over = (is) => (event) => {
    event.preventDefault();
    drop.classList.toggle("is-over", is);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    list();
  });
  input.addEventListener("change", list);
  form.addEventListener("htmx:beforeRequest", () => {
    show(failed, false);
    show(progress, true);
    button.disabled = true;
  });
  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    if (!detail.lengthComputable) return;
    const part = Math.round((100 * detail.loaded) / detail.total);
    progress.querySelector("progress").value = part;
    percent.textContent = `${part}%`;
  });
  const broken = () => {
    show(failed, true);
    show(progress, false);
    button.disabled = false;
  };
  form.addEventListener("htmx:sendError", broken);
  form.addEventListener("htmx:responseError", broken);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
