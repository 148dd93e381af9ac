// Pictures to take away: what is drawn, as SVG or PNG.

function save(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 2000);
}

function pictureName(kind) {
  return `nurt-${S.view === "flow" ? "flow" : S.focus >= 0 ? N.id[S.focus].replace(/[^a-z0-9]+/gi, "-") : "lineage"}.${kind}`;
}

/** The drawing as SVG with its colours in it, so that it stands alone in a report. */
function asSvg() {
  if (S.view === "flow") {
    const made = document.querySelector(".sankey").cloneNode(true);
    const originals = document.querySelectorAll(".sankey path, .sankey rect, .sankey text, .sankey tspan");
    made.querySelectorAll("path, rect, text, tspan").forEach((part, i) => {
      const style = getComputedStyle(originals[i]);
      for (const key of ["fill", "stroke", "fill-opacity", "stroke-opacity", "font-size", "font-weight", "font-family"]) part.setAttribute(key, style.getPropertyValue(key));
    });
    const [, , width, height] = made.getAttribute("viewBox").split(" ");
    made.setAttribute("width", width);
    made.setAttribute("height", height);
    return made;
  }
  const extent = now.nodes.map((n) => [...now.where.get(n), sizeOf(n)]);
  if (!extent.length) return s("svg", { xmlns: "http://www.w3.org/2000/svg", width: 1, height: 1 });
  const left = Math.min(...extent.map(([x, , z]) => x - z.width / 2)) - 20;
  const top = Math.min(...extent.map(([, y, z]) => y - z.height / 2)) - 20;
  const width = Math.max(...extent.map(([x, , z]) => x + z.width / 2)) + 20 - left;
  const bottom = Math.max(...extent.map(([, y, z]) => y + z.height / 2)) + 20;
  const height = bottom + 30 - top;
  const picture = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": INK.font, "font-size": TEXT });
  picture.append(s("rect", { x: left, y: top, width, height, fill: INK.ground }));
  for (const line of now.links) {
    const [[x0, y0], [x1, y1]] = [now.where.get(line.from), now.where.get(line.to)];
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
    const dashes = D.drawing.dashes[D.bases[line.basis]];
    const lit = isLit(line);
    const d = S.only ? `M${x0} ${y0} C${x0} ${my} ${x1} ${my} ${x1} ${y1}` : `M${x0} ${y0} C${mx} ${y0} ${mx} ${y1} ${x1} ${y1}`;
    picture.append(s("path", { d, fill: "none", stroke: now.path && lit ? INK.accent : INK.line, "stroke-width": now.path && lit ? 2.2 : 1.1, "stroke-opacity": lit ? 0.9 : 0.08, "stroke-dasharray": dashes ? dashes.join(" ") : null }));
    if (D.bases[line.basis] === "curated" && lit) picture.append(s("path", { d: `M${mx} ${my - 5} L${mx + 5} ${my} L${mx} ${my + 5} L${mx - 5} ${my} Z`, fill: INK.accent }));
  }
  for (const n of now.nodes) {
    const [x, y] = now.where.get(n);
    const z = sizeOf(n);
    const [l, u] = [x - z.width / 2, y - z.height / 2];
    const ink = INK[tierOf(n)];
    const box = s("g", { opacity: now.lit && !now.lit.has(n) ? 0.2 : 1 },
      s("rect", { x: l, y: u, width: z.width, height: z.height, rx: 5, fill: INK.panel, stroke: ink }),
      s("rect", { x: l, y: u, width: BAND, height: z.height, rx: 5, fill: ink }),
      s("path", { d: GLYPHS[levelOf(n)], fill: INK["on-tier"], "fill-rule": "evenodd", transform: `translate(${l + 4} ${y - 6}) scale(0.5)` }));
    const text = textOf(n);
    text.forEach((line, i) => box.append(s("text", { x: l + BAND + 7, y: y + (i - (text.length - 1) / 2) * 15.5 + 4, fill: INK.text },
      line.head ? s("tspan", { "font-weight": 600, text: `${line.head} ` }) : null, s("tspan", { text: line.text }))));
    box.append(s("title", { text: titleOf(n) }));
    picture.append(box);
  }
  picture.append(...legendBelow(left + 20, bottom + 8));
  return picture;
}

/** What the lines mean, below the picture. */
function legendBelow(x, y) {
  const used = [...new Set(now.links.filter(isLit).map((line) => line.basis))].sort((a, b) => a - b);
  return used.flatMap((b, i) => {
    const dashes = D.drawing.dashes[D.bases[b]];
    const at = x + i * 190;
    return [
      s("path", { d: `M${at} ${y} h34`, fill: "none", stroke: now.path ? INK.accent : INK.line, "stroke-width": 2, "stroke-dasharray": dashes ? dashes.join(" ") : null }),
      D.bases[b] === "curated" && s("path", { d: `M${at + 17} ${y - 5} l5 5 l-5 5 l-5 -5 Z`, fill: INK.accent }),
      s("text", { x: at + 42, y: y + 4, fill: INK.text, text: t(`basis.${D.bases[b]}`) }),
    ];
  }).filter(Boolean);
}

const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(asSvg())}`;
const saveSvg = () => save(pictureName("svg"), "image/svg+xml", svgText());

function savePng() {
  const text = svgText();
  const picture = new Image();
  picture.onload = () => {
    const scale = Math.min(2, 12000 / Math.max(picture.width, picture.height));
    const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    ctx.drawImage(picture, 0, 0);
    canvas.toBlob((blob) => save(pictureName("png"), "image/png", blob), "image/png");
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}
