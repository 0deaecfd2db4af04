// The findings: filter, sort, step from one to the next, and what belongs to what lights up.
duizhao.findings = function (words) {
  var one = duizhao.one, all = duizhao.all;
  var root = document.documentElement, form = one("filters");
  if (!form) return null;
  var text = one("text"), rule = one("rule"), where = one("where"), decided = one("decided"), sorting = one("sort");
  var toggles = all(".toggle"), whole = one("whole");
  var blocks = all("#findings .block");
  var original, rows = [], cards = [], heads = [], number = {}, order = [];
  var seen = "", file = "", number_of = "d-1", current = -1, isWhole = false, isReady = false;

  // The later blocks come as text, which costs the browser next to nothing, and are made when they come near, when it
  // has nothing else to do, or when all are asked for. Without scripts they are part of the page as it stands.
  function make(block) {
    var text = block.firstElementChild;
    if (text && text.tagName === "NOSCRIPT") block.innerHTML = text.textContent;
  }

  // One entry a row and one a finding, in the order of the page; `order` is the order that is shown.
  function ready() {
    if (isReady) return;
    isReady = true;
    blocks.forEach(make);
    original = blocks.map(function (block) { return Array.prototype.slice.call(block.children); });
    original.forEach(function (children) { children.forEach(enter); });
    order = rows.map(function (_, i) { return i; });
  }

  function enter(element) {
    if (element.tagName === "H3") {
      var name = element.querySelector("small");  // the first of a document names it
      if (name) { file = name.textContent; number_of = element.dataset.d; }
      heads.push({ element: element, key: element.id.slice(1), document: number_of, shown: true,
        text: element.textContent + (name ? "" : " " + file) });
      return;
    }
    var row = { element: element, head: heads.length - 1, cards: [], shown: true, text: null };
    for (var last = element.lastElementChild; last && last.tagName === "ARTICLE"; last = last.previousElementSibling) {
      row.cards.unshift(last);
    }
    row.cards = row.cards.map(function (article) {
      var id = article.id;
      number[id] = cards.length;
      return cards.push({ element: article, row: rows.length, rule: id.slice(0, id.indexOf("-")),
        key: id.split("-", 2).join("-"), level: article.className, shown: true }) - 1;
    });
    rows.push(row);
  }

  // The texts that are searched are read when the browser has nothing else to do, or when first asked for.
  function textOf(row) {
    if (row.text === null) {
      row.text = duizhao.said(row.element) + " " + heads[row.head].text.toLowerCase();
    }
    return row.text;
  }
  if (window.requestIdleCallback) {
    var made = 0, read = 0;
    requestIdleCallback(function some(deadline) {
      while (made < blocks.length && !isReady && deadline.timeRemaining() > 5) make(blocks[made++]);
      if (made >= blocks.length) ready();
      while (isReady && read < rows.length && deadline.timeRemaining() > 1) textOf(rows[read++]);
      if (!isReady || read < rows.length) requestIdleCallback(some);
    });
  }

  function show(entry, yes) {
    if (entry.shown === yes) return;
    entry.shown = yes;
    entry.element.hidden = !yes;
  }

  function filter() {
    ready();
    var wanted = text.value.trim().toLowerCase().split(/\s+/);
    var place = where.value, code = rule.value, choice = decided.value;
    var off = {}, all = !code && !choice, visible = 0;
    toggles.forEach(function (button) {
      if (button.getAttribute("aria-pressed") === "false") { off[button.dataset.level[0]] = true; all = false; }
    });
    var left = heads.map(function () { return 0; });
    rows.forEach(function (row) {
      var head = heads[row.head];
      var here = (!place || place === head.key || place === head.document) &&
        (!wanted[0] || wanted.every(function (word) { return textOf(row).indexOf(word) >= 0; }));
      var some = false;
      row.cards.forEach(function (i) {
        var card = cards[i];
        var yes = here && !off[card.level] && (!code || card.rule === code) &&
          (!choice || (duizhao.choices[card.key] || "open") === choice);
        show(card, yes);
        if (yes) { some = true; visible += 1; }
      });
      some = some || here && !row.cards.length && isWhole && all;
      show(row, some);
      if (some) left[row.head] += 1;
    });
    heads.forEach(function (head, i) { show(head, left[i] > 0 && !sorting.value); });
    settle();
    var counts = { some: visible.toLocaleString(), all: cards.length.toLocaleString() };
    one("count").textContent = duizhao.fill(visible === cards.length ? words.all : words.some, counts);
    one("nothing").hidden = visible > 0 || isWhole && all;
  }

  // A block without visible rows takes no room; of the others the browser guesses the height by their number.
  function settle() {
    var per = Math.ceil(order.length / blocks.length) || 1;
    if (!sorting.value) {
      original.forEach(function (children, b) {
        var n = 0;
        children.forEach(function (child) { if (!child.hidden && child.tagName === "DIV") n += 1; });
        fit(blocks[b], n);
      });
      return;
    }
    blocks.forEach(function (block, b) {
      var n = 0;
      order.slice(b * per, (b + 1) * per).forEach(function (i) { if (rows[i].shown) n += 1; });
      fit(block, n);
    });
  }

  function fit(block, n) {
    block.hidden = n === 0;
    if (n) block.style.setProperty("--n", n);
  }

  var GRAVE = { e: 0, w: 1, n: 2 };
  function weight(row) {
    return Math.min.apply(null, row.cards.map(function (i) {
      var sure = / · ([01]\.\d\d) · /.exec(cards[i].element.firstElementChild.textContent);
      return GRAVE[cards[i].level] * 2 + 1 - (sure ? sure[1] : 0);
    }));
  }

  function sort() {
    ready();
    var by = sorting.value;
    order = rows.map(function (_, i) { return i; });
    root.classList.toggle("sorted", by !== "");
    if (!by) {
      blocks.forEach(function (block, b) { block.replaceChildren.apply(block, original[b]); });
    } else {
      var keys = rows.map(function (row, i) {
        if (!row.cards.length) return by === "rule" ? "~" : 99;
        return by === "rule" ? row.cards.map(function (k) { return cards[k].rule; }).sort()[0] : weight(row);
      });
      order.sort(function (a, b) { return keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b; });
      var per = Math.ceil(order.length / blocks.length);
      blocks.forEach(function (block, b) {
        var some = order.slice(b * per, (b + 1) * per).map(function (i) {
          var row = rows[i];
          if (!row.element.dataset.at) {
            row.element.dataset.at = heads[row.head].text.replace(/\s+/g, " ").trim();
          }
          return row.element;
        });
        block.replaceChildren.apply(block, some);
      });
    }
    filter();
    document.dispatchEvent(new Event("duizhao-sorted"));
  }

  function clear() {
    text.value = ""; rule.value = ""; where.value = ""; decided.value = "";
    toggles.forEach(function (button) { button.setAttribute("aria-pressed", "true"); });
    filter();
  }

  function press(button) {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false" ? "true" : "false");
    filter();
  }

  function showWhole() {
    if (!whole) return;
    isWhole = !isWhole;
    root.classList.toggle("whole", isWhole);
    whole.setAttribute("aria-pressed", String(isWhole));
    filter();
  }

  function at() {
    ready();
    // Going to an address tells of itself a moment later.
    var k = location.hash === seen ? undefined : number[location.hash.slice(1)];
    seen = location.hash;
    if (k !== undefined) current = k;
    return current;
  }

  // The rows in the order that is shown, and in each its findings.
  function step(by) {
    var sequence = [];
    order.forEach(function (i) {
      rows[i].cards.forEach(function (k) { if (cards[k].shown) sequence.push(k); });
    });
    if (!sequence.length) return;
    var here = sequence.indexOf(at()), next = here + by;
    if (here < 0) {
      // The one we were at is hidden: on from where it would stand.
      var place = order.indexOf(at() < 0 ? -1 : cards[at()].row);
      next = sequence.findIndex(function (k) { return order.indexOf(cards[k].row) >= place; });
      if (next < 0) next = sequence.length;
      if (by < 0) next -= 1;
    }
    if (sequence[next] !== undefined) go(sequence[next]);
  }

  function link(element) {
    try { history.replaceState(null, "", "#" + element.id); } catch (e) { /* a page from disk may refuse */ }
    seen = location.hash;
  }

  function go(k) {
    var element = cards[k].element;
    current = k;
    link(element);
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // A link may lead to a finding that the filter hides.
  function reveal() {
    if (!/^#[A-Z]\d{3}-/.test(location.hash)) return;
    var waits = !isReady;
    ready();
    var k = number[location.hash.slice(1)];
    if (k === undefined) return;
    current = k;
    if (!cards[k].shown) clear(); else if (!waits) return;
    cards[k].element.scrollIntoView();
  }

  function light(event) {
    all(".on").forEach(function (element) { element.classList.remove("on"); });
    var row = event.target.closest && event.target.closest(".row");
    if (!row) return;
    var mark = event.target.closest("mark"), card = event.target.closest("article");
    if (mark) {
      marked(row, mark).forEach(function (article) { article.classList.add("on"); });
    } else if (card) {
      Array.prototype.forEach.call(row.querySelectorAll("mark"), function (each) {
        if (marked(row, each).indexOf(card) >= 0) each.classList.add("on");
      });
    }
  }

  function marked(row, mark) {
    var numbers = (mark.dataset.f || "0").split(" "), articles = row.querySelectorAll("article");
    return numbers.map(function (i) { return articles[i]; });
  }

  var list = one("findings");
  list.addEventListener("mouseover", light);
  list.addEventListener("focusin", light);
  // The finding that somebody works on is the one that keys are about.
  ["focusin", "click"].forEach(function (what) {
    list.addEventListener(what, function (event) {
      var card = event.target.closest("article");
      if (!card) return;
      ready();
      if (number[card.id] !== current) {
        current = number[card.id];
        link(card);
      }
    });
  });
  list.addEventListener("click", function (event) {
    var mark = event.target.closest("mark");
    if (mark && !String(getSelection())) {
      ready();
      go(number[marked(mark.closest(".row"), mark)[0].id]);
    }
  });

  var waiting = 0;
  text.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
  [rule, where, decided].forEach(function (box) { box.addEventListener("change", filter); });
  sorting.addEventListener("change", sort);
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  toggles.forEach(function (button) { button.addEventListener("click", function () { press(button); }); });
  one("next").addEventListener("click", function () { step(1); });
  one("previous").addEventListener("click", function () { step(-1); });
  one("clear").addEventListener("click", clear);
  if (whole) whole.addEventListener("click", showWhole);
  window.addEventListener("hashchange", reveal);
  all("a[data-rule]").forEach(function (link) {
    link.addEventListener("click", function () { clear(); rule.value = link.dataset.rule; filter(); });
  });
  reveal();
  duizhao.filter = filter;
  return {
    clear: clear, step: step, press: function (n) { press(toggles[n]); }, whole: showWhole, text: text, make: make,
    current: function () { var k = at(); return k >= 0 && cards[k].shown ? cards[k] : null; }
  };
};
