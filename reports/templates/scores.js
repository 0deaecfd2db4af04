"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var one = duizhao.one, all = duizhao.all, theme = duizhao.theme;
  var toggleHelp = duizhao.toggleHelp, typing = duizhao.typing, help = one("help");

  var form = one("filters"), segments = form ? explorer() : null;
  document.addEventListener("keydown", function (event) {
    if (segments && event.key === "Escape" && !help.open) {
      segments.clear();
      if (event.target === segments.text) segments.text.blur();
      return;
    }
    if (typing(event) || help.open && event.key !== "?") return;
    if (event.key === "t") theme();
    else if (event.key === "?") toggleHelp();
    else if (!segments) return;
    else if (event.key === "j") segments.step(1);
    else if (event.key === "k") segments.step(-1);
    else if (event.key === "/") { event.preventDefault(); segments.text.focus(); segments.text.select(); }
  });

  function explorer() {
    var text = one("text"), list = one("list"), order = one("order");
    var cards = all("article.segment"), blocks = all("#segments .block");
    var size = blocks[0].children.length, texts = null, shownNow = cards.slice(), current = -1;
    var lists = {};
    all("details.list").forEach(function (part) {
      lists[part.dataset.list] = Array.prototype.map.call(part.querySelectorAll("li a"), function (link) {
        return one(link.hash.slice(1));
      });
    });
    var values = cards.map(function (card) { return card.dataset.v.split(" ").map(parseFloat); });

    // The cards stand in the order asked for, the chosen ones first, and fill the blocks anew.
    function filter() {
      var wanted = text.value.trim().toLowerCase();
      if (wanted && !texts) texts = cards.map(function (card) { return card.textContent.toLowerCase(); });
      var chosen = list.value ? lists[list.value] : cards;
      shownNow = chosen.filter(function (card) { return !wanted || texts[cards.indexOf(card)].indexOf(wanted) >= 0; });
      if (order.value) {
        var system = parseInt(order.value, 10), way = order.value.slice(-1) === "u" ? 1 : -1;
        var rank = shownNow.map(function (card, i) { return [values[cards.indexOf(card)][system], i, card]; });
        rank.sort(function (a, b) {
          if (isNaN(a[0]) || isNaN(b[0])) return isNaN(a[0]) - isNaN(b[0]) || a[1] - b[1];
          return way * (a[0] - b[0]) || a[1] - b[1];
        });
        shownNow = rank.map(function (row) { return row[2]; });
      }
      var visible = new Set(shownNow);
      cards.forEach(function (card) { card.hidden = !visible.has(card); });
      var all = shownNow.concat(cards.filter(function (card) { return !visible.has(card); }));
      blocks.forEach(function (block, i) {
        var some = all.slice(i * size, (i + 1) * size), left = 0;
        some.forEach(function (card) {
          if (!card.hidden) left += 1;
        });
        block.append.apply(block, some);
        block.hidden = left === 0;
        if (left) block.style.setProperty("--n", left);
      });
      current = -1;
      tell();
    }

    function tell() {
      one("count").textContent = shownNow.length === cards.length ?
        "All " + cards.length.toLocaleString("en") + " shown" :
        shownNow.length.toLocaleString("en") + " of " + cards.length.toLocaleString("en") + " shown";
      one("nothing").hidden = shownNow.length > 0;
    }

    function clear() {
      text.value = ""; list.value = ""; order.value = "";
      filter();
    }

    function step(by) {
      var at = location.hash ? shownNow.indexOf(one(location.hash.slice(1))) : -1;
      var next = shownNow[(at < 0 ? current : at) + by];
      if (!next) return;
      current = shownNow.indexOf(next);
      try { history.replaceState(null, "", "#" + next.id); } catch (e) { /* a page from disk may refuse */ }
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    // A link may lead to a segment that the filter hides.
    function reveal() {
      var target = location.hash && one(location.hash.slice(1));
      if (target && target.tagName === "ARTICLE" && target.hidden) { clear(); target.scrollIntoView(); }
    }

    var waiting = 0;
    text.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
    list.addEventListener("change", filter);
    order.addEventListener("change", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
    one("next").addEventListener("click", function () { step(1); });
    one("previous").addEventListener("click", function () { step(-1); });
    one("clear").addEventListener("click", clear);
    window.addEventListener("hashchange", reveal);
    tell();
    return { clear: clear, step: step, text: text };
  }
});
