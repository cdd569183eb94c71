export default () => Promise.all([import('./text-0.js?v=2790a1c0a330')]);
