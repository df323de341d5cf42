import type { Measurement } from "./measure-command.ts";

/** Measurements of one folder by the name of the tool; the first is the one that others are compared with. */
export type Measured = readonly (readonly [name: string, measurement: Measurement])[];

/** A table in Markdown of what was measured on one folder. */
export function toolTable(measured: Measured): string {
  const own = measured[0]?.[1];
  const rows = measured.map(([name, one]) => {
    const ratio =
      own === undefined
        ? ""
        : one.failure === null
          ? times(one.wall / own.wall)
          : `> ${times(one.wall / own.wall)}`;
    const cells = [
      name,
      one.failure ?? seconds(one.wall),
      seconds(one.cpu),
      one.megabytes === null ? "–" : String(Math.round(one.megabytes)),
      ratio,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `${[
    "| | wall s | CPU s | peak MB | wall, one thread = 1 |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n")}\n`;
}

function seconds(value: number | null): string {
  return value === null ? "–" : value.toFixed(value < 10 ? 2 : 1);
}

function times(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}
