// Lists can be dropped on the form, and sending shows how far it is. Without this the form sends them all the same.
const form = document.querySelector("form[data-upload]");

function say(text) {
  form.querySelector("[data-upload-said]").textContent = text;
}

function send(event) {
  event.preventDefault();
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  bar.hidden = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? (100 * loaded) / total : 0;
    say(`${Math.round(bar.value)}%`);
  });
  // The server names the page that follows; anything else falls back to the plain way of sending.
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("X-Next-Page");
    if (next) location.assign(next);
    else form.submit();
  });
  request.addEventListener("error", () => form.submit());
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.send(new FormData(form));
}

if (form) {
  const drop = form.querySelector("[data-drop]");
  const files = form.querySelector("input[type=file]");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") files.files = event.dataTransfer.files;
    });
  }
  form.addEventListener("submit", send);
}
