// The parts of the report's page put together, and its keys.
document.addEventListener("DOMContentLoaded", function () {
  var one = duizhao.one, help = one("help");
  var words = JSON.parse(one("words").textContent);
  duizhao.glossary(words);
  var findings = duizhao.findings(words), decisions = duizhao.decisions(words, findings);
  var choices = { a: "accept", r: "reject", l: "later" };

  document.addEventListener("keydown", function (event) {
    var pressed = event.key;
    if (event.repeat && choices[pressed]) return;
    if (pressed === "Escape" && !help.open) {
      if (duizhao.typing(event)) event.target.blur();
      if (findings && !event.target.closest(".decide")) findings.clear();
      return;
    }
    if (duizhao.typing(event) || help.open && pressed !== "?") return;
    if (pressed === "t") duizhao.theme();
    else if (pressed === "?") duizhao.toggleHelp();
    else if (findings) {
      var card = findings.current();
      if (pressed === "j") findings.step(1);
      else if (pressed === "k") findings.step(-1);
      else if (pressed === "1" || pressed === "2" || pressed === "3") findings.press(pressed - 1);
      else if (pressed === "w") findings.whole();
      else if (pressed === "/") { event.preventDefault(); findings.text.focus(); findings.text.select(); }
      else if (card && choices[pressed]) decisions.choose(card.element, choices[pressed]);
      else if (card && pressed === "c") { event.preventDefault(); decisions.comment(card.element); }
    }
  });
});
