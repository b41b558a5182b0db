// Starts the console.
import './store/no-eval.ts';
import './css/tokens.css';
import './css/base.css';
import './css/screen.css';
import './css/bar.css';
import './css/lines.css';
import './css/people.css';
import './css/log.css';
import './css/dock.css';
import './css/arrangements.css';
import './css/banners.css';
import './css/boards.css';
import './css/authority.css';
import './css/pictures.css';
import './css/practice.css';
import './css/access.css';
import './css/messages.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
