// A form never loses what was typed: the text of forms that post is kept in this tab until the server has taken it,
// and put back when the page comes again after a log-in, a refusal or a dropped line.
// Passwords, codes, files and hidden fields are never kept; data-keep="off" leaves a form out.
const KEPT = /^(text|search|email|tel|url|number|date|month|textarea|select-one|radio|checkbox)$/;
const SECRET = /one-time-code|password|username/;
const POSTED = "keep.posted";
const INTERRUPTED = "keep.interrupted";

const key = (form) => `keep:${location.pathname}:${form.getAttribute("action") ?? ""}:${form.id}`;
const isKept = (form) => form.method === "post" && form.dataset.keep !== "off";
const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && KEPT.test(field.type) && !SECRET.test(field.autocomplete));

function remember(form) {
  const typed = fieldsOf(form).map((field) => [field.name, field.value, isChoice(field) && field.checked]);
  try {
    sessionStorage.setItem(key(form), JSON.stringify(typed));
  } catch {
    // Full or forbidden storage must not stand in the way of the form itself.
  }
}

function restore(form) {
  const typed = JSON.parse(sessionStorage.getItem(key(form)) ?? "[]");
  let changed = false;
  for (const [name, value, checked] of typed) {
    const same = (field) => field.name === name && (!isChoice(field) || field.value === value);
    const field = fieldsOf(form).find(same);
    if (!field) continue;
    const [property, kept] = isChoice(field) ? ["checked", checked] : ["value", value];
    changed ||= field[property] !== kept;
    field[property] = kept;
  }
  if (changed) document.querySelector("[data-kept-note]")?.removeAttribute("hidden");
}

// A page reached by an ordinary step after a post is the server's answer: it has taken the form. A log-in or an error
// page in between, a reload or the back button mean that it has not.
function start() {
  const posted = sessionStorage.getItem(POSTED);
  if (document.querySelector("[data-interrupts]")) {
    if (posted) sessionStorage.setItem(INTERRUPTED, "1");
    return;
  }
  const steps = performance.getEntriesByType("navigation")[0]?.type ?? "navigate";
  if (posted && steps === "navigate" && !sessionStorage.getItem(INTERRUPTED)) sessionStorage.removeItem(posted);
  sessionStorage.removeItem(POSTED);
  sessionStorage.removeItem(INTERRUPTED);
  for (const form of document.forms) if (isKept(form)) restore(form);
}

document.addEventListener("input", ({ target }) => {
  if (target.form && isKept(target.form)) remember(target.form);
});
document.addEventListener("submit", ({ target }) => {
  if (document.querySelector("[data-interrupts]") || !isKept(target)) return;
  remember(target);
  sessionStorage.setItem(POSTED, key(target));
});
start();
