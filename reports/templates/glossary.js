// The glossary has a filter of its own; a folded section opens where it holds what is looked for.
duizhao.glossary = function (words) {
  var one = duizhao.one, all = duizhao.all;
  if (!one("term-filter")) return;
  var box = one("term-text"), rows = all(".term");
  var parts = all("details.terms");
  var opened = parts.map(function (part) { return part.open; });
  var texts = null, wait = 0, looking = false;

  function show() {
    var wanted = box.value.trim().toLowerCase(), visible = 0;
    if (wanted && !texts) texts = rows.map(duizhao.said);
    if (wanted && !looking) opened = parts.map(function (part) { return part.open; });
    rows.forEach(function (row, i) {
      row.hidden = wanted !== "" && texts[i].indexOf(wanted) < 0;
      if (!row.hidden) visible += 1;
    });
    parts.forEach(function (part, i) {
      part.hidden = !part.querySelector(".term:not([hidden])") && wanted !== "";
      if (wanted) part.open = true; else if (looking) part.open = opened[i];
    });
    looking = wanted !== "";
    var counts = { some: visible.toLocaleString(), all: rows.length.toLocaleString() };
    one("term-count").textContent = duizhao.fill(looking ? words.some : words.all, counts);
    one("term-nothing").hidden = visible > 0 || !looking;
  }

  box.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(show, 60); });
  one("term-filter").addEventListener("submit", function (event) { event.preventDefault(); show(); });
  one("term-clear").addEventListener("click", function () { box.value = ""; show(); });
  show();
};
