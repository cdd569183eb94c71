export default () => Promise.all([import('./text-0.js?v=6f397bfe0648')]);
