// The search of the reference. The pages work without it.
// "Profile Alias", "profilealias" and "profile_alias" are the same key. A placeholder of a path has no part in it.
const parts = (text) => text.toLowerCase().replace(/\{[^}]*\}/g, " ").split(/[\s_.,:\/-]+/).filter(Boolean);
const key = (text) => parts(text).join("");

// The entries that a query finds, the best first: the name itself, then names that begin with it, then names that
// contain it, then those that have all its words in the name and the place.
let index;
const search = (query) => {
  index ??= NAMES.map((entry) => {
    const [name, place] = entry, own = key(name), isPart = !["resource", "operation"].includes(parts(place)[0]);
    return { entry, own, last: key(name.slice(name.indexOf(".") + 1)), all: own + " " + key(place), isPart };
  });
  const whole = key(query), words = parts(query);
  const rank = ({ own, last, all }) => {
    if (own === whole || last === whole) return 0;
    if (own.startsWith(whole)) return 1;
    if (own.includes(whole)) return 2;
    return words.some((word) => own.includes(word)) && words.every((word) => all.includes(word)) ? 3 : 4;
  };
  const hits = whole ? index.map((it) => [rank(it), it]).filter(([rank]) => rank < 4) : [];
  hits.sort(([first, one], [second, other]) => first - second || one.isPart - other.isPart || one.own.length - other.own.length);
  return hits.map(([, { entry }]) => entry);
};

// What is said about the entries, of which `shown` are listed.
const summary = (count, shown) => {
  if (!count) return "Nothing has this name. A part of it is enough.";
  return count > shown ? shown + " of " + count + " found" : count + " found";
};

addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("page-search"), query = document.getElementById("page-query");
  const status = document.getElementById("page-status"), found = document.getElementById("page-found");
  box.hidden = false;
  const item = ([name, place, address]) => {
    const item = document.createElement("li"), link = document.createElement("a"), where = document.createElement("span");
    link.href = address;
    where.textContent = " " + place;
    link.append(name, where);
    item.append(link);
    return item;
  };
  const show = () => {
    const hits = search(query.value), shown = hits.slice(0, 40);
    status.textContent = key(query.value) ? summary(hits.length, shown.length) : "";
    found.replaceChildren(...shown.map(item));
  };
  const close = () => {
    status.textContent = "";
    found.replaceChildren();
  };
  const isOutside = (target) => target && !box.contains(target);
  query.addEventListener("input", show);
  found.addEventListener("click", () => setTimeout(close));
  addEventListener("focusin", (event) => { if (isOutside(event.target)) close(); });
  addEventListener("pointerdown", (event) => { if (isOutside(event.target)) close(); });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const active = document.activeElement, inSearch = box.contains(active);
    const isText = active.tagName === "TEXTAREA" || active.tagName === "INPUT" && active.type !== "checkbox" && active.type !== "radio";
    if (inSearch && event.key === "ArrowDown" && !found.firstChild) show();
    const links = [...found.querySelectorAll("a")], at = links.indexOf(active);
    if (event.key === "/" && !isText) query.select();
    else if (event.key === "Escape" && inSearch && found.parentElement.textContent) { close(); query.focus(); }
    else if (event.key === "ArrowDown" && inSearch && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : query).focus();
    else if (event.key === "Enter" && active === query && links.length) links[0].click();
    else return;
    event.preventDefault();
  });
});
