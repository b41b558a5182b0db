// All styles of the console, in the order in which they count.
import './tokens.css';
import './base.css';
import './screen.css';
import './bar.css';
import './lines.css';
import './people.css';
import './log.css';
import './dock.css';
import './arrangements.css';
import './banners.css';
import './boards.css';
import './authority.css';
import './pictures.css';
import './practice.css';
import './access.css';
import './tools.css';
import './command.css';
