// How a box and the names of the columns are painted.

/** Paint one box: a band with the glyph of its level, the text, and how many parts it opens into. */
function paint({ ctx, id: n, x, y, state: { hover } }) {
  const { width, height } = sizeOf(n);
  return { drawNode: () => paintBox(ctx, n, x, y, width, height, hover), nodeDimensions: { width, height } };
}

function paintBox(ctx, n, x, y, width, height, hover) {
  const [left, top] = [x - width / 2, y - height / 2];
  const faded = now.lit && !now.lit.has(n);
  const tier = INK[tierOf(n)];
  ctx.save();
  ctx.globalAlpha = faded ? 0.16 : 1;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 5);
  ctx.fillStyle = INK.panel;
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.fillStyle = tier;
  ctx.fillRect(left, top, BAND, height);
  ctx.restore();
  ctx.lineWidth = n === S.focus ? 2.6 : hover || n === now.cursor ? 2 : 1;
  ctx.strokeStyle = n === S.focus || n === now.cursor ? INK.accent : tier;
  ctx.stroke();
  ctx.save();
  ctx.translate(left + 4, y - 6);
  ctx.scale(0.5, 0.5);
  ctx.fillStyle = INK["on-tier"];
  ctx.fill(glyphPath(levelOf(n)), "evenodd");
  ctx.restore();
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.fillStyle = INK.text;
  const text = textOf(n);
  text.forEach((line, i) => {
    let at = left + BAND + 7;
    const row = y + (i - (text.length - 1) / 2) * 15.5 + 0.5;
    if (line.head) {
      ctx.font = fontOf(true);
      ctx.fillText(line.head, at, row);
      at += ctx.measureText(`${line.head} `).width;
    }
    ctx.font = fontOf(false);
    ctx.fillText(line.text, at, row);
  });
  if (canOpen(n)) {
    const open = S.open.has(n);
    ctx.fillStyle = open ? tier : INK.soft;
    ctx.font = `600 10.5px ${INK.font}`;
    ctx.textAlign = "right";
    ctx.fillText(open ? "−" : `+${parts[n].length}`, left + width - 6, y + 0.5);
  }
  ctx.restore();
}

/** The names of the columns, along the upper edge whatever part of the picture is in view. */
function heads(ctx) {
  if (S.only || !now.where.size) return;
  const columns = new Map();
  for (const n of now.nodes) if (!columns.has(N.column[n])) columns.set(N.column[n], now.where.get(n)[0]);
  const ratio = window.devicePixelRatio || 1;
  const scale = network.getScale();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = INK.ground;
  ctx.globalAlpha = 0.93;
  ctx.fillRect(0, 0, $("canvas").clientWidth, 27);
  ctx.globalAlpha = 1;
  ctx.fillStyle = INK.soft;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const [column, x] of columns) {
    const names = D.columns[column];
    ctx.font = `600 11px ${INK.font}`;
    ruler.font = ctx.font;
    const room = (names[2] + D.gap - 10) * scale;
    if (room > 30) ctx.fillText(cut(names[language === "pl" ? 0 : 1], room), network.canvasToDOM({ x, y: 0 }).x, 14);
  }
  ctx.restore();
}
