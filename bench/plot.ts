/** A line of a plot: its name, and points with a positive x and y. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Axis {
  readonly label: string;
  readonly ticks: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 400;
const BOX = { left: 70, right: 540, top: 24, bottom: 340 };
const COLOURS = ["#1f6feb", "#8250df", "#bf8700", "#cf222e", "#1a7f37", "#57606a"];

/** Draws lines over two logarithmic axes as an SVG that is readable on light and dark pages. */
export function plot(series: readonly Series[], x: Axis, y: Axis): string {
  const toX = scale(x.ticks, BOX.left, BOX.right);
  const toY = scale(y.ticks, BOX.bottom, BOX.top);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${y.label} by number of ${x.label}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
  ];
  for (const tick of x.ticks) {
    const at = toX(tick);
    parts.push(
      line(at, BOX.top, at, BOX.bottom, "#d8dee4"),
      label(at, BOX.bottom + 18, "middle", number(tick)),
    );
  }
  for (const tick of y.ticks) {
    const at = toY(tick);
    parts.push(
      line(BOX.left, at, BOX.right, at, "#d8dee4"),
      label(BOX.left - 8, at + 4, "end", number(tick)),
    );
  }
  const middle = (BOX.top + BOX.bottom) / 2;
  parts.push(label((BOX.left + BOX.right) / 2, HEIGHT - 16, "middle", x.label));
  parts.push(`<g transform="rotate(-90 16 ${middle})">${label(16, middle, "middle", y.label)}</g>`);
  // Names stand at the ends of their lines, moved apart where they would meet.
  const ends = series
    .map(({ name, points }, index) => ({ name, index, end: points.at(-1) }))
    .flatMap(({ name, index, end }) =>
      end === undefined ? [] : [{ name, index, x: toX(end[0]), y: toY(end[1]) }],
    )
    .sort((a, b) => a.y - b.y);
  let lowest = Number.NEGATIVE_INFINITY;
  for (const end of ends) {
    lowest = Math.max(end.y + 4, lowest + 16);
    parts.push(label(end.x + 10, lowest, "start", end.name, COLOURS[end.index % COLOURS.length]));
  }
  for (const [index, { points }] of series.entries()) {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(([a, b]) => `${toX(a).toFixed(1)},${toY(b).toFixed(1)}`).join(" ");
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [a, b] of points)
      parts.push(`<circle cx="${toX(a).toFixed(1)}" cy="${toY(b).toFixed(1)}" r="3.5" fill="${colour}"/>`);
  }
  return `${parts.join("\n")}\n</svg>\n`;
}

function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const low = Math.log(ticks[0] ?? 1);
  const high = Math.log(ticks.at(-1) ?? 10);
  return (value) => from + ((Math.log(value) - low) / (high - low)) * (to - from);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"/>`;
}

function label(x: number, y: number, anchor: string, text: string, colour = "#1f2328"): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${text}</text>`;
}
