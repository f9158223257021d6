import type { TFunction } from 'i18next';
import { describeProject } from '../../../shared/analyze/describe.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { namesFor, summarise } from '../../ui/nodes/card-summary.ts';
import { outputLabel } from '../../ui/nodes/output-label.ts';
import { readColours } from '../far/colours.ts';
import { buildScene } from '../far/scene.ts';
import { descriptionHtml } from './description-html.ts';
import { descriptionWords } from './description-words.ts';
import { flowSvg } from './flow-svg.ts';

export const EXPORT_FORMATS = ['png', 'svg', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Browsers refuse larger canvases; a larger flow is drawn smaller. */
const MAX_PNG_SIDE_PX = 8000;
const PNG_SCALE = 2;

/** Makes a file of a flow and has it saved: a picture in the colours of the window, or its description to be printed. */
export async function exportFlow(
  project: Project,
  flowId: FlowId,
  format: ExportFormat,
  { t, language }: { readonly t: TFunction; readonly language: string },
): Promise<void> {
  const flow = project.flows[flowId];
  if (!flow) return;
  if (format === 'html') {
    const described = describeProject(project, lowerProject(project).program, descriptionWords(t)).find(
      (one) => one.flowId === flowId,
    );
    if (described) save(new Blob([descriptionHtml(described, language)], { type: 'text/html' }), flow.name, format);
    return;
  }
  // Where the canvas's own tokens hold.
  const colours = readColours(document.querySelector('.react-flow') ?? document.documentElement);
  const svg = flowSvg(buildScene(flow, {}), flow.name, colours, {
    nameOf: (node) => node.name || t(`node.${node.type}.name`),
    kindOf: (node) => t(`node.${node.type}.name`),
    summaryOf: (node) => summarise(node, namesFor(node, project, flowId, t), t),
    outputOf: (output) => outputLabel(output, t),
  });
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  save(format === 'svg' ? blob : await rasterised(blob), flow.name, format);
}

async function rasterised(svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(PNG_SCALE, MAX_PNG_SIDE_PX / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(image.width * scale);
    canvas.height = Math.ceil(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('the picture could not be made'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function save(blob: Blob, name: string, format: ExportFormat): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${fileName(name)}.${format}`;
  link.click();
  // The download has begun by then, and holds the data itself.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: file systems refuse them
  const safe = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '-').replace(/^[.\s]+|[.\s]+$/g, '');
  return safe === '' ? 'flow' : safe;
}
