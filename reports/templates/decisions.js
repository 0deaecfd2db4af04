// What a reader decides: kept in the browser, or sent to `duizhao review`, and saved as decisions.json.
duizhao.decisions = function (words, findings) {
  var one = duizhao.one, all = duizhao.all;
  var meta = document.querySelector('meta[name="duizhao-decisions"]');
  var server = meta && meta.content, place = "duizhao-decisions:" + location.pathname;
  var made = {}, known = {}; // decisions by key; the elements they are about by key
  var touched = {}, unsaved = {}; // by key: decided since the page was read, and not on disk yet
  var keeps = true, sending = Promise.resolve();

  function keyOf(each) {
    return each.kind === "finding" ? "f " + each.rule + " " + each.fingerprint : "r " + each.term + "\n" + each.rendering;
  }

  function words_in(row, lang) {
    var side = row.querySelector('p[lang="' + lang + '"]');
    // Not what the page says for want of a text, nor one that is cut or has characters shown by their numbers.
    var text = side && !side.querySelector(".soft") ? side.textContent : "";
    return /⟨U\+|^…|…$/.test(text) ? "" : text;
  }

  // What an element is about, in the form of docs/review.md; null where that cannot be told from the page.
  function about(element) {
    if (element.tagName === "ARTICLE") {
      var parts = /^([A-Z]\d{3})-([0-9a-f]{12})/.exec(element.id), wanted = element.querySelector("ins");
      return parts && { kind: "finding", fingerprint: parts[2], rule: parts[1], decision: "", comment: "",
        en: words_in(element.closest(".row"), "en"), zh: words_in(element.closest(".row"), "zh"),
        wanted: wanted ? wanted.textContent : "" };
    }
    var term = element.closest(".term"), rendering = element.querySelector("b"), should = term.querySelector("ins");
    var row = { kind: "rendering", term: term.querySelector("h3").textContent, rendering: rendering.textContent,
      decision: "", comment: "", wanted: should ? should.textContent : "", count: Number(element.dataset.n) };
    // A character that is shown by its number is not the character.
    return element.classList.contains("absent") || (row.term + row.rendering).indexOf("⟨U+") >= 0 ? null : row;
  }

  function controls(element) {
    if (element.querySelector(".decide")) return;
    var row = about(element);
    if (!row) return;
    if (element.tagName === "ARTICLE") linked(element);
    var key = keyOf(row), box = document.createElement("span");
    box.className = "decide";
    ["accept", "reject", "later"].forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.dataset.choice = choice;
      button.textContent = words[row.kind + "." + choice];
      button.addEventListener("click", function () { choose(element, choice); });
      box.append(button);
    });
    var comment = document.createElement("input");
    comment.type = "text";
    comment.maxLength = 4000;
    comment.placeholder = comment.ariaLabel = words.comment;
    // What is typed is saved as it is typed, not when the field is left: nobody knows when that is.
    var wait = 0;
    comment.addEventListener("input", function () {
      clearTimeout(wait);
      wait = setTimeout(function () { change(element, { comment: comment.value.trim() }); }, 300);
    });
    comment.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); comment.blur(); element.focus(); }
    });
    comment.addEventListener("change", function () {
      clearTimeout(wait);
      change(element, { comment: comment.value.trim() });
    });
    box.append(comment);
    element.append(box);
    (known[key] = known[key] || []).push(element);
    show(key);
  }

  // A link to the finding itself, to be copied.
  function linked(element) {
    var link = document.createElement("a");
    link.href = "#" + element.id;
    link.textContent = "#";
    link.ariaLabel = element.id;
    element.firstElementChild.append(link);
  }

  function show(key) {
    var row = made[key];
    (known[key] || []).forEach(function (element) {
      var choice = row ? row.decision : "";
      element.dataset.decision = choice;
      Array.prototype.forEach.call(element.querySelectorAll(".decide button"), function (button) {
        button.setAttribute("aria-pressed", String(button.dataset.choice === choice));
      });
      var comment = element.querySelector(".decide input");
      if (comment && document.activeElement !== comment) comment.value = row ? row.comment : "";
    });
  }

  function choose(element, choice) {
    var row = about(element);
    if (!row) return;
    var before = made[keyOf(row)];
    change(element, { decision: before && before.decision === choice ? "" : choice });
  }

  function change(element, what) {
    var row = about(element), key = keyOf(row), before = made[key];
    row.decision = "decision" in what ? what.decision : before ? before.decision : "";
    row.comment = "comment" in what ? what.comment : before ? before.comment : "";
    if (row.decision || row.comment) made[key] = row; else delete made[key];
    show(key);
    spread();
    save(key, row);
  }

  // What the list of findings is filtered by.
  function spread() {
    duizhao.choices = {};
    Object.keys(made).forEach(function (key) {
      if (made[key].kind === "finding" && made[key].decision) {
        duizhao.choices[made[key].rule + "-" + made[key].fingerprint] = made[key].decision;
      }
    });
  }

  function rows() { return Object.keys(made).sort().map(function (key) { return made[key]; }); }

  function document_of() {
    return JSON.stringify({ duizhao: "decisions", version: 1, decisions: rows() }, null, 1) + "\n";
  }

  function tell(extra) {
    var count = rows().filter(function (row) { return row.decision; }).length;
    one("told").textContent =
      (count ? duizhao.fill(words.decided, { count: count.toLocaleString() }) : words.undecided) + (extra ? " " + extra : "");
    one("download").disabled = !rows().length;
    one("decisions").classList.toggle("some", rows().length > 0);
  }

  // What another window of this page has stored takes the place of what is here, but for what is not stored yet.
  function reread() {
    var content = null, here = touched;
    try { content = JSON.parse(localStorage.getItem(place)); } catch (e) { /* no storage, or not ours */ }
    if (!content || content.duizhao !== "decisions") return;
    touched = unsaved;
    renew(content);
    touched = here;
  }

  // Its event may be late: what another window stored is read before it is written over.
  function keep() {
    reread();
    try { localStorage.setItem(place, document_of()); unsaved = {}; keeps = true; } catch (e) { keeps = false; }
  }

  function save(key, row) {
    touched[key] = true;
    unsaved[key] = row;
    if (server) {
      tell();
      sending = sending.then(send);
      return;
    }
    keep();
    tell(keeps ? "" : words.not_kept);
  }

  // All that is not on disk yet, one after the other: the last one that arrives counts. What fails is sent again with
  // the next decision.
  function send() {
    var key = Object.keys(unsaved)[0];
    if (key === undefined) {
      one("decisions").classList.remove("failed");
      tell(words.saved);
      return null;
    }
    var row = unsaved[key];
    var sent = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(row) };
    return fetch(server, sent).then(function (answer) {
      if (!answer.ok) return answer.text().then(function (why) { failed(why.trim()); });
      if (unsaved[key] === row) delete unsaved[key];
      return send();
    }, function () { failed(words.gone); });
  }

  function failed(why) {
    tell(duizhao.fill(words.not_saved, { why: why }));
    one("decisions").classList.add("failed", "some");
  }

  function load() {
    return fetch(server).then(function (answer) { return answer.json(); }).then(function (content) {
      renew(content);
      if (!Object.keys(unsaved).length) tell();
    });
  }

  // What stands elsewhere takes the place of what is here, but for what was decided here meanwhile.
  function renew(content) {
    var before = Object.keys(made);
    before.forEach(function (key) { if (!touched[key]) delete made[key]; });
    take(content);
    before.forEach(show);
  }

  function isDecision(row) {
    if (!row || ["accept", "reject", "later", ""].indexOf(row.decision || "") < 0) return false;
    if (row.comment !== undefined && typeof row.comment !== "string") return false;
    return row.kind === "finding" ? /^[A-Z]\d{3}$/.test(row.rule) && /^[0-9a-f]{12}$/.test(row.fingerprint) :
      row.kind === "rendering" && typeof row.term === "string" && typeof row.rendering === "string";
  }

  // What was decided before, from the disk, the browser or a file; what is decided on this page since goes first.
  function take(content) {
    if (!content || content.duizhao !== "decisions" || content.version !== 1) return null;
    if (!Array.isArray(content.decisions)) return null;
    var told = { taken: 0, refused: 0 };
    content.decisions.forEach(function (row) {
      var key = isDecision(row) && keyOf(row);
      if (!key || touched[key]) { told.refused += 1; return; }
      row.decision = row.decision || "";
      row.comment = row.comment || "";
      made[key] = row;
      told.taken += 1;
      show(key);
    });
    spread();
    return told;
  }

  function download() {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([document_of()], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  function upload(event) {
    var file = event.target.files[0];
    if (!file) return;
    event.target.value = ""; // the same file may be opened again
    file.text().then(function (text) {
      var content = null;
      try { content = JSON.parse(text); } catch (e) { /* no JSON */ }
      var told = take(content);
      if (!told) { tell(words.no_decisions); return; }
      Object.assign(unsaved, made);
      keep();
      tell(duizhao.fill(words.taken, told));
    });
  }

  // Buttons are made for what comes near the screen: for all they would make the page three times as large.
  function near(elements, selector) {
    function inside(element) {
      if (findings && element.classList.contains("block")) findings.make(element);
      Array.prototype.forEach.call(element.querySelectorAll(selector), controls);
    }
    if (!window.IntersectionObserver) { elements.forEach(inside); return; }
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) { if (entry.isIntersecting) inside(entry.target); });
    }, { rootMargin: "400px" });
    elements.forEach(function (element) { watch.observe(element); });
    // Sorting moves rows from block to block: each is looked at anew.
    document.addEventListener("duizhao-sorted", function () {
      elements.forEach(function (element) { watch.unobserve(element); watch.observe(element); });
    });
  }

  if (one("decisions")) {
    one("download").addEventListener("click", download);
    if (one("upload")) one("upload").addEventListener("change", upload);
    near(all("#findings .block"), "article");
    near(all(".term"), ".renderings li");
    if (server) {
      load().catch(function () { failed(words.gone); });
      // Another window may have decided meanwhile.
      window.addEventListener("focus", function () {
        sending = sending.then(function () {
          touched = Object.assign({}, unsaved);
          return load();
        }).catch(function () { failed(words.gone); });
      });
      window.addEventListener("beforeunload", function (event) {
        if (Object.keys(unsaved).length) event.preventDefault();
      });
    } else {
      try { take(JSON.parse(localStorage.getItem(place))); } catch (e) { keeps = false; }
      // Another window of this page has decided; pages from disk are not always told so by the browser.
      ["storage", "focus"].forEach(function (event) {
        window.addEventListener(event, function () { reread(); spread(); tell(); });
      });
    }
    tell();
  }

  return {
    choose: function (element, choice) { controls(element); choose(element, choice); },
    comment: function (element) {
      controls(element);
      var input = element.querySelector(".decide input");
      if (input) { element.classList.add("commenting"); input.focus(); }
    }
  };
};
