// The search of the reference. The pages work without it.
addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("page-search"), query = document.getElementById("page-query"), found = document.getElementById("page-found");
  box.hidden = false;
  const rank = (name, words) => {
    const low = name.toLowerCase();
    return low === words ? 0 : low.startsWith(words) ? 1 : low.includes(words) ? 2 : 3;
  };
  const show = () => {
    const words = query.value.trim().toLowerCase();
    const hits = words ? NAMES.map((entry) => [rank(entry[0], words), entry]).filter(([rank]) => rank < 3) : [];
    hits.sort((one, other) => one[0] - other[0] || one[1][0].length - other[1][0].length);
    found.replaceChildren(...hits.slice(0, 40).map(([, [name, address, place]]) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = address;
      kind.textContent = " " + place;
      link.append(name, kind);
      item.append(link);
      return item;
    }));
    found.hidden = !words;
    if (words && !hits.length) found.textContent = "Nothing has this name.";
  };
  query.addEventListener("input", show);
  found.addEventListener("click", () => { found.hidden = true; });
  addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    const inSearch = box.contains(document.activeElement);
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) query.focus();
    else if (event.key === "Escape" && inSearch) found.hidden = true;
    else if (event.key === "ArrowDown" && inSearch && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : query).focus();
    else if (event.key === "Enter" && document.activeElement === query && links.length) links[0].click();
    else return;
    event.preventDefault();
  });
});
