// The list: filter, order, keys; what is behind a marker is built when it is opened.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byID = id => document.getElementById(id);
  const list = byID("list"), filter = byID("filter"), order = byID("sort"), direction = byID("direction"), faulty = byID("faulty");
  const statuses = [...document.querySelectorAll("input[name=status]")];
  const FIRST_PICTURES = 3, MOST_NOTES = 3;

  const make = (name, className, ...children) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children);
    return node;
  };

  // MARK: markers

  const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  const levelOf = finding => ["error", "warning"].includes(finding.level) ? finding.level : "note";
  const counts = (marker, level) => marker.findings.filter(finding => finding.level === level).length;
  const missing = marker => marker.sites.reduce((sum, site) => sum + site.arguments.filter(value => value.fetch === null).length, 0);

  function words(marker) {
    const sites = marker.sites.flatMap(site => [site.place, site.function, site.class, site.address, ...site.chain, ...site.arguments.map(value => value.expression)]);
    const findings = marker.findings.flatMap(finding => [finding.code, finding.message]);
    return [marker.name, `${marker.file}:${marker.line}`, data.builds[marker.build], ...new Set(sites), ...findings].join("\n").toLowerCase();
  }

  const items = [...list.children].map((row, index) => {
    const marker = data.markers[index];
    const button = row.querySelector("button");
    const item = {
      row, button, marker, index, part: null, words: words(marker),
      weight: counts(marker, "error") * 1000 + counts(marker, "warning"),
      keys: {
        // The provider by itself, as the report has them.
        name: marker.name.replace(":", "\0"), file: marker.file, sites: marker.sites.length, missing: missing(marker),
        status: ["none", "approximate", "ok"].indexOf(marker.status),
      },
    };
    item.keys.findings = item.weight;
    row.id = "marker-" + index;
    button.addEventListener("click", () => toggle(item, item.part === null || item.part.hidden, true));
    return item;
  });
  const itemOf = new Map(items.map(item => [item.row, item]));
  let ordered = items;

  // MARK: what is behind a marker

  function findingsPart(marker) {
    const section = make("section", "", make("h3", "", "Findings"));
    const severe = marker.findings.filter(finding => levelOf(finding) !== "note"), notes = marker.findings.filter(finding => levelOf(finding) === "note");
    severe.sort((a, b) => compare(levelOf(a), levelOf(b)));
    const entry = finding => {
      const node = make("li", `finding ${levelOf(finding)}`, make("b", "", levelOf(finding)), ` ${finding.message} [${finding.code}]`);
      for (const note of finding.notes) node.append(make("small", "", note));
      if (finding.help !== null) node.append(make("small", "", "help: " + finding.help));
      return node;
    };
    const isFolded = notes.length > MOST_NOTES;
    section.append(make("ul", "", ...(isFolded ? severe : [...severe, ...notes]).map(entry)));
    if (isFolded) section.append(make("details", "", make("summary", "", `${notes.length} notes`), make("ul", "", ...notes.map(entry))));
    return section;
  }

  function valuesTable(values) {
    const head = make("tr", "", ...["expression", "fetched as", "reason"].map(text => {
      const cell = make("th", "", text);
      cell.scope = "col";
      return cell;
    }));
    const rows = values.map(value => make("tr", "",
      make("td", "code", value.expression), make("td", "code", value.fetch ?? "–"),
      make("td", value.fetch === null ? "absent" : "", value.why ?? "")));
    return make("table", "values", make("thead", "", head), make("tbody", "", ...rows));
  }

  function sitePart(site) {
    const node = make("li", "site");
    const head = [site.address, site.place].filter(Boolean).join("  ");
    node.append(make("p", "", make("span", "code", head), site.copy === null ? "" : `  ${site.copy}: ${site.function ?? ""}`));
    if (site.chain.length > 0) node.append(make("p", "why", "inlined: " + site.chain.join(" ← ")));
    for (const text of [site.reason, site.verdict]) if (text !== null) node.append(make("p", "why", text));
    if (site.arguments.length > 0) node.append(valuesTable(site.arguments));
    if (site.definition !== null) node.append(make("pre", "", site.definition));
    return node;
  }

  function picturesPart(item) {
    const bodies = item.marker.bodies;
    if (bodies === null) return make("p", "why", "There is no picture: this is a saved report, and only an image has lines and lanes.");
    if (bodies.length === 0) return make("p", "why", "There is no picture: the marker has no site.");
    const section = make("section", "", make("h3", "", bodies.length === 1 ? "Code" : `Code, ${bodies.length} bodies`));
    const draw = body => section.append(Picture.draw(body, data.maps[body.map], item.marker, data.kinds));
    bodies.slice(0, FIRST_PICTURES).forEach(draw);
    if (bodies.length > FIRST_PICTURES) {
      const more = make("button", "more", `Show ${bodies.length - FIRST_PICTURES} more`);
      more.type = "button";
      item.showAll = () => { more.remove(); item.showAll = null; bodies.slice(FIRST_PICTURES).forEach(draw); };
      more.addEventListener("click", () => item.showAll?.());
      section.append(more);
    }
    return section;
  }

  function build(item) {
    const marker = item.marker;
    const part = make("div", "part");
    part.id = "part-" + item.index;
    item.button.setAttribute("aria-controls", part.id);
    if (marker.findings.length > 0) part.append(findingsPart(marker));
    part.append(picturesPart(item));
    if (marker.sites.length > 0) {
      part.append(make("section", "", make("h3", "", marker.sites.length === 1 ? "Site" : `Sites, ${marker.sites.length}`), make("ul", "", ...marker.sites.map(sitePart))));
    }
    item.row.append(part);
    return part;
  }

  function toggle(item, isOpen, byUser) {
    if (isOpen) item.part ??= build(item);
    if (item.part !== null) item.part.hidden = !isOpen;
    item.row.classList.toggle("open", isOpen);
    item.button.setAttribute("aria-expanded", String(isOpen));
    if (byUser && isOpen) history.replaceState(null, "", "#" + encodeURIComponent(item.marker.name));
  }

  // MARK: filter and order

  function apply() {
    const terms = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(statuses.filter(box => box.checked).map(box => box.value));
    let count = 0;
    for (const item of items) {
      const passes = shown.has(item.marker.status) && (!faulty.checked || item.weight > 0) && terms.every(term => item.words.includes(term));
      if (item.row.hidden === passes) item.row.hidden = !passes;
      if (passes) count += 1;
    }
    byID("nothing").hidden = count > 0;
    byID("count").textContent = count === items.length ? `${count} markers` : `${count} of ${items.length} markers`;
  }

  function sort() {
    const key = order.value, sign = direction.getAttribute("aria-pressed") === "true" ? -1 : 1;
    ordered = [...items].sort((a, b) => sign * (compare(a.keys[key], b.keys[key]) || (key === "file" ? a.marker.line - b.marker.line : 0)) || a.index - b.index);
    // One by one: Chromium takes ten times as long to append them as a fragment.
    for (const item of ordered) list.append(item.row);
  }

  // MARK: keys

  function focusMarker(step) {
    const visible = ordered.filter(item => !item.row.hidden);
    if (visible.length === 0) return;
    const current = visible.indexOf(itemOf.get(document.activeElement?.closest("#list > li")));
    const next = step === -Infinity ? 0 : step === Infinity ? visible.length - 1 : current < 0 ? 0 : Math.min(Math.max(current + step, 0), visible.length - 1);
    visible[next].button.focus();
    visible[next].row.scrollIntoView({ block: "nearest" });
  }

  function clear() {
    filter.value = "";
    faulty.checked = false;
    for (const box of statuses) box.checked = true;
    apply();
  }

  const actions = {
    "/": () => { filter.focus(); filter.select(); },
    "?": () => byID("help").showModal(),
    j: () => focusMarker(1), ArrowDown: () => focusMarker(1),
    k: () => focusMarker(-1), ArrowUp: () => focusMarker(-1),
    Home: () => focusMarker(-Infinity), End: () => focusMarker(Infinity),
    s: () => order.focus(),
    w: () => faulty.click(),
    Escape: () => { clear(); if (document.activeElement === filter) focusMarker(-Infinity); },
  };
  statuses.forEach((box, index) => { actions[String(index + 1)] = () => box.click(); });

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || byID("help").open) return;
    const isTyping = event.target.matches("input[type=search], select");
    const leaves = event.target === filter && event.key === "ArrowDown";
    if (isTyping && event.key !== "Escape" && !leaves) return;
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });

  // MARK: print

  let opened = [];
  function openAll() {
    if (opened.length > 0) return;
    opened = items.filter(item => !item.row.hidden && (item.part === null || item.part.hidden));
    for (const item of opened) toggle(item, true, false);
    for (const item of items) if (!item.row.hidden) item.showAll?.();
    for (const details of list.querySelectorAll("details")) details.open = true;
  }
  function closeOpened() {
    for (const item of opened) toggle(item, false, false);
    opened = [];
  }
  addEventListener("beforeprint", openAll);
  addEventListener("afterprint", closeOpened);
  matchMedia("print").addEventListener("change", query => query.matches ? openAll() : closeOpened());

  // MARK: start

  function openNamed() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const item = items.find(item => item.marker.name === name);
    if (item === undefined) return;
    toggle(item, true, false);
    item.button.focus();
    item.row.scrollIntoView({ block: "start" });
  }
  filter.addEventListener("input", apply);
  faulty.addEventListener("change", apply);
  for (const box of statuses) box.addEventListener("change", apply);
  order.addEventListener("change", sort);
  direction.addEventListener("click", () => {
    direction.setAttribute("aria-pressed", String(direction.getAttribute("aria-pressed") !== "true"));
    sort();
  });
  byID("tools").addEventListener("submit", event => event.preventDefault());
  byID("keys").addEventListener("click", () => byID("help").showModal());
  addEventListener("hashchange", openNamed);
  if (data.builds.length > 1) sort();
  apply();
  openNamed();
})();
