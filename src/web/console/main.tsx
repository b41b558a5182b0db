// Starts the console.
import './store/no-eval.ts';
import './css/tokens.css';
import './css/base.css';
import './css/incident.css';
import './css/access.css';
import './css/exhibits.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
