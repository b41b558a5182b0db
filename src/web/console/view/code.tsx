// A code to scan, drawn as squares. The drawing library is fetched when the first code is shown.
import { useEffect, useState } from 'react';
import { words } from '../words.ts';

interface Squares {
  readonly size: number;
  readonly path: string;
}

/** One path of unit squares for the dark modules. */
function pathOf(size: number, isDark: (row: number, column: number) => boolean): string {
  let path = '';
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) if (isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return path;
}

async function draw(text: string): Promise<Squares> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, path: pathOf(modules.size, (row, column) => modules.get(row, column) === 1) };
}

/** Always dark on white, whatever the colours of the screen: cameras need it. */
export function Code({ text }: { readonly text: string }) {
  const [squares, setSquares] = useState<Squares | null>(null);
  useEffect(() => {
    let isCurrent = true;
    draw(text).then(
      (drawn) => isCurrent && setSquares(drawn),
      () => {}, // the address stands beside it
    );
    return () => {
      isCurrent = false;
    };
  }, [text]);
  const side = (squares?.size ?? 29) + 8;
  return (
    <svg className="code" role="img" aria-label={words.lines.code} viewBox={`-4 -4 ${side} ${side}`} shapeRendering="crispEdges">
      <rect x="-4" y="-4" width={side} height={side} fill="#fff" />
      {squares !== null && <path d={squares.path} fill="#000" />}
    </svg>
  );
}
