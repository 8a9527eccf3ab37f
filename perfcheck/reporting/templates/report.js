"use strict";
(() => {
  const all = (selector, where = document) => [...where.querySelectorAll(selector)];
  const controls = document.getElementById("controls");
  const field = (name) => controls.querySelector(`[name=${name}]`);
  const notes = all(".note");
  const lines = all(".line");
  const marked = all("[data-notes]").map((part) => [part, part.dataset.notes.split(" ").map((id) => document.getElementById(id))]);
  const words = new Map(notes.map((note) => {
    const line = note.closest(".line");
    return [note, [note, ...(line ? all(".text", line) : [])].map((part) => part.textContent).join("\n").toLowerCase()];
  }));
  const checked = (name) => new Set(all(`[name=${name}]:checked`, controls).map((box) => box.value));
  const count = document.getElementById("shown");
  let current = -1;

  function filter() {
    const levels = checked("level"), sure = checked("confidence");
    const rule = field("rule").value, wanted = field("words").value.trim().toLowerCase();
    for (const note of notes) {
      note.hidden = !levels.has(note.dataset.level) || !sure.has(note.dataset.confidence) ||
        Boolean(rule && rule !== note.dataset.rule) || !words.get(note).includes(wanted);
    }
    for (const [part, about] of marked) {
      const off = about.every((note) => note.hidden);
      part.classList.toggle("off", off);
      if (part.matches(".ref")) part.hidden = off;
    }
    const only = field("only").checked;
    for (const line of lines) {
      line.hidden = only && !line.matches(".heading") && !all(".note", line).some((note) => !note.hidden);
    }
    document.body.classList.toggle("brief", field("brief").checked);
    const shown = notes.filter((note) => !note.hidden).length;
    count.textContent = count.dataset.words.replace("{shown}", shown).replace("{all}", notes.length);
  }

  function jump(step) {
    const active = notes.indexOf(document.activeElement.closest(".note"));
    if (active >= 0) current = active;
    for (let tried = 0; tried < notes.length; tried++) {
      current = (current + step + notes.length) % notes.length;
      if (!notes[current].hidden) {
        notes[current].focus({ preventScroll: true });
        notes[current].scrollIntoView({ block: "center" });
        return;
      }
    }
  }

  for (const event of ["input", "change"]) controls.addEventListener(event, filter);
  document.getElementById("next").addEventListener("click", () => jump(1));
  document.getElementById("previous").addEventListener("click", () => { if (current < 0) current = 0; jump(-1); });
  controls.hidden = false;
  filter();
})();
