/** The outline of an icon that the page has as SVG (24 by 24, drawn by strokes), for drawing on a canvas. */
export function iconPath(svg: SVGElement): Path2D {
  const path = new Path2D();
  for (const child of svg.children) {
    const number = (name: string) => Number(child.getAttribute(name) ?? 0);
    switch (child.tagName) {
      case 'path':
        path.addPath(new Path2D(child.getAttribute('d') ?? ''));
        break;
      case 'rect':
        path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
        break;
      case 'circle':
        path.moveTo(number('cx') + number('r'), number('cy'));
        path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
        break;
      case 'line':
        path.moveTo(number('x1'), number('y1'));
        path.lineTo(number('x2'), number('y2'));
        break;
      case 'polyline':
      case 'polygon':
        path.addPath(new Path2D(`M ${child.getAttribute('points')}${child.tagName === 'polygon' ? ' Z' : ''}`));
        break;
    }
  }
  return path;
}
