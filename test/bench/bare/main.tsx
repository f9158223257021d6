import '@xyflow/react/dist/style.css';
import { createRoot } from 'react-dom/client';
import { FlowSchema } from '../../../shared/flow/project.ts';
import { BareFlow } from './bare-flow.tsx';

/** The same flow as the app opens, on a page of React Flow alone. */
const root = document.getElementById('root');
if (!root) throw new Error('the page has a root');
const answer = await fetch('./flow.json');
createRoot(root).render(<BareFlow flow={FlowSchema.parse(await answer.json())} />);
