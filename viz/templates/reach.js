// The picture for the keyboard and for screen readers: a list of what is drawn, each item where its box is.

/** What is drawn as a list, for the keyboard and for screen readers. */
function listDrawn() {
  const list = $("drawn");
  list.replaceChildren(...now.nodes.map((n) => h("div", {
    role: "option", id: `drawn-${n}`, "aria-selected": String(n === S.focus), "data-lit": now.lit ? String(now.lit.has(n)) : null, text: `${levelName(n)}: ${titleOf(n)}`,
  })));
  list.setAttribute("aria-activedescendant", now.cursor >= 0 ? `drawn-${now.cursor}` : "");
}

let placing = 0;
function placeSoon() {
  clearTimeout(placing);
  placing = setTimeout(placeList, 120);
}

/** Lay each item of the list over its box, where a screen reader explored by touch and a magnifier look for it. */
function placeList() {
  if (S.view !== "graph") return;
  const scale = network.getScale();
  for (const item of $("drawn").children) {
    const n = Number(item.id.slice(6));
    const { width, height } = sizeOf(n);
    const [x, y] = now.where.get(n);
    const at = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 });
    Object.assign(item.style, { left: `${at.x}px`, top: `${at.y}px`, width: `${width * scale}px`, height: `${height * scale}px` });
  }
  $("drawn").dataset.placed = String(Number($("drawn").dataset.placed ?? 0) + 1);
}

function moveCursor(n) {
  now.cursor = n;
  $("drawn").setAttribute("aria-activedescendant", `drawn-${n}`);
  bringIn(n);
  network.redraw();
}

function graphKey(event) {
  if (!now.nodes.length) return;
  const at = now.cursor >= 0 ? now.cursor : S.focus >= 0 && now.where.has(S.focus) ? S.focus : now.nodes[0];
  const same = now.nodes.filter((n) => N.column[n] === N.column[at]);
  const near = (nodes) => nodes.sort((a, b) => Math.abs(now.where.get(a)[1] - now.where.get(at)[1]) - Math.abs(now.where.get(b)[1] - now.where.get(at)[1]))[0];
  const moves = {
    ArrowUp: () => same[same.indexOf(at) - 1], ArrowDown: () => same[same.indexOf(at) + 1],
    ArrowLeft: () => near(now.links.filter((l) => l.to === at).map((l) => l.from)) ?? near(now.nodes.filter((n) => N.column[n] < N.column[at])),
    ArrowRight: () => near(now.links.filter((l) => l.from === at).map((l) => l.to)) ?? near(now.nodes.filter((n) => N.column[n] > N.column[at])),
    Home: () => now.nodes[0], End: () => now.nodes.at(-1),
  };
  if (event.key in moves) {
    const to = now.cursor < 0 ? at : moves[event.key]();
    if (to !== undefined) moveCursor(to);
  } else if (event.key === "Enter") focusOn(at);
  else if (event.key === " " && canOpen(at)) toggleOpen(at);
  else return;
  event.preventDefault();
}
