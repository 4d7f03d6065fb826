"use strict";
// Draws one body of a marked function: lines against addresses, the marker's sites, a lane for each variable.

const Picture = (() => {
  const WIDTH = 1000, GUTTER = 150, RIGHT = 14, TOP = 24, LANE = 20, BREAK = 12;

  function element(name, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const title = text => element("title", {}, text);

  /** An address as symbol and offset; a part that lies far away has a symbol of its own. */
  function place(map, delta) {
    const offset = map.offset + delta;
    const near = offset >= 0 && offset < 1 << 20;
    return near ? "+0x" + offset.toString(16) : (delta < 0 ? "−0x" : "+0x") + Math.abs(delta).toString(16) + " from the start";
  }

  /** From distances to the body's first address to the picture's x; ranges stand side by side with breaks between. */
  function scale(map) {
    const total = map.ranges.reduce((sum, [, length]) => sum + length, 0) || 1;
    const room = WIDTH - GUTTER - RIGHT - BREAK * (map.ranges.length - 1);
    const unit = room / total;
    let x = GUTTER;
    const parts = map.ranges.map(([start, length]) => {
      const part = { start, length, x, width: length * unit };
      x += part.width + BREAK;
      return part;
    });
    const at = delta => {
      const part = parts.find(part => delta >= part.start && delta <= part.start + part.length) ?? parts[0];
      return part === undefined ? GUTTER : part.x + Math.min(Math.max(delta - part.start, 0), part.length) * unit;
    };
    return { parts, at, unit };
  }

  function lines(map, marker) {
    const numbers = map.pieces.map(piece => piece[2]);
    numbers.push(marker.line);
    return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  }

  function drawLines(svg, map, marker, x, height) {
    const [first, last] = lines(map, marker);
    const step = height / (last - first + 1);
    const y = line => TOP + (line - first) * step;
    const tall = Math.max(2.5, Math.min(step - 0.5, 7));
    const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].find(n => n * step >= 15) ?? 10000;
    for (let line = Math.ceil(first / every) * every; line <= last; line += every) {
      const middle = y(line) + step / 2;
      svg.append(element("line", { class: "grid", x1: GUTTER, x2: WIDTH - RIGHT, y1: middle, y2: middle }));
      if (Math.abs(middle - y(marker.line) - step / 2) < 12) continue;
      svg.append(element("text", { x: GUTTER - 8, y: middle + 4, "text-anchor": "end" }, String(line)));
    }
    const here = y(marker.line) + step / 2;
    svg.append(element("line", { class: "here", x1: GUTTER, x2: WIDTH - RIGHT, y1: here, y2: here }));
    svg.append(element("text", { class: "here-text", x: GUTTER - 8, y: here + 4, "text-anchor": "end" }, `marker ${marker.line}`));
    for (const [start, length, line, isCall] of map.pieces) {
      const left = x.at(start);
      const box = { x: left, y: y(line) + step / 2 - tall / 2, width: Math.max(1, length * x.unit), height: tall };
      const words = `line ${line}${isCall ? ", code inlined from a call" : ""}: ${place(map, start)} to ${place(map, start + length)}`;
      svg.append(element("rect", { class: isCall ? "call" : "own", ...box }, title(words)));
    }
  }

  function drawAxis(svg, map, x, y) {
    for (const part of x.parts) {
      svg.append(element("line", { class: "axis", x1: part.x, x2: part.x + part.width, y1: y, y2: y }));
      const step = [...Array(32).keys()].map(n => 2 ** n).find(n => n * x.unit >= 74) ?? part.length;
      const origin = map.offset + part.start;
      const isNear = origin >= 0 && origin < 1 << 20;
      if (!isNear) {
        if (part.width > 60) svg.append(element("text", { x: part.x, y: y + 14 }, "other part"));
        continue;
      }
      for (let offset = Math.ceil(origin / step) * step; offset <= origin + part.length; offset += step) {
        const left = part.x + (offset - origin) * x.unit;
        svg.append(element("line", { class: "axis", x1: left, x2: left, y1: y, y2: y + 4 }));
        if (left > WIDTH - RIGHT - 24) continue;
        svg.append(element("text", { x: left, y: y + 15, "text-anchor": left < GUTTER + 20 ? "start" : "middle" }, "+0x" + offset.toString(16)));
      }
    }
  }

  function drawSites(svg, map, sites, x, bottom) {
    let free = 0;
    for (const site of sites) {
      const left = x.at(site);
      svg.append(element("line", { class: "site-line", x1: left, x2: left, y1: TOP - 4, y2: bottom }, title(`site ${map.symbol}${place(map, site)}`)));
      const label = place(map, site);
      const anchor = left > WIDTH - 70 ? "end" : left < GUTTER + 30 ? "start" : "middle";
      const begin = anchor === "end" ? left - label.length * 7 : anchor === "start" ? left : left - label.length * 3.5;
      if (begin < free) continue;
      free = begin + label.length * 7 + 8;
      svg.append(element("text", { class: "site-text", x: left, y: TOP - 9, "text-anchor": anchor }, label));
    }
  }

  function drawLane(svg, map, lane, kinds, x, y) {
    const short = lane.name.length > 20 ? lane.name.slice(0, 19) + "…" : lane.name;
    svg.append(element("text", { class: "lane-name", x: GUTTER - 8, y: y + 13, "text-anchor": "end" }, title(lane.name), short));
    for (const part of x.parts) {
      svg.append(element("rect", { class: "lost", x: part.x, y: y + 3, width: Math.max(1, part.width), height: LANE - 6 }, title(`${lane.name}: lost`)));
    }
    if (lane.why !== null) {
      svg.append(element("text", { class: "absent-text", x: GUTTER + 6, y: y + 13 }, lane.why));
      return;
    }
    for (const [start, length, kind, where] of lane.segments) {
      const left = x.at(start), width = Math.max(1, length * x.unit - 0.6);
      const words = `${lane.name}: ${where}, ${place(map, start)} to ${place(map, start + length)}`;
      svg.append(element("rect", { class: kinds[kind], x: left, y: y + 3, width, height: LANE - 6, rx: 1.5 }, title(words)));
      if (width > where.length * 6.1 + 6) {
        const text = element("text", { class: "in", x: left + 4, y: y + 13.5 }, where);
        text.setAttribute("pointer-events", "none");
        svg.append(text);
      }
    }
  }

  /** What the picture shows, in a sentence for each lane. */
  function words(map, marker, body) {
    const sites = body.sites.map(site => map.symbol + place(map, site)).join(", ");
    const lanes = body.lanes.map(lane => {
      if (lane.why !== null) return `${lane.name}: ${lane.why}.`;
      const shown = lane.segments.slice(0, 8).map(([start, length, , where]) => `${where} from ${place(map, start)} to ${place(map, start + length)}`);
      return `${lane.name}: ${shown.join(", ")}${lane.segments.length > 8 ? " and elsewhere" : ""}.`;
    });
    return [`Lines of ${map.function} against addresses. The marker stands on line ${marker.line} and has its place at ${sites}.`, ...lanes].join(" ");
  }

  function legend(map, body, kinds) {
    const names = { register: "in a register", memory: "in memory", constant: "a constant", computed: "computed", entry: "only its value at entry", pieces: "in pieces" };
    const node = document.createElement("div");
    node.className = "legend";
    node.setAttribute("aria-hidden", "true");
    const add = (name, text) => {
      const item = document.createElement("span"), box = document.createElement("i");
      box.className = name;
      item.append(box, text);
      node.append(item);
    };
    add("own", "code of a line");
    if (map.pieces.some(piece => piece[3])) add("call", "code inlined from a call");
    const used = new Set(body.lanes.flatMap(lane => lane.segments.map(segment => segment[2])));
    kinds.forEach((kind, index) => { if (used.has(index)) add(kind, names[kind] ?? kind); });
    if (body.lanes.length > 0) add("lost", "lost");
    return node;
  }

  /** @returns a figure for one body of the marker's function. */
  function draw(body, map, marker, kinds) {
    const [first, last] = lines(map, marker);
    const plot = Math.max(80, Math.min(280, (last - first + 1) * 8));
    const laneTop = TOP + plot + 26;
    const height = laneTop + body.lanes.length * LANE + 8;
    const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": words(map, marker, body) });
    const x = scale(map);
    drawLines(svg, map, marker, x, plot);
    for (const part of x.parts.slice(1)) {
      svg.append(element("rect", { class: "break", x: part.x - BREAK + 2, y: TOP, width: BREAK - 4, height: plot + 2 }, title("other code lies between")));
    }
    drawAxis(svg, map, x, TOP + plot + 2);
    body.lanes.forEach((lane, index) => drawLane(svg, map, lane, kinds, x, laneTop + index * LANE));
    drawSites(svg, map, body.sites, x, laneTop + body.lanes.length * LANE);
    const figure = document.createElement("figure"), caption = document.createElement("figcaption"), canvas = document.createElement("div");
    caption.textContent = (map.inlined ? `${map.function}, inlined into ${map.symbol}` : map.symbol) + `, ${map.ranges.reduce((sum, range) => sum + range[1], 0)} bytes`;
    canvas.className = "canvas";
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", "Picture of " + caption.textContent);
    canvas.append(svg);
    figure.append(caption, canvas, legend(map, body, kinds));
    return figure;
  }

  return { draw };
})();
