"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var one = duizhao.one, all = duizhao.all, theme = duizhao.theme;
  var toggleHelp = duizhao.toggleHelp, typing = duizhao.typing, help = one("help");

  terms();

  var form = one("filters");
  if (!form) {
    document.addEventListener("keydown", function (event) {
      if (typing(event)) return;
      if (event.key === "t") theme();
      else if (event.key === "?") toggleHelp();
    });
    return;
  }
  var cards = all("article");
  var blocks = all("#findings .block");
  var toggles = all(".toggle");
  var texts = null, current = -1;
  // Which document a record is in: the box of documents and records knows.
  var documents = {};
  one("where").querySelectorAll("option[data-d]").forEach(function (option) {
    documents[option.value] = option.dataset.d;
  });
  var text = one("text"), rule = one("rule"), where = one("where");

  // The glossary has a filter of its own; a folded section opens where it holds what is looked for.
  function terms() {
    if (!one("term-filter")) return;
    var box = one("term-text"), rows = all(".term");
    var parts = all("details.terms");
    var opened = parts.map(function (part) { return part.open; });
    var words = null, wait = 0, looking = false;
    function show() {
      var wanted = box.value.trim().toLowerCase(), visible = 0;
      if (wanted && !words) words = rows.map(function (row) { return row.textContent.toLowerCase(); });
      if (wanted && !looking) opened = parts.map(function (part) { return part.open; });
      rows.forEach(function (row, i) {
        row.hidden = wanted !== "" && words[i].indexOf(wanted) < 0;
        if (!row.hidden) visible += 1;
      });
      parts.forEach(function (part, i) {
        part.hidden = !part.querySelector(".term:not([hidden])") && wanted !== "";
        if (wanted) part.open = true; else if (looking) part.open = opened[i];
      });
      looking = wanted !== "";
      one("term-count").textContent = (looking ? visible.toLocaleString("en") + " of " : "All ") +
        rows.length.toLocaleString("en") + " shown";
      one("term-nothing").hidden = visible > 0 || !looking;
    }
    box.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(show, 60); });
    one("term-filter").addEventListener("submit", function (event) { event.preventDefault(); show(); });
    one("term-clear").addEventListener("click", function () { box.value = ""; show(); });
    show();
  }

  function filter() {
    var wanted = text.value.trim().toLowerCase();
    var place = where.value, whole = place.charAt(0) === "d", visible = 0;
    var off = {};
    toggles.forEach(function (button) {
      if (button.getAttribute("aria-pressed") === "false") off[button.dataset.level] = true;
    });
    if (wanted && !texts) texts = cards.map(function (card) { return card.textContent.toLowerCase(); });
    cards.forEach(function (card, i) {
      var show = !off[card.className] && (!rule.value || card.id.indexOf(rule.value + "-") === 0) &&
        (!place || card.dataset.k === place || whole && documents[card.dataset.k] === place) &&
        (!wanted || texts[i].indexOf(wanted) >= 0);
      if (card.hidden === show) card.hidden = !show;
      if (show) visible += 1;
    });
    blocks.forEach(function (block) {
      var left = block.querySelectorAll("article:not([hidden])").length;
      block.hidden = left === 0;
      if (left) block.style.setProperty("--n", left);
    });
    tell(visible);
  }

  function tell(visible) {
    one("count").textContent = visible === cards.length ?
      "All " + cards.length.toLocaleString("en") + " shown" :
      visible.toLocaleString("en") + " of " + cards.length.toLocaleString("en") + " shown";
    one("nothing").hidden = visible > 0;
  }

  function clear() {
    text.value = ""; rule.value = ""; where.value = "";
    toggles.forEach(function (button) { button.setAttribute("aria-pressed", "true"); });
    filter();
  }

  function press(button) {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false" ? "true" : "false");
    filter();
  }

  function step(by) {
    var at = location.hash ? cards.indexOf(one(location.hash.slice(1))) : -1;
    if (at < 0) at = current;
    do at += by; while (cards[at] && cards[at].hidden);
    var next = cards[at];
    if (!next) return;
    current = at;
    try { history.replaceState(null, "", "#" + next.id); } catch (e) { /* a page from disk may refuse */ }
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // A link may lead to a card that the filter hides.
  function reveal() {
    var target = location.hash && one(location.hash.slice(1));
    if (target && target.tagName === "ARTICLE" && target.hidden) { clear(); target.scrollIntoView(); }
  }

  var waiting = 0;
  text.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
  rule.addEventListener("change", filter);
  where.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  toggles.forEach(function (button) { button.addEventListener("click", function () { press(button); }); });
  one("next").addEventListener("click", function () { step(1); });
  one("previous").addEventListener("click", function () { step(-1); });
  one("clear").addEventListener("click", clear);
  window.addEventListener("hashchange", reveal);
  document.querySelectorAll("a[data-rule]").forEach(function (link) {
    link.addEventListener("click", function () { clear(); rule.value = link.dataset.rule; filter(); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !help.open) { clear(); if (event.target === text) text.blur(); return; }
    if (typing(event) || help.open && event.key !== "?") return;
    var pressed = event.key;
    if (pressed === "j") step(1);
    else if (pressed === "k") step(-1);
    else if (pressed === "1" || pressed === "2" || pressed === "3") press(toggles[pressed - 1]);
    else if (pressed === "t") theme();
    else if (pressed === "?") toggleHelp();
    else if (pressed === "/") { event.preventDefault(); text.focus(); text.select(); }
  });
  tell(cards.length);
});
