// Forms become calls of the API, and the parts marked data-live are fetched anew.
"use strict";
const REFRESH_MILLIS = 2000;
const base = (location.pathname.match(/^\/[abc](?=\/|$)/) || [""])[0];

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      if (next && !part.contains(document.activeElement)) part.innerHTML = next.innerHTML;
    }
    document.documentElement.className = fresh.documentElement.className;
  } catch {
    document.documentElement.classList.add("lost");
  }
}

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  return input.type === "number" || input.dataset.type === "number" ? Number(input.value) : input.value;
}

function request(form) {
  const fields = [...form.querySelectorAll("[name]")];
  const segment = form.querySelector("[data-segment]");
  const body = fields.length
    ? JSON.stringify(Object.fromEntries(fields.map((f) => [f.name, valueOf(f)])))
    : form.dataset.api.endsWith("/enqueue") ? "from the page" : undefined;
  const url = base + form.dataset.api + (segment ? encodeURIComponent(segment.value) : "");
  return fetch(url, { method: form.dataset.method, body });
}

function say(text) {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = text;
  document.body.append(toast);
  setTimeout(() => toast.remove(), 4000);
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-api]");
  if (!form) return;
  event.preventDefault();
  try {
    const answer = await request(form);
    const text = await answer.text();
    const output = form.dataset.show && document.getElementById(form.dataset.show);
    if (output) output.textContent = answer.ok ? JSON.parse(text).result : text;
    else if (!answer.ok) say(text);
    if (document.activeElement) document.activeElement.blur();
    refresh();
  } catch (error) {
    say(String(error));
  }
});

document.querySelector("nav [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
setInterval(refresh, REFRESH_MILLIS);
