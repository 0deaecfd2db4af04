"use strict";
// What every page has: the theme, which is kept, the help, and whether somebody is typing.
var duizhao = (function () {
  var root = document.documentElement;
  var key = "duizhao-theme";
  root.classList.add("js");
  // A page opened from disk may have no storage at all; then the choice lasts as long as the page.
  try {
    var kept = localStorage.getItem(key);
    if (kept === "dark" || kept === "light") root.setAttribute("data-theme", kept);
  } catch (e) { /* no storage */ }

  function one(id) { return document.getElementById(id); }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  // What an element says, in small letters, without the buttons that it got meanwhile.
  function said(element) {
    var text = element.textContent;
    Array.prototype.forEach.call(element.querySelectorAll(".decide"), function (box) {
      text = text.replace(box.textContent, " ");
    });
    return text.toLowerCase();
  }

  function theme() {
    var dark = root.getAttribute("data-theme") ||
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    var next = dark === "dark" ? "light" : "dark";
    root.setAttribute("data-theme", next);
    try { localStorage.setItem(key, next); } catch (e) { /* no storage */ }
  }

  function toggleHelp() {
    var help = one("help");
    if (help.open) help.close(); else help.showModal();
  }

  function typing(event) {
    var tag = event.target.tagName;
    return event.ctrlKey || event.metaKey || event.altKey || tag === "INPUT" || tag === "SELECT";
  }

  document.addEventListener("DOMContentLoaded", function () {
    one("theme").addEventListener("click", theme);
    one("help-open").addEventListener("click", toggleHelp);
    one("help-close").addEventListener("click", toggleHelp);
  });
  return { choices: {}, one: one, all: all, fill: fill, said: said, theme: theme, toggleHelp: toggleHelp, typing: typing };
})();
