export default () => Promise.all([import('./text-0.js?v=a5b694a2945d')]);
