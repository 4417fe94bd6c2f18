// Counts and keeps the ticks of a review. The page works without it.
{
  const key = "review:" + location.pathname.split("/").pop(), progress = document.getElementById("page-progress");
  const boxes = [...document.querySelectorAll(".review input")];
  const count = () => { progress.textContent = boxes.filter((box) => box.checked).length + " of " + boxes.length + " checked"; };
  const store = (use) => { try { return use(localStorage); } catch { return null; } };
  const kept = new Set(JSON.parse(store((storage) => storage.getItem(key)) || "[]"));
  for (const box of boxes) {
    box.checked = kept.has(box.name);
    box.addEventListener("change", () => {
      count();
      store((storage) => storage.setItem(key, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.name))));
    });
  }
  progress.hidden = false;
  count();
}
