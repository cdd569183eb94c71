// The news of the server: one stream for all tabs of a browser where it can be shared, else one a tab.

/** Calls `take` with each piece of news, and with `{ lost: true }` while the server does not answer. */
export const listen = (take) => {
  if (!('SharedWorker' in window)) {
    const stream = new EventSource('/_pamphlet/events');
    stream.onmessage = (event) => take(JSON.parse(event.data));
    stream.onerror = () => take({ lost: true });
    return;
  }
  const worker = new SharedWorker('/_pamphlet/worker.js', { name: 'pamphlet' });
  worker.port.onmessage = ({ data }) => take(data);
  addEventListener('pagehide', () => worker.port.postMessage('bye'));
  // A page that comes back from the browser's memory has said goodbye.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
};
