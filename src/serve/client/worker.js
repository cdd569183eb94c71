// One stream of news for all tabs of a browser: a browser opens only six connections to a server, and tabs are many.

const tabs = new Set();
let last = null;

const tell = (news) => {
  last = news;
  for (const tab of tabs) tab.postMessage(news);
};

const stream = new EventSource('/_pamphlet/events');
stream.onmessage = (event) => tell(JSON.parse(event.data));
stream.onerror = () => tell({ lost: true });

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = ({ data }) => data === 'bye' && tabs.delete(tab);
  if (last) tab.postMessage(last);
};
