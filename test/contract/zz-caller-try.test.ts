import { expect, it } from 'vitest';
import { openDesk, startCaller } from '/work/main/test/contract/caller-desk.ts';
import { startParley } from '/work/main/test/e2e/kit/parley.ts';
it('try', async () => {
  const parley = await startParley({ entry: '/tmp/caller/dist/main.js' });
  try {
    const desk = await openDesk(parley);
    const room = await desk.openIncident();
    const { lineId, url } = await room.makeLink();
    console.log(url);
    const c = startCaller(['--url', url, '--tone', '440', '--listen-tones', '392,330,930'], '/tmp/caller/dist/caller.js');
    await c.until('waiting'); 
    await room.letIn(lineId);
    const t0=Date.now();
    await c.until('sound').catch((e)=>console.log(String(e)));
    console.log('sound after', Date.now()-t0);
    await room.until('live', (e)=>e.type==='line-changed' && e.payload['to']==='live').catch((e)=>console.log(String(e)));
    await room.joinWithTone(930);
    await room.command({type:'take-floor'});
    await new Promise(r=>setTimeout(r,3000));
    c.signal('SIGTERM');
    console.log('exit', await c.ended);
    console.log(c.printed.map(p=>JSON.stringify(p)).join('\n')); console.log(c.errors());
    console.log(room.entries.map(e=>e.seq+' '+e.type+' '+JSON.stringify(e.payload)).join('\n'));
    room.close();
  } finally { console.log(parley.output()); await parley.stop(); }
}, 60000);
