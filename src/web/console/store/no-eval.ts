// Must be imported before anything that makes a schema: the pages forbid code from text, and zod must not even try.
import { config } from 'zod';

config({ jitless: true });
